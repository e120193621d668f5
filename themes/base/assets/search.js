"use strict";

// The search box of a list. What is searched stands in the address; everything shown follows from it. The index is
// fetched when the box or the filters are first used, or when the address asks for something.
{
  const box = document.querySelector("form.narrows");
  const input = box.elements.q;
  const answer = box.querySelector(".answer");
  const narrow = box.querySelector(".narrow");
  const elsewhere = box.querySelector(".elsewhere");
  const panel = document.getElementById("page:filters");
  const groups = panel.querySelector("form");
  const found = document.querySelector(".found");
  const list = found.querySelector("ol");
  const further = found.querySelector(".further");
  const main = document.querySelector("main");
  // On paper there is no box to read from: what was asked for is said above the results.
  const printed = list.parentElement.insertBefore(document.createElement("p"), list);
  printed.className = "facts printed";
  const files = new URL(`${box.dataset.root}search/`, document.baseURI);
  const SHOWN = 10;
  const FACETS = ["tag", "author", "venue", "type", "with"];
  const SHORT = 6;
  const LONG = 200;

  // --- Words and numbers

  const readWords = () => {
    const language = document.documentElement.lang;
    return {
      rules: new Intl.PluralRules(language),
      digits: new Intl.NumberFormat(language),
      collator: new Intl.Collator(language),
      papers: JSON.parse(box.dataset.counted),
      more: JSON.parse(groups.dataset.more),
    };
  };
  let words = readWords();
  const counted = (forms, number) => (forms[words.rules.select(number)] ?? forms.other).replace("{n}", words.digits.format(number));

  // --- What is asked: {q, from, to, tag: [...], author: [...], ...}

  const read = () => {
    const given = new URLSearchParams(location.search);
    const wish = { q: given.get("q") ?? "", from: given.get("from") ?? "", to: given.get("to") ?? "" };
    for (const facet of FACETS) wish[facet] = given.getAll(facet);
    return wish;
  };
  const addressOf = (wish) => {
    const given = new URLSearchParams();
    for (const [name, value] of Object.entries(wish)) {
      for (const one of [value].flat()) if (one) given.append(name, one);
    }
    return `${location.pathname}${given.size ? `?${given}` : ""}`;
  };
  const isNarrowed = (wish) => Boolean(wish.from || wish.to) || FACETS.some((facet) => wish[facet].length);
  const isEmpty = (wish) => !wish.q.trim() && !isNarrowed(wish);

  let wish = read();

  // --- Fetching

  const cardsOf = (text, address) => {
    const cards = new DOMParser().parseFromString(text, "text/html").querySelector("ol");
    for (const part of cards.querySelectorAll("[href], [src]")) {
      for (const name of ["href", "src"]) {
        if (part.hasAttribute(name)) part.setAttribute(name, new URL(part.getAttribute(name), address).href);
      }
    }
    return { order: cards.dataset.order, items: cards.children };
  };
  const get = async (name, cache) => {
    const address = new URL(name, files);
    const response = await fetch(address, { cache });
    if (!response.ok) throw new Error(`${response.status}: ${name}`);
    return address.pathname.endsWith(".txt") ? cardsOf(await response.text(), address) : response.json();
  };

  // The index that is held. The site may change while the page stays open: after a while it is asked whether it has.
  const BELIEVED = 2000;
  let held;
  let since = 0;
  let asking;
  const lookAgain = async () => {
    const head = await get("index.json", "no-cache");
    if (held?.head.version !== head.version) held = openIndex(head, get);
    since = Date.now();
  };
  const index = async () => {
    if (!held || Date.now() - since > BELIEVED) {
      asking ??= lookAgain().finally(() => (asking = undefined));
      await asking.catch((error) => {
        if (!held) throw error;
      });
    }
    return held;
  };

  /** The card of one paper, as the theme shows it in every list. */
  const cardOf = async (search, number) => {
    const size = search.head.cards_per_file;
    const { items } = await search.file(`cards/${Math.floor(number / size)}.txt`);
    return document.importNode(items[number % size], true);
  };

  // --- Filters

  const facetFile = { tag: "facets.json", venue: "facets.json", type: "facets.json", with: "facets.json", author: "authors.json" };
  const facetOf = async (search, name) => {
    const file = await search.file(facetFile[name]);
    if (name !== "with") return file[name];
    if (!file.with) {
      const kinds = Object.keys(file.links);
      file.with = { keys: kinds, labels: kinds.map((kind) => groups.querySelector('[data-facet="with"]').dataset[kind]), papers: Array.from({ length: search.head.papers }, () => []) };
      kinds.forEach((kind, place) => numbersOf(file.links[kind]).forEach((number) => file.with.papers[number].push(place)));
    }
    return file.with;
  };

  /** For each filter in use, the papers that pass it: name -> (number) => boolean. */
  const testsOf = async (search) => {
    const tests = new Map();
    const scope = box.dataset.facet;
    const among = async (name, keys) => {
      const { keys: known, papers } = await facetOf(search, name);
      const places = new Set(keys.map((key) => known.indexOf(key)));
      return (number) => papers[number].some((place) => places.has(place));
    };
    if (scope === "year") tests.set("scope", (number) => String(search.years[number] || "undated") === box.dataset.key);
    else if (scope) tests.set("scope", await among(scope, [box.dataset.key]));
    if (wish.from || wish.to) {
      const [from, to] = [Number(wish.from) || 0, Number(wish.to) || 9999];
      tests.set("year", (number) => search.years[number] >= from && search.years[number] <= to);
    }
    for (const name of FACETS) {
      if (!wish[name].length) continue;
      if (name === "with") {
        const { keys, papers } = await facetOf(search, name);
        const places = wish.with.map((key) => keys.indexOf(key));
        tests.set(name, (number) => places.every((place) => papers[number].includes(place)));
      } else tests.set(name, await among(name, wish[name]));
    }
    return tests;
  };

  const unfolded = new Set();
  const showFilters = async (search, numbers, tests, isCurrent) => {
    const facets = await Promise.all(FACETS.map((name) => facetOf(search, name)));
    if (!isCurrent()) return;
    FACETS.forEach((name, at) => {
      const { keys, labels, papers } = facets[at];
      const others = [...tests].filter(([other]) => other !== name || name === "with").map(([, test]) => test);
      const counts = new Uint32Array(keys.length);
      for (const number of numbers) {
        if (others.every((test) => test(number))) for (const place of papers[number]) counts[place]++;
      }
      const chosen = new Set(wish[name].map((key) => keys.indexOf(key)));
      const places = [...keys.keys()].filter((place) => counts[place] || chosen.has(place));
      places.sort((one, other) => chosen.has(other) - chosen.has(one) || counts[other] - counts[one] || words.collator.compare(labels[one], labels[other]));
      drawFacet(name, places, { keys, labels, counts, chosen, isScope: box.dataset.facet === name });
    });
    const known = search.years.filter(Boolean);
    const years = groups.querySelector('[data-facet="year"]');
    years.hidden = box.dataset.facet === "year" || new Set(known).size < 2;
    for (const name of ["from", "to"]) {
      const field = groups.elements[name];
      field.min = Math.min(...known);
      field.max = Math.max(...known);
      field.placeholder = name === "from" ? field.min : field.max;
      if (document.activeElement !== field) field.value = wish[name];
    }
    groups.querySelector('[type="reset"]').hidden = !isNarrowed(wish);
  };

  const drawFacet = (name, places, { keys, labels, counts, chosen, isScope }) => {
    const group = groups.querySelector(`[data-facet="${name}"]`);
    group.hidden = isScope || (places.length < 2 && !chosen.size && name !== "with") || !places.length;
    const focused = group.contains(document.activeElement) ? document.activeElement.value : null;
    const short = places.length === SHORT + 1 ? SHORT + 1 : SHORT;
    const most = Math.max(unfolded.has(name) ? LONG : short, chosen.size);
    const items = group.hidden ? [] : places.slice(0, most).map((place) => {
      const item = document.createElement("li");
      const label = item.appendChild(document.createElement("label"));
      const tick = label.appendChild(document.createElement("input"));
      Object.assign(tick, { type: "checkbox", name, value: keys[place], checked: chosen.has(place) });
      label.appendChild(document.createElement("span")).append(labels[place]);
      const number = label.appendChild(document.createElement("span"));
      number.className = "n";
      number.append(words.digits.format(counts[place]));
      return item;
    });
    const old = group.querySelector("ul") ?? group.appendChild(document.createElement("ul"));
    old.replaceChildren(...items);
    if (focused !== null) [...old.querySelectorAll("input")].find((tick) => tick.value === focused)?.focus();
    group.querySelector("button")?.remove();
    const rest = Math.min(places.length, LONG) - most;
    if (rest > 0 && !group.hidden) {
      const more = group.appendChild(document.createElement("button"));
      more.type = "button";
      more.className = "unfold";
      more.append(counted(words.more, rest));
      more.addEventListener("click", () => {
        unfolded.add(name);
        refresh();
        group.querySelectorAll("input")[most - 1]?.focus();
      });
    }
  };

  // --- Results

  /** Marks what was found in the text of a card; formulas are left alone. */
  const mark = (card, marks) => {
    if (!marks.size) return;
    const walker = document.createTreeWalker(card, NodeFilter.SHOW_ALL, (node) =>
      node.nodeType === Node.TEXT_NODE ? NodeFilter.FILTER_ACCEPT : node.localName === "math" || node.className === "get" ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    for (const text of texts) {
      const parts = [];
      let end = 0;
      for (const { 0: word, index: start } of text.data.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
        if (!asked(word).some((forms) => forms.some((form) => marks.has(form)))) continue;
        const marked = document.createElement("mark");
        marked.append(word);
        parts.push(text.data.slice(end, start), marked);
        end = start + word.length;
      }
      if (end) text.replaceWith(...parts, text.data.slice(end));
    }
  };

  const isOther = (node) => node !== box && node !== panel && node !== found && !node.matches(".opening");
  /** Shows the results in place of the list, or the list. */
  const swap = (isSearching) => {
    found.hidden = !isSearching;
    for (const part of main.children) {
      if (isOther(part) && (part.matches(".group, .pager, .empty") || part.matches(".aside"))) {
        part.hidden = part.matches(".aside") ? !panel.hidden : isSearching;
      }
    }
    for (const order of main.querySelectorAll(".tools nav")) order.hidden = isSearching;
    main.classList.toggle("searching", isSearching);
    if (elsewhere) elsewhere.hidden = !isSearching;
  };

  // Parts that come into the page later, as they do in a preview, give way to the results too.
  new MutationObserver(() => swap(!found.hidden)).observe(main, { childList: true });

  let turn = 0;
  /** What has been found last: `{search, numbers, marks, isGrowing}`. */
  let results;
  const showCards = async ({ search, numbers, marks }, from, isCurrent, most = SHOWN) => {
    const cards = await Promise.all(numbers.slice(from, from + most).map((number) => cardOf(search, number)));
    if (!isCurrent()) return;
    for (const card of cards) mark(card, marks);
    if (from) list.append(...cards);
    else list.replaceChildren(...cards);
    further.hidden = list.children.length >= numbers.length;
    await sayOnPaper({ search, numbers }, isCurrent);
  };

  /** What was asked for, in words: those of the box, and of each filter. */
  const wordsOfWish = async (search) => {
    const parts = [wish.q.trim()];
    for (const name of FACETS) {
      if (!wish[name].length) continue;
      const { keys, labels } = await facetOf(search, name);
      parts.push(wish[name].map((key) => labels[keys.indexOf(key)] ?? key).join(", "));
    }
    if (wish.from || wish.to) parts.push(`${wish.from}–${wish.to}`);
    return parts.filter(Boolean).join(" · ");
  };
  const sayOnPaper = async ({ search, numbers }, isCurrent) => {
    const query = await wordsOfWish(search);
    if (!isCurrent()) return;
    const shown = list.children.length;
    const most = shown < numbers.length ? ` (1–${words.digits.format(shown)})` : "";
    printed.textContent = `${query}: ${counted(words.papers, numbers.length)}${most}`;
  };

  const show = async (isCurrent, most) => {
    const search = await index();
    const [answered, tests] = await Promise.all([search.search(wish.q), testsOf(search)]);
    if (!isCurrent()) return;
    const passing = [...tests.values()];
    const numbers = answered.numbers.filter((number) => passing.every((test) => test(number)));
    results = { search, numbers, marks: answered.marks };
    const papers = counted(words.papers, numbers.length);
    answer.textContent = isEmpty(wish) ? "" : !numbers.length ? box.dataset.none : answered.isSimilar ? box.dataset.similar.replace("{papers}", papers) : papers;
    if (elsewhere) elsewhere.firstElementChild.href = `${box.getAttribute("action")}${wish.q ? `?${new URLSearchParams({ q: wish.q })}` : ""}`;
    await Promise.all([
      isEmpty(wish) ? undefined : showCards(results, 0, isCurrent, most),
      panel.hidden ? undefined : showFilters(search, answered.numbers, tests, isCurrent),
    ]);
    if (!isCurrent()) return;
    found.classList.remove("waiting");
    swap(!isEmpty(wish));
  };

  /** Brings the page to what `wish` asks for. Whatever was begun before comes to nothing. */
  const refresh = async (most) => {
    const mine = ++turn;
    const isCurrent = () => mine === turn;
    if (isEmpty(wish) && panel.hidden) {
      answer.textContent = "";
      swap(false);
      return;
    }
    try {
      found.classList.add("waiting");
      if (found.hidden) answer.textContent = "…"; // There is nothing yet that could be dimmed.
      await show(isCurrent, most).catch(() => {
        if (!isCurrent()) return;
        held = undefined; // It may be of a site that is no more: once, everything is fetched anew.
        return show(isCurrent, most);
      });
    } catch (error) {
      if (!isCurrent()) return;
      answer.textContent = box.dataset.unavailable;
      found.classList.remove("waiting");
      swap(false);
      console.info(error);
    }
  };

  // --- The address

  // Browsers take so many addresses in so many seconds; Safari throws at the hundredth. What is typed goes into the
  // address when the writer pauses.
  const PAUSE = 250;
  let pausing = 0;
  /** Whether the newest entry of the history is of the words that are being typed. */
  let isTyping = false;
  const writeAddress = (typing) => {
    clearTimeout(pausing);
    pausing = 0;
    const address = addressOf(wish);
    const isNew = address !== `${location.pathname}${location.search}`;
    try {
      if (isNew) history[typing && isTyping ? "replaceState" : "pushState"](null, "", address);
    } catch (error) {
      console.info(error); // The search goes on; its address is that of a moment ago.
      return;
    }
    isTyping = typing && (isTyping || isNew);
  };
  const writeTyped = () => {
    if (pausing) writeAddress(true);
  };
  /** Ask for something else. While somebody types, one entry of the history is enough. */
  const ask = (change, typing = false) => {
    if (!typing) writeTyped();
    wish = { ...wish, ...change };
    const done = refresh();
    clearTimeout(pausing);
    if (typing) pausing = setTimeout(writeAddress, PAUSE, true);
    else writeAddress(false);
    return done;
  };
  const openFilters = (isOpen) => {
    panel.hidden = !isOpen;
    narrow.setAttribute("aria-expanded", String(isOpen));
  };
  const follow = () => {
    clearTimeout(pausing);
    pausing = 0;
    wish = read();
    isTyping = false;
    input.value = wish.q;
    for (const name of ["from", "to"]) groups.elements[name].value = wish[name];
    if (isNarrowed(wish)) openFilters(true);
    refresh();
  };

  // --- What people do

  narrow.hidden = false;
  input.addEventListener("focus", () => location.protocol !== "file:" && index().catch(() => {}));
  input.addEventListener("input", () => ask({ q: input.value }, true));
  input.addEventListener("change", writeTyped);
  addEventListener("pagehide", writeTyped);
  box.addEventListener("submit", (event) => {
    event.preventDefault();
    ask({ q: input.value }).then(() => list.querySelector("h3 a")?.focus());
  });
  narrow.addEventListener("click", () => {
    openFilters(panel.hidden);
    refresh();
  });
  groups.addEventListener("submit", (event) => event.preventDefault());
  groups.addEventListener("change", ({ target }) => {
    if (target.type === "number") ask({ [target.name]: target.value });
    else ask({ [target.name]: [...groups.querySelectorAll(`[name="${target.name}"]:checked`)].map((tick) => tick.value) });
  });
  groups.addEventListener("reset", (event) => {
    event.preventDefault();
    ask({ from: "", to: "", ...Object.fromEntries(FACETS.map((name) => [name, []])) });
    input.focus();
  });
  further.addEventListener("click", async () => {
    const [from, mine] = [list.children.length, results];
    if (mine.isGrowing) return;
    mine.isGrowing = true;
    try {
      await showCards(mine, from, () => mine === results);
      list.children[from]?.querySelector("h3 a")?.focus();
    } catch {
      held = undefined;
      await refresh();
    }
    mine.isGrowing = false;
  });
  addEventListener("popstate", follow);
  // A preview says when the site has been built anew, with other papers, other cards or in another language.
  document.addEventListener("labpress:built", async () => {
    await asking?.catch(() => {});
    held = undefined;
    words = readWords();
    refresh(Math.max(SHOWN, list.children.length));
  });

  const step = (event, links, at) => {
    event.preventDefault();
    if (at < 0) input.focus();
    else links[Math.min(at, links.length - 1)]?.focus();
  };
  addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (key === "Escape" && (target === input || found.contains(target) || panel.contains(target))) {
      event.preventDefault();
      if (target === input && input.value) ask({ q: (input.value = "") });
      else if (target === input) input.blur();
      else input.focus();
    } else if ((key === "ArrowDown" || key === "ArrowUp") && !found.hidden && (target === input || list.contains(target))) {
      const links = [...list.querySelectorAll("h3 a")];
      const at = links.findIndex((link) => link.closest("li").contains(target));
      if (target !== input || key === "ArrowDown") step(event, links, key === "ArrowDown" ? at + 1 : at - 1);
    }
  });

  input.value = wish.q;
  if (!isEmpty(wish)) follow();
}
