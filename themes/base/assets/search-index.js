"use strict";

// The search itself, without a page: what a query means, and which papers of an index answer it. The index is made by
// labpress/site/search; words are made as labpress/site/search/words.py makes them, and tests hold the two together.

const FIELDS = ["title", "author", "tag", "venue", "abstract"];
const WEIGHTS = [10, 8, 6, 3, 1];
const COMMON = new Set(
  ("about all also an and any are as at be been between both but by can do does for from has have how if in into is " +
    "it its more most no not of on or our such than that the their them then there these they this those through to " +
    "under using via was we were what when where which while who why will with without").split(" "),
);
const LETTERS = {
  ß: "ss", ẞ: "ss", æ: "ae", Æ: "ae", œ: "oe", Œ: "oe", ø: "o", Ø: "o", đ: "d", Đ: "d", ð: "d", Ð: "d", þ: "th",
  Þ: "th", ł: "l", Ł: "l", ħ: "h", Ħ: "h", ı: "i", ŋ: "n", Ŋ: "n", ŧ: "t", Ŧ: "t", ĸ: "k", "’": "'", "‘": "'",
  "‐": "-", "‑": "-", "–": "-", "—": "-",
};
const SPELT_OUT = { ä: "ae", ö: "oe", ü: "ue", Ä: "Ae", Ö: "Oe", Ü: "Ue", ø: "oe", Ø: "Oe", å: "aa", Å: "Aa" };
const WITHOUT_SPACES = "\\u3041-\\u3096\\u30a1-\\u30fa\\u30fc-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\u{20000}-\\u{3ffff}";
const WORD = new RegExp(`[${WITHOUT_SPACES}]|(?:(?![${WITHOUT_SPACES}])[\\p{L}\\p{N}])+`, "gu");
const BEYOND_ASCII = /[^\0-\x7f]/gu;

const letter = (character) => LETTERS[character] ?? character;
const plainCharacter = (character) =>
  letter(character).normalize("NFKD").replace(/\p{M}/gu, "").replace(BEYOND_ASCII, letter).toUpperCase().toLowerCase();
const plain = (text) => text.normalize("NFC").replace(BEYOND_ASCII, plainCharacter).toLowerCase();
const wordsOf = (text) => plain(text).match(WORD) ?? [];
const isCommon = (word) => COMMON.has(word) || /^[\0-\x7f]$/.test(word);

// A word as it is looked up: [plain], or [plain, spelt out] where it has umlauts.
const asked = (text) => {
  const one = wordsOf(text);
  const composed = text.normalize("NFC");
  const spelt = wordsOf(composed.replace(/[äöüÄÖÜøØåÅ]/g, (letter) => SPELT_OUT[letter]));
  return one.map((word, at) => (spelt.length === one.length && spelt[at] !== word ? [word, spelt[at]] : [word]));
};

// --- What a query means

// Telephones and word processors write quotation marks of their own, and people a space after the colon.
const QUOTES = /[“”„‟«»＂]/gu;
const PART = /(?:\b(title|author|tag|venue|year):\s*)?(?:"([^"]*)("|$)|([^\s"]+))/giu;
const YEARS = /^(\d{4})?(-|–|\.\.)?(\d{4})?$/;

/** `{words: [{forms, field, isOpen}], phrases: [{text, field}], years: [from, to] or null}`. */
const parse = (written) => {
  const query = written.replace(QUOTES, '"');
  const meaning = { words: [], phrases: [], years: null };
  for (const [whole, name, quoted, end, bare] of query.matchAll(PART)) {
    const field = name && name.toLowerCase() !== "year" ? FIELDS.indexOf(name.toLowerCase()) : -1;
    if (name && field < 0) {
      const found = YEARS.exec(quoted ?? bare);
      if (found && (found[1] || found[3])) {
        const years = [Number(found[1] ?? 1), Number(found[2] ? (found[3] ?? 9999) : found[1])];
        meaning.years = years.sort((one, other) => one - other);
        continue;
      }
    }
    const words = asked(quoted ?? bare);
    const isLast = query.trimEnd().endsWith(whole) && !/\s$/.test(query);
    words.forEach((forms, at) => {
      const isOpen = quoted === undefined ? true : end === "" && at === words.length - 1;
      meaning.words.push({ forms, field, isOpen, isLast: isLast && at === words.length - 1, isQuoted: quoted !== undefined });
    });
    if (quoted !== undefined && words.length > 1) {
      meaning.phrases.push({ text: ` ${words.map((forms) => forms[0]).join(" ")}${end ? " " : ""}`, field });
    }
  }
  const isLoose = (word) => isCommon(word.forms[0]) && word.field < 0;
  const isAllLoose = meaning.words.every(isLoose);
  for (const word of meaning.words) word.isRequired = isAllLoose || !isLoose(word);
  return meaning;
};

// A word stands for those that begin with it, once it is long enough to mean something, or is still being typed.
const isBeginning = (word, form) => word.isOpen && (form.length > 2 || (form.length === 2 && word.isLast));

// --- Misspelt words

const mistakesAllowed = (word) => (word.length < 4 ? 0 : word.length < 8 ? 1 : 2);

/** Letters to change, add, leave out or swap until `word` is `term` or its beginning; more than `most`: `most + 1`. */
const mistakes = (word, term, most) => {
  const width = Math.min(term.length, word.length + most);
  let before = [];
  let last = Array.from({ length: width + 1 }, (_, at) => at);
  for (let row = 1; row <= word.length; row++) {
    const next = [row];
    let least = row;
    for (let at = 1; at <= width; at++) {
      const same = word[row - 1] === term[at - 1];
      let cost = Math.min(last[at - 1] + (same ? 0 : 1), last[at] + 1, next[at - 1] + 1);
      if (row > 1 && at > 1 && word[row - 1] === term[at - 2] && word[row - 2] === term[at - 1]) {
        cost = Math.min(cost, before[at - 2] + 1);
      }
      next.push(cost);
      if (cost < least) least = cost;
    }
    if (least > most) return most + 1;
    before = last;
    last = next;
  }
  return Math.min(...last);
};

const MOST_GUESSES = 12;

/** The words that `word` may have been meant to be, the closest first. */
const guesses = (word, terms) => {
  const most = mistakesAllowed(word);
  if (!most) return [];
  const [first, second] = word;
  const found = [];
  for (const term of terms) {
    if (term.length < word.length - most) continue;
    if (term[0] !== first && term[0] !== second && term[1] !== second && term[1] !== first) continue;
    const count = mistakes(word, term, most);
    if (count <= most) found.push({ term, count, rest: Math.abs(term.length - word.length) });
  }
  found.sort((one, other) => one.count - other.count || one.rest - other.rest);
  return found.slice(0, MOST_GUESSES);
};

// --- The index

const between = (list, value) => {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
};

const numbersOf = (distances) => {
  let sum = 0;
  return distances.map((distance) => (sum += distance));
};

/**
 * An index of which `get(name, cache)` fetches a file, given as a value. Every file is fetched once, when it is needed. It
 * has to be of the same site: a newer one, or an older one of some cache, has other papers under the same numbers.
 */
const openIndex = (head, get) => {
  const files = new Map();
  const fetchFile = async (name, mark) => {
    for (const cache of ["default", "reload"]) {
      const value = await get(`${name}?${head.version}`, cache);
      if (value[mark] === head[mark]) return value;
    }
    throw new Error(`${name} is of another index`);
  };
  const file = (name, mark = "order") => {
    if (!files.has(name)) {
      const asking = fetchFile(name, mark);
      asking.catch(() => files.delete(name));
      files.set(name, asking);
    }
    return files.get(name);
  };
  const years = head.years.flatMap(([year, count]) => Array(count).fill(year));

  /** Words of the index from `from` on that begin with it, or `from` alone: `[{term, lists}]`. */
  const lookUp = async (from, isBeginningOnly) => {
    const last = isBeginningOnly ? `${from}\uffff` : from;
    const first = between(head.bounds, `${from}\0`);
    const end = between(head.bounds, `${last}\0`);
    const shards = [];
    for (let number = first; number <= end; number++) shards.push(file(`terms/${number}.json`, "cut"));
    const found = [];
    for (const shard of await Promise.all(shards)) {
      for (let at = between(shard.terms, from); at < shard.terms.length; at++) {
        const term = shard.terms[at];
        if (isBeginningOnly ? !term.startsWith(from) : term !== from) break;
        shard.numbers ??= [];
        shard.numbers[at] ??= shard.lists[at].map(numbersOf);
        found.push({ term, lists: shard.numbers[at] });
      }
    }
    return found;
  };

  const likelyWords = async () =>
    head.bounds.length ? (await file("words.json")).words : (await file("terms/0.json", "cut")).terms;

  /** Best score of each paper for one word, and the words of the index behind it. */
  const scores = async (word, isForgiving) => {
    const best = new Float64Array(head.papers);
    const seen = new Set();
    const count = ({ term, lists }, quality) => {
      seen.add(term);
      lists.forEach((numbers, field) => {
        if (word.field >= 0 && word.field !== field) return;
        const score = WEIGHTS[field] * quality;
        for (const number of numbers) if (score > best[number]) best[number] = score;
      });
    };
    for (const form of word.forms) {
      for (const entry of await lookUp(form, isBeginning(word, form))) {
        count(entry, Math.max(0.6, 1 - 0.04 * (entry.term.length - form.length)));
      }
    }
    if (isForgiving && !word.isQuoted) {
      for (const guess of guesses(word.forms[0], await likelyWords())) {
        for (const entry of await lookUp(guess.term, false)) count(entry, 0.5 / (guess.count + 0.1 * guess.rest));
      }
    }
    const rarity = Math.log(1 + head.papers / best.reduce((sum, score) => sum + (score > 0), 0));
    return { best: best.map((score) => score && score * rarity), seen };
  };

  /** The words of each field of a paper, as phrases are looked for in them. */
  const textsOf = (bunch, place) => {
    bunch.texts ??= [];
    return (bunch.texts[place] ??= bunch.papers[place].map((part) => [part].flat().map((one) => ` ${wordsOf(one).join(" ")} `)));
  };

  const haveTogether = async (numbers, phrases) => {
    const bunches = new Map();
    for (const number of numbers) {
      const bunch = Math.floor(number / head.texts_per_file);
      if (!bunches.has(bunch)) bunches.set(bunch, file(`texts/${bunch}.json`));
    }
    const loaded = new Map();
    for (const [bunch, texts] of bunches) loaded.set(bunch, await texts);
    return numbers.filter((number) => {
      const bunch = loaded.get(Math.floor(number / head.texts_per_file));
      const texts = textsOf(bunch, number % head.texts_per_file);
      return phrases.every(({ text, field }) =>
        texts.some((part, at) => (field < 0 || field === at) && part.some((one) => one.includes(text))),
      );
    });
  };

  const answer = async (meaning, isForgiving) => {
    const total = new Float64Array(head.papers);
    const hits = new Uint16Array(head.papers);
    const marks = new Set();
    let required = 0;
    const all = await Promise.all(meaning.words.map((word) => scores(word, isForgiving)));
    meaning.words.forEach((word, at) => {
      const { best, seen } = all[at];
      if (word.isRequired) required++;
      for (const term of seen) marks.add(term);
      for (let number = 0; number < best.length; number++) {
        if (!best[number]) continue;
        total[number] += best[number];
        if (word.isRequired) hits[number]++;
      }
    });
    const [from, to] = meaning.years ?? [-1, Infinity];
    let numbers = [];
    for (let number = 0; number < head.papers; number++) {
      if (hits[number] === required && years[number] >= from && years[number] <= to) numbers.push(number);
    }
    if (meaning.phrases.length) numbers = await haveTogether(numbers, meaning.phrases);
    if (required) numbers.sort((one, other) => total[other] - total[one] || one - other);
    return { numbers, marks, isSimilar: isForgiving };
  };

  return {
    head,
    file,
    years,
    /** The papers that answer `query`, the best first: `{numbers, marks, isSimilar}`. */
    async search(query) {
      const meaning = parse(query);
      const exact = await answer(meaning, false);
      if (exact.numbers.length || !meaning.words.some((word) => !word.isQuoted)) return exact;
      const similar = await answer(meaning, true);
      return similar.numbers.length ? similar : exact;
    },
  };
};
