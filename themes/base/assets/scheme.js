// Runs in the head, before the first paint: what the reader has chosen before must not flicker.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const apply = () => {
    try {
      root.dataset.scheme = localStorage.getItem("labpress-scheme") ?? "";
      root.classList.toggle("short", !!localStorage.getItem("labpress-short"));
      document.dispatchEvent(new Event("labpress:chosen"));
    } catch {
      // No storage, nothing remembered: the system's choice holds.
    }
  };
  apply();
  // Another page may have been left in other colours: in another tab, or before the way back to this one.
  addEventListener("storage", apply);
  addEventListener("pageshow", (event) => event.persisted && apply());
})();
