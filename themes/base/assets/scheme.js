// Runs in the head, before the first paint: what the reader has chosen before must not flicker.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const apply = () => {
    try {
      const chosen = localStorage.getItem("labpress-scheme");
      if (chosen === "light" || chosen === "dark") root.dataset.scheme = chosen;
      else delete root.dataset.scheme;
      root.classList.toggle("short", !!localStorage.getItem("labpress-short"));
    } catch {
      // No storage, nothing remembered: the system's choice holds.
    }
  };
  apply();
  // Another page may have been left in other colours: in another tab, or before the way back to this one.
  addEventListener("storage", apply);
  addEventListener("pageshow", apply);
})();
