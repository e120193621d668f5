// Runs in the head, before the first paint: a remembered choice of light or dark must not flicker.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const chosen = localStorage.getItem("labpress-scheme");
    if (chosen === "light" || chosen === "dark") root.dataset.scheme = chosen;
  } catch {
    // No storage, nothing remembered: the system's choice holds.
  }
})();
