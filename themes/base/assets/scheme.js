// Runs in the head, before the first paint: what the reader has chosen before must not flicker.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const chosen = localStorage.getItem("labpress-scheme");
    if (chosen === "light" || chosen === "dark") root.dataset.scheme = chosen;
    if (localStorage.getItem("labpress-short")) root.classList.add("short");
  } catch {
    // No storage, nothing remembered: the system's choice holds.
  }
})();
