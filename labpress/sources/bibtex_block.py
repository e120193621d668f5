"""One block of a BibTeX file, from after ``@type{`` to its closing brace: the key and the fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from labpress.core.diagnostics import Diagnostic, SourceText, quoted
from labpress.core.patterns import when_needed
from labpress.core.text import closest
from labpress.sources.bibtex_macros import MACROS


class RawField(NamedTuple):
    """One field: ``value`` has macros and ``#`` resolved, and is without its own braces or quotes."""

    name: str
    """In lower case."""
    value: str
    offset: int


class UnbalancedError(Exception):
    """The block reaches into the next one: it must be read again, warily."""


_SPACE = when_needed(r"(?:\s+|%[^\n]*)*")
_KEY = when_needed(r"[^,{}\"\n]*")
_KEY_THEN_NAME = when_needed(r"(\S+)\s+[A-Za-z][\w:.+-]*[\s=]*")
_NAME = when_needed(r"[^\s,={}()\"#%@\\]+")
_FIELD_AHEAD = when_needed(r"[A-Za-z][\w:.+/-]*\s*=")
_BARE = {"}": when_needed(r"[^,{}\"#\n%]*"), ")": when_needed(r"[^,{}\"#\n%)]*")}
_NO_QUOTE_OR_BRACE = when_needed(r"[^\"{}]*")
_FIELD_LINE = when_needed(
    r"(?:^|,)[ \t]*[A-Za-z][\w:.+-]*[ \t]*=[ \t]*[{\"]|^[ \t]*[A-Za-z][\w:.+-]*[ \t]*=[ \t]*\w+[ \t]*(?:[,}#]|$)",
    re.MULTILINE,
)
"""Where the next field begins, as people lay out their files, inside a value that has no end."""
_FIELD_HEAD = when_needed(r"[,\n]\s*[A-Za-z][\w:.+-]*[ \t]*=[ \t]*")
_MORE_FIELDS = when_needed(r"(?=\s*[,\n])[\s,]*[A-Za-z][\w:.+-]*\s*=\s*[{\"\w]")
_JUNK_END = {
    "}": when_needed(r"[{}]|(?:^[ \t]*|,\s*)(?=[A-Za-z][\w:.+-]*[ \t]*=)", re.MULTILINE),
    ")": when_needed(r"[{}]|\)[ \t]*$|(?:^[ \t]*|,\s*)(?=[A-Za-z][\w:.+-]*[ \t]*=)", re.MULTILINE),
}

_LONGEST_MACRO = 2_000
"""Characters. Macros made of macros made of macros would grow without bound."""

_LONGEST_QUOTE = 1_000
"""Characters looked at for the true end of a value with quotes inside."""


class Macros:
    """The abbreviations known so far in one file, and how much more text they may still make."""

    def __init__(self, size: int) -> None:
        self.known = dict(MACROS)
        self.missed: set[str] = set()
        self.budget = 1_000_000 + 10 * size

    def define(self, fields: Iterable[RawField]) -> None:
        for one in fields:
            self.known[one.name] = one.value[:_LONGEST_MACRO]

    def expand(self, name: str) -> str | None:
        text = self.known.get(name.lower())
        if text is None or len(text) > self.budget:
            return None
        self.budget -= len(text)
        return text


class Block:
    """The state of reading one block between ``start`` and ``limit``."""

    def __init__(
        self,
        source: SourceText,
        pairs: Mapping[int, int],
        macros: Macros,
        next_entry: Callable[[int], int],
        *,
        start: int,
        limit: int,
        close: str,
        wary: bool,
    ) -> None:
        self.source = source
        self.text = source.text
        self.pairs = pairs
        self.macros = macros
        self.next_entry = next_entry
        self.start = start
        self.limit = limit
        self.close = close
        self.wary = wary
        self.faults: list[Diagnostic] = []

    # The key

    def key(self, at: int) -> tuple[str, int]:
        """The citation key, "" where there is none, and the place after it."""
        at = self._skip(at)
        end = self._end(_KEY, at)
        written = self.text[at:end].rstrip()
        if "=" not in written and self._char(end) == ",":
            return written, end + 1
        if self.close == ")" and written.endswith(")"):
            return written[:-1].rstrip(), at + len(written) - 1
        if _FIELD_AHEAD.match(written) or (not written and self._char(end) != self.close):
            self._report("odd-syntax", self.start, at, "expected a key after the entry's type, found none")
            return "", at
        followed = _KEY_THEN_NAME.fullmatch(written)
        if followed and self._char(end) in '{"':
            written = followed[1]
            end = at + len(written)
        if self._char(self._skip(end)) not in (",", self.close, ""):
            self._report("odd-syntax", at, end, f"expected a comma after the key {quoted(written)}")
        return written, end

    # The fields

    def fields(self, at: int) -> tuple[list[RawField], int]:
        """All fields from ``at`` on, and the place after the block."""
        found: list[RawField] = []
        while True:
            at = self._skip_commas(at)
            if at >= self.limit:
                return found, self._without_end()
            char = self.text[at]
            if char in (self.close, "}"):
                if not _MORE_FIELDS.match(self.text, at + 1, self.limit):
                    return found, at + 1
                self._report("broken-entry", at, at + 1, f"found a {char} before the end of the entry")
                at += 1
                continue
            end = self._end(_NAME, at)
            equals = self._skip(end)
            if end > at and self._char(equals) == "=":
                value, after = self._value(equals + 1, self.text[at:end])
                found.append(RawField(self.text[at:end].lower(), value, at))
                at = after
            else:
                at = self._recover(at)

    def _without_end(self) -> int:
        self._need_wariness()
        self._report("broken-entry", self.start, None, f"expected {self.close} at the end of this entry, found none")
        return self.limit

    def _recover(self, at: int) -> int:
        """Report what cannot be read at ``at``, and give the place of the next field or of the block's end."""
        if self.text[at] == "@":
            self._need_wariness()
        end = min(self.limit, self.next_entry(at + 1))
        pattern = _JUNK_END[self.close]
        found = pattern.search(self.text, at, end)
        while found and found[0] == "{":
            found = pattern.search(self.text, self._after_brace(found.start(), end), end)
        if found is None:
            self._need_wariness()
        stop = found.start() if found else end
        piece = quoted(self.text[at : min(stop, at + 100)].strip())
        self._report("broken-entry", at, stop, f"expected a field such as  title = {{…}},  found {piece}")
        return stop

    # Values

    def _value(self, at: int, name: str) -> tuple[str, int]:
        parts: list[str] = []
        while True:
            part, at = self._part(self._skip(at), name)
            parts.append(part)
            after = self._skip(at)
            if self._char(after) != "#":
                break
            at = after + 1
        if self._char(after) not in (",", self.close, "}") and _FIELD_AHEAD.match(self.text, after, self.limit):
            self._report("odd-syntax", at - 1, at, f"expected a comma after the value of {name}")
        return "".join(parts), at

    def _part(self, at: int, name: str) -> tuple[str, int]:
        char = self._char(at)
        if char == "{":
            return self._braced(at, name)
        if char == '"':
            return self._quoted(at, name)
        end = self._end(_BARE[self.close], at)
        word = self.text[at:end].rstrip()
        if not word:
            self._report("odd-syntax", at, at + 1, f"expected a value for {name}, found none")
        return self._expanded(word, at), end

    def _expanded(self, word: str, at: int) -> str:
        if not word or word[0].isdigit():
            return word
        text = self.macros.expand(word)
        if text is not None:
            return text
        end = at + len(word)
        if " " in word or not word[0].isalpha() or word.lower() in self.macros.known:
            self._report("odd-syntax", at, end, f"expected braces around {quoted(word)}")
            return word
        if word in self.macros.missed:
            return word
        self.macros.missed.add(word)
        meant = closest(word, self.macros.known) if len(word) < 40 else ""
        advice = (
            f"did you mean {meant}?" if meant else f"define it with @string, or put braces around it: {{{word[:40]}}}"
        )
        self._report("undefined-macro", at, end, f"the macro {quoted(word)} is not defined", advice)
        return word

    def _braced(self, at: int, name: str) -> tuple[str, int]:
        close = self.pairs.get(at, self.limit)
        if close >= self.limit:
            self._need_wariness()
        cut = _FIELD_LINE.search(self.text, at + 1, min(close, self.limit)) if self.wary else None
        if cut or close >= self.limit:
            return self._cut_value(at, cut.start() if cut else self.limit, name, "}")
        return self.text[at + 1 : close], close + 1

    def _quoted(self, at: int, name: str) -> tuple[str, int]:
        end = self._end(_NO_QUOTE_OR_BRACE, at + 1)
        while self._char(end) == "{":
            end = self._end(_NO_QUOTE_OR_BRACE, self._after_brace(end, self.limit))
        if self._char(end) != '"':
            self._need_wariness()
            cut = _FIELD_LINE.search(self.text, at + 1, end)
            return self._cut_value(at, cut.start() if cut else end, name, '"')
        # A quote that opens the next field's value has closed this one: title = "…, ⏎ author = "
        last = max(self.text.rfind(",", at, end), self.text.rfind("\n", at, end))
        if last > 0 and _FIELD_HEAD.fullmatch(self.text, last, end):
            return self._cut_value(at, last, name, '"')
        return self._with_inner_quotes(at, end, name)

    def _with_inner_quotes(self, at: int, end: int, name: str) -> tuple[str, int]:
        """The quoted value from ``at`` to the quote at ``end``, or further when that one stands inside of it."""
        after = self._skip(end + 1)
        if self._char(after) in (",", "#", "}", self.close, "") or _FIELD_AHEAD.match(self.text, after, self.limit):
            return self.text[at + 1 : end], end + 1
        bound = min(self.limit, self.next_entry(end), end + _LONGEST_QUOTE)
        cut = _FIELD_LINE.search(self.text, end, bound)
        last = self.text.rfind('"', end + 1, cut.start() if cut else self._end_of_line(end, bound))
        if last < 0:
            return self.text[at + 1 : end], end + 1
        advice = 'put braces around it: {"}'
        self._report("odd-syntax", end, end + 1, f"found a quote inside the quoted value of {name}", advice)
        return self.text[at + 1 : last], last + 1

    def _cut_value(self, at: int, end: int, name: str, expected: str) -> tuple[str, int]:
        """The value that opens at ``at`` and has no end of its own, cut at ``end``."""
        self._report("broken-entry", at, at + 1, f"expected {expected} at the end of {name}, found none")
        return self.text[at + 1 : end].rstrip(', \t\n"'), end

    # Steps

    def _char(self, at: int) -> str:
        return self.text[at] if at < self.limit else ""

    def _end(self, pattern: re.Pattern[str], at: int) -> int:
        """The end of what ``pattern``, which may match nothing, matches at ``at``."""
        match = pattern.match(self.text, at, self.limit)
        return match.end() if match else at

    def _end_of_line(self, at: int, bound: int) -> int:
        end = self.text.find("\n", at, bound)
        return bound if end < 0 else end

    def _skip(self, at: int) -> int:
        """Past white space and comments."""
        return self._end(_SPACE, at)

    def _skip_commas(self, at: int) -> int:
        at = self._skip(at)
        first = True
        while self._char(at) == ",":
            if not first:
                self._report("odd-syntax", at, at + 1, "found a second comma")
            first = False
            at = self._skip(at + 1)
        return at

    def _after_brace(self, at: int, end: int) -> int:
        """Past the braces that open at ``at``, or past the one brace when they do not close before ``end``."""
        close = self.pairs.get(at, end)
        return close + 1 if close < end else at + 1

    def _need_wariness(self) -> None:
        if not self.wary:
            raise UnbalancedError

    def _report(self, code: str, start: int, end: int | None, message: str, advice: str = "") -> None:
        span = self.source.span(start, end)
        last = self.faults[-1] if self.faults else None
        same_line = last is not None and last.span is not None and last.span.line == span.line
        if last and same_line and (last.code == "broken-entry" or last.message == message):
            return  # What follows a fault on its line follows from it.
        self.faults.append(Diagnostic(code, message, span, advice))
