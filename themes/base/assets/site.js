"use strict";

const root = document.documentElement;

/** Keep ``value`` under ``name`` for other pages and visits; without a value, forget it. */
const remember = (name, value) => {
  try {
    if (value) localStorage.setItem(name, value);
    else localStorage.removeItem(name);
  } catch {
    // Without storage the choice holds for this page.
  }
};

// Light and dark, and short lists. ``scheme.js`` has read what was chosen, and reads it again when others have chosen.
{
  const button = document.querySelector(".scheme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.scheme ? root.dataset.scheme === "dark" : system.matches);
  const show = () => {
    button?.setAttribute("aria-pressed", isDark());
    for (const box of document.querySelectorAll("input.short")) box.checked = root.classList.contains("short");
  };
  show();
  system.addEventListener("change", show);
  new MutationObserver(show).observe(root, { attributes: true });
  button?.addEventListener("click", () => {
    const dark = !isDark();
    // Choosing what the system has anyway means following the system again.
    if (dark === system.matches) delete root.dataset.scheme;
    else root.dataset.scheme = dark ? "dark" : "light";
    remember("labpress-scheme", root.dataset.scheme);
  });
}

// Short lists need no script; their choice is remembered by one.
document.addEventListener("change", ({ target: box }) => {
  if (!box.matches("input.short")) return;
  root.classList.toggle("short", box.checked);
  remember("labpress-short", box.checked && "yes");
});

// Copy buttons. Where the clipboard is closed to the page, the text is left selected for the reader to copy.
for (const button of document.querySelectorAll(".copy")) {
  const label = button.textContent;
  const source = document.getElementById(button.dataset.copies);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(source.textContent);
    } catch {
      getSelection().selectAllChildren(source);
      return;
    }
    button.textContent = button.dataset.done;
    setTimeout(() => (button.textContent = label), 2000);
  });
}

// A slash goes to the search box, where there is one.
{
  const box = document.getElementById("page:search");
  if (box) {
    addEventListener("keydown", (event) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target.matches("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
      event.preventDefault();
      box.select();
    });
  }
}

// What scrolls sideways must be within reach of the keyboard, also where the browser does not see to it.
{
  const regions = document.querySelectorAll(".prose math, .prose table");
  const reach = () => {
    for (const region of regions) {
      if (region.scrollWidth > region.clientWidth) region.setAttribute("tabindex", "0");
      else region.removeAttribute("tabindex");
    }
  };
  reach();
  addEventListener("resize", reach);
}

// Browsed straight from the disk, a folder's address does not lead to the page in it.
if (location.protocol === "file:") {
  for (const link of document.querySelectorAll('a[href]:not([href*=":"])')) {
    link.setAttribute("href", link.getAttribute("href").replace(/\/(?=[?#]|$)/, "/index.html"));
  }
  for (const form of document.querySelectorAll('form[action$="/"]')) form.action += "index.html";
}
