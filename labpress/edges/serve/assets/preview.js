"use strict";

// The live side of `labpress serve`. It is added to pages while they are served and is no part of a built site.
// It runs before every deferred script of the page, so that it sees the page as it was sent.
(() => {
  const script = document.currentScript;
  const home = new URL(".", script.src);
  const root = new URL("..", home);
  let facts = { ...script.dataset };

  // What the tab remembers from page to page, if its browser lets it.

  const remember = (name, value) => {
    try {
      sessionStorage.setItem(`labpress-preview-${name}`, JSON.stringify(value));
    } catch {
      // The next page knows nothing of this one.
    }
  };
  const recall = (name) => {
    try {
      return JSON.parse(sessionStorage.getItem(`labpress-preview-${name}`));
    } catch {
      return null;
    }
  };

  // The page as it was sent, node by node beside the page as it stands. A change is found between two pages that were
  // sent, and carried out on the one that stands: what scripts and the reader have done to it stays.

  const twins = new WeakMap();

  const pair = (sent, standing) => {
    twins.set(sent, standing);
    sent.childNodes.forEach((child, at) => pair(child, standing.childNodes[at]));
  };

  let sent = document.documentElement.cloneNode(true);
  pair(sent, document.documentElement);

  const keep = (old, now) => {
    twins.set(now, twins.get(old));
    now.childNodes.forEach((child, at) => keep(old.childNodes[at], child));
  };

  // Scripts know the controls of the page as it was when they began: new ones would do nothing, and what belongs to those
  // that are gone neither. A page whose controls come or go is loaded anew.
  const CONTROLS = "form, button, input, select, textarea";
  let areOthers = false;
  const noteControls = (node) => {
    if (node.nodeType === Node.ELEMENT_NODE && (node.matches(CONTROLS) || node.querySelector(CONTROLS))) areOthers = true;
  };

  const plant = (now) => {
    noteControls(now);
    const standing = document.importNode(now, true);
    pair(now, standing);
    return standing;
  };

  const alike = (old, now) => old.nodeType === now.nodeType && old.nodeName === now.nodeName && old.id === now.id;

  const patch = (old, now) => {
    if (old.isEqualNode(now)) {
      keep(old, now);
      return;
    }
    const standing = twins.get(old);
    twins.set(now, standing);
    if (now.nodeType !== Node.ELEMENT_NODE) {
      standing.data = now.data;
      return;
    }
    patchAttributes(old, now, standing);
    patchChildren(old, now, standing);
  };

  const patchAttributes = (old, now, standing) => {
    // Scripts keep what they know in classes and data of the root: a reader's choice of dark colours, for one.
    const own = now === now.ownerDocument.documentElement ? ["lang", "dir"] : null;
    for (const name of own ?? new Set([...old.getAttributeNames(), ...now.getAttributeNames()])) {
      const value = now.getAttribute(name);
      if (value === old.getAttribute(name)) continue;
      if (value === null) standing.removeAttribute(name);
      else if (name !== "href" || standing.href !== new URL(value, location.href).href) standing.setAttribute(name, value);
    }
  };

  const patchChildren = (old, now, standing) => {
    const before = [...old.childNodes];
    const after = [...now.childNodes];
    let start = 0;
    let last = before.length;
    let end = after.length;
    while (start < last && start < end && before[start].isEqualNode(after[start])) {
      keep(before[start], after[start]);
      start += 1;
    }
    while (last > start && end > start && before[last - 1].isEqualNode(after[end - 1])) keep(before[--last], after[--end]);
    while (start < last && start < end && alike(before[start], after[start])) {
      patch(before[start], after[start]);
      start += 1;
    }
    for (const gone of before.slice(start, last)) {
      noteControls(gone);
      twins.get(gone).remove();
    }
    const next = last < before.length ? twins.get(before[last]) : null;
    for (const fresh of after.slice(start, end)) {
      standing.insertBefore(plant(fresh), next?.parentNode === standing ? next : null);
    }
  };

  const scriptsOf = (page) =>
    [...page.querySelectorAll("script[src]:not([data-labpress])")]
      .map((one) => new URL(one.getAttribute("src"), location.href).href)
      .join(" ");

  // Browsers keep where a page is scrolled to when it is loaded anew, but not the field that somebody is writing in.

  const reload = ({ id, value }) => {
    if (id) remember("writing", { id, value });
    location.reload();
  };

  const writeOn = () => {
    const { id, value } = recall("writing") ?? {};
    remember("writing", null);
    const field = id && document.getElementById(id);
    if (!field) return;
    field.focus({ preventScroll: true });
    if (!value || field.value === value) return;
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  addEventListener("DOMContentLoaded", writeOn); // After the scripts of the page, which hear of what is written.

  const refresh = async () => {
    const answer = await fetch(location.href, { cache: "no-store" });
    if (answer.redirected) {
      location.replace(answer.url + location.hash); // Links go by the address: that of a folder ends in a slash.
      return;
    }
    const now = new DOMParser().parseFromString(await answer.text(), "text/html").documentElement;
    const { id, value } = document.activeElement ?? {};
    if (scriptsOf(now) === scriptsOf(sent)) patch(sent, now);
    else areOthers = true;
    if (areOthers) {
      reload({ id, value });
      return;
    }
    sent = now;
    facts = { ...now.querySelector("script[data-labpress]")?.dataset };
    showSource();
  };

  // One refresh at a time; of those that wait, one is enough.
  let running = null;
  let again = false;
  const refreshAll = async () => {
    while (again) {
      again = false;
      await refresh().catch(() => {}); // The server is gone. A new connection begins with a comparison of versions.
    }
    running = null;
  };
  const refreshOnce = () => {
    again = true;
    running ??= refreshAll();
  };

  // Style sheets under new names: the new one is there before the old one goes.
  const restyle = (renamed) => {
    const names = new Map(Object.entries(renamed).map(([old, now]) => [new URL(old, root).href, new URL(now, root).href]));
    for (const link of document.querySelectorAll('link[rel="stylesheet"]')) {
      const now = names.get(link.href);
      if (!now) continue;
      const next = link.cloneNode();
      next.href = now;
      next.addEventListener("load", () => {
        link.addEventListener("load", () => next.remove(), { once: true });
        link.href = now;
      }, { once: true });
      link.after(next);
    }
  };

  // Pictures under their old names: a browser fetches them anew for a query, which the server does not look at.
  const redraw = (paths) => {
    const changed = new Set(paths.map((path) => decodeURIComponent(root.pathname) + path));
    const fresh = (address) => {
      if (!URL.canParse(address, document.baseURI)) return address;
      const { href, origin, pathname } = new URL(address, document.baseURI);
      const isChanged = href.startsWith(root.href) && changed.has(decodeURIComponent(pathname));
      return isChanged ? `${origin}${pathname}?${Date.now()}` : address;
    };
    for (const name of ["src", "srcset", "poster"]) {
      for (const part of document.querySelectorAll(`:is(img, source, video, audio)[${name}]`)) {
        const old = part.getAttribute(name);
        const now = old.replace(/\S+/g, fresh);
        if (now !== old) part.setAttribute(name, now);
      }
    }
  };

  // What the preview shows of its own, in a shadow that no style of the site reaches.

  const make = (name, text, attributes = {}) => {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };

  const host = make("labpress-preview");
  const shadow = host.attachShadow({ mode: "open" });
  const panel = make("section", "", { class: "panel", "aria-label": "Faults", hidden: "" });
  const hint = make("p", "", { class: "hint", role: "status", hidden: "" });
  const bar = make("p", "", { class: "bar" });
  const stack = make("div", "", { class: "stack" });
  stack.append(panel, hint, bar);
  shadow.append(make("link", "", { rel: "stylesheet", href: new URL("preview.css", home).href }), stack);
  document.documentElement.append(host);

  const toggle = make("button", "", { type: "button", class: "toggle", "aria-expanded": "false", hidden: "" });
  const source = make("span", "", { class: "source" });
  const away = make("span", "labpress serve has ended", { class: "away", hidden: "" });
  bar.append(away, toggle, source);

  const showPanel = (open) => {
    panel.hidden = !open;
    toggle.setAttribute("aria-expanded", String(open));
  };
  // Faults that somebody has closed are not opened again on the next page, unless they are others.
  let told = "";
  const choosePanel = (open) => {
    showPanel(open);
    remember("closed", open ? "" : told);
  };
  toggle.addEventListener("click", () => choosePanel(panel.hidden));

  const placeOf = (thing) => (thing.link ? make("a", thing.place, { href: thing.link }) : make("span", thing.place));

  const showSource = () => {
    source.replaceChildren();
    if ("draft" in facts) source.append(make("b", "Draft"), " ");
    if (facts.source) {
      source.append(placeOf({ place: facts.source, link: facts.editor }));
      if (facts.editor) source.append(" ", make("kbd", "e", { title: "The key e opens the file in your editor" }));
    }
  };

  const entryOf = (fault) => {
    const entry = make("article", "", { class: fault.severity });
    const head = make("h2");
    if (fault.place) head.append(placeOf(fault), " ");
    head.append(make("span", `${fault.severity}: ${fault.message}`));
    entry.append(head);
    if (fault.excerpt) entry.append(make("pre", fault.excerpt));
    if (fault.help) entry.append(make("p", fault.help, { class: "help" }));
    for (const note of fault.notes) {
      const line = make("p", note.message, { class: "note" });
      if (note.place) line.append(" ", placeOf(note));
      entry.append(line);
      if (note.excerpt) entry.append(make("pre", note.excerpt));
    }
    return entry;
  };

  const count = (number, word) => (number ? [`${number} ${word}${number === 1 ? "" : "s"}`] : []);

  const showFaults = (message) => {
    const { errors, warnings, faults, failure } = message;
    told = JSON.stringify(message);
    const isClosed = recall("closed") === told;
    if (!isClosed) remember("closed", "");
    const entries = faults.map(entryOf);
    if (failure) {
      const entry = make("article", "", { class: "error" });
      entry.append(make("h2", "labpress itself has failed; what you see is the last good state"), make("pre", failure));
      entries.unshift(entry);
    }
    if (errors + warnings > faults.length) entries.push(make("p", `and ${errors + warnings - faults.length} more`));
    panel.replaceChildren(...entries);
    toggle.textContent = [...count(errors, "error"), ...count(warnings, "warning")].join(", ") || "failure";
    toggle.hidden = entries.length === 0;
    toggle.classList.toggle("bad", Boolean(errors || failure));
    showPanel(!isClosed && (Boolean(errors || failure) || (!panel.hidden && entries.length > 0)));
  };

  let hintTimer = 0;
  const hrefOf = (path) => new URL(path, root).href;
  const showHint = (pages) => {
    hint.replaceChildren("Changed: ");
    pages.forEach((page, at) => hint.append(at ? ", " : "", make("a", page.label, { href: hrefOf(page.path) })));
    hint.hidden = false;
    clearTimeout(hintTimer);
    hintTimer = setTimeout(() => (hint.hidden = true), 10_000);
  };
  const hideHintOf = (paths) => {
    const gone = new Set(paths.map(hrefOf));
    if ([...hint.querySelectorAll("a")].some((link) => gone.has(link.href))) hint.hidden = true;
  };

  // A build has come to its end. Scripts of the page that have read other files of the site can read them again.
  const tellScripts = async () => {
    await running; // They find the page as it is by now.
    document.dispatchEvent(new Event("labpress:built"));
  };

  addEventListener("keydown", (event) => {
    const typing = event.composedPath()[0]?.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
    if (typing || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "e") source.querySelector("a")?.click();
    if (event.key === "Escape" && !panel.hidden) choosePanel(false);
  });

  // The line to the server.

  const hear = (message) => {
    if (message.kind === "page") refreshOnce();
    else if (message.kind === "styles") restyle(message.renamed);
    else if (message.kind === "pictures") redraw(message.paths);
    else if (message.kind === "faults") showFaults(message);
    else if (message.kind === "edited") showHint(message.pages);
    else if (message.kind === "built") {
      hideHintOf(message.gone);
      tellScripts();
    } else if (message.kind === "moved") {
      location.href = new URL(message.base, location.href).href + location.href.slice(root.href.length);
    }
  };

  let socket = null;
  let pause = 250;
  const connect = () => {
    const address = new URL("socket", home);
    address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    socket = new WebSocket(address);
    socket.addEventListener("open", () => {
      pause = 250;
      away.hidden = true;
      socket.send(JSON.stringify({ address: location.pathname, version: facts.version ?? "" }));
    });
    socket.addEventListener("message", (event) => hear(JSON.parse(event.data)));
    socket.addEventListener("close", () => {
      if (!socket) return;
      away.hidden = false;
      setTimeout(connect, pause);
      pause = Math.min(pause * 2, 4000);
    });
  };
  const hangUp = () => {
    const line = socket;
    socket = null;
    line?.close();
  };
  addEventListener("pagehide", hangUp);
  addEventListener("pageshow", () => socket ?? connect());

  showSource();
  connect();
})();
