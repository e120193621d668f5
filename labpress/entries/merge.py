"""Bringing a source's change into an entry that a person may have edited. The person's text always wins.

For each field there are three values: the base (what this source said when it was last imported), the source's now,
and the file's. Where only the source changed, its value is taken; where only the person changed, theirs stays; where
both did, the person's stays and the conflict is reported. The body is merged by lines. A source that says something
of an entry for the first time has no base: it fills in what is missing or empty.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from labpress.core.diagnostics import Diagnostic, Span, quoted
from labpress.core.patterns import when_needed
from labpress.core.text import composed
from labpress.entries.edit_text import EntryText, entry_text, on_one_line, plain, with_body, with_value, without_key
from labpress.entries.entry import split_abstract
from labpress.entries.from_record import Draft
from labpress.entries.merge_lines import merge_lines
from labpress.entries.writing import BLOCK_START

ABSENT = None
_BLOCKS = (when_needed(r"\n[ \t]*\n"), when_needed(rf"^(?:\t|{BLOCK_START.pattern})", re.MULTILINE))
"""By what blocks are told from the lines of one paragraph: what parts them, and how others begin."""


class Merged(NamedTuple):
    """The file's new text, and what became of the source's changes."""

    text: str
    taken: tuple[str, ...] | None
    """Fields that follow the source, ``abstract`` for the body. None: the text cannot be edited as it is."""
    edited: bool
    """Whether the file says something else than the source said last: somebody edited it."""
    conflicts: tuple[Diagnostic, ...]


def merge(text: str, path: str, base: Draft | None, theirs: Draft, *, insist: frozenset[str] = frozenset()) -> Merged:
    """Merge ``theirs`` into the entry ``text``.

    For the fields in ``insist`` the source wins on purpose, as far as it says something of them.
    """
    entry = entry_text(text)
    if entry is None:
        message = (
            "expected front matter that can be edited, with each key once; the source's changes were not brought in"
        )
        fault = Diagnostic("import-conflict", message, Span(path, 1), "mend the front matter and import again")
        changed = base is None or base != theirs
        return Merged(text, None, True, (fault,)) if changed else Merged(text, (), True, ())
    entry, taken, conflicts = _merge_values(entry, path, base, theirs, insist)
    edited = base is not None and _differs(entry_text(text), base)
    entry, body_taken, body_conflicts = _merge_body(entry, path, base, theirs, insist)
    return Merged(entry.text, (*taken, *body_taken), edited, (*conflicts, *body_conflicts))


def _merge_values(
    entry: EntryText, path: str, base: Draft | None, theirs: Draft, insist: frozenset[str]
) -> tuple[EntryText, list[str], list[Diagnostic]]:
    taken: list[str] = []
    conflicts: list[Diagnostic] = []
    known = base.values if base else {}
    for key in dict.fromkeys((*theirs.values, *known)):
        wanted, before = plain_or_absent(theirs.values.get(key)), plain_or_absent(known.get(key))
        span = entry.keys.get(key)
        mine = plain(span.node) if span else ABSENT
        insisted = key in insist and wanted is not ABSENT
        if _same(wanted, mine) or (_same(wanted, before) and not insisted):
            continue
        is_free = base is None and mine in ("", [], {})  # A form to be filled in: there was nothing to take out.
        if not (_same(mine, before) or insisted or is_free):
            if base is not None:
                conflicts.append(_conflict(entry, path, key, mine, wanted))
            continue
        changed = without_key(entry, key) if wanted is ABSENT else with_value(entry, key, theirs.values[key])
        if changed is not None and _only_changed(entry, changed, key, wanted):
            entry = changed
            taken.append(key)
        else:
            conflicts.append(_conflict(entry, path, key, mine, wanted))
    return entry, taken, conflicts


def _merge_body(
    entry: EntryText, path: str, base: Draft | None, theirs: Draft, insist: frozenset[str]
) -> tuple[EntryText, list[str], list[Diagnostic]]:
    mine = entry.body.replace("\r\n", "\n").strip("\n")
    wanted = composed(theirs.body.strip("\n"))
    before = composed(base.body.strip("\n")) if base else ""
    end = split_abstract(mine)
    conflict_lines: tuple[int, ...] = ()
    if wanted and ("abstract" in insist or not (mine[:end].strip() or before)):
        merged = _with_abstract(mine, end, wanted)
    elif base is None and mine:
        return entry, [], []
    else:
        if any(split_abstract(said) < len(said) for said in (before, wanted)):
            end = len(mine)  # The sections may be the source's.
        abstract = mine[:end].rstrip("\n")
        text, conflict_lines = merge_lines(before, before if _read_alike(abstract, before) else abstract, wanted)
        merged = mine if text in (before, abstract) else _with_abstract(mine, end, text)
    conflicts = []
    if conflict_lines:
        line = entry.text.count("\n", 0, entry.parts.body_start) + 1
        message = "the source and the entry both changed the same lines of the abstract; the entry's stay"
        advice = "take the source's with  --theirs abstract  if you want it"
        conflicts.append(Diagnostic("import-conflict", message, Span(path, line), advice))
    changed = with_body(entry, merged) if merged != mine else entry
    if changed is None or changed.keys.keys() != entry.keys.keys():
        return entry, [], conflicts
    return changed, ["abstract"] if merged != mine else [], conflicts


def _with_abstract(body: str, end: int, abstract: str) -> str:
    """``body`` with another abstract up to ``end``; what a person wrote below stays as far below."""
    gap = body[len(body[:end].rstrip("\n")) : end] or "\n\n"
    return f"{abstract}{gap}{body[end:]}".strip("\n")


def _read_alike(one: str, other: str) -> bool:
    """Whether two texts differ at most in where the lines of a paragraph end, and in how accents are encoded."""
    words, other_words = (on_one_line(text.replace("  \n", " \\\n")) for text in (one, other))
    return words == other_words and all(len(sign.findall(one)) == len(sign.findall(other)) for sign in _BLOCKS)


def plain_or_absent(value: object) -> object:
    """The comparable form of a value; None when the field is not there."""
    return ABSENT if value is None else plain(value)


def _same(one: object, other: object) -> bool:
    """Whether two comparable values say the same; a list of one is its item."""
    return one in (other, [other]) or [one] == other


def _differs(entry: EntryText | None, base: Draft) -> bool:
    if entry is None:
        return True
    mine = {key: plain(span.node) for key, span in entry.keys.items()}
    said = {key: plain(value) for key, value in base.values.items()}
    return mine != said or composed(entry.body.replace("\r\n", "\n").strip("\n")) != composed(base.body.strip("\n"))


def _only_changed(old: EntryText, new: EntryText, key: str, wanted: object) -> bool:
    """Look at the result before trusting it: every other key reads as before, and this one as wanted."""
    before = {name: plain(span.node) for name, span in old.keys.items() if name != key}
    after = {name: plain(span.node) for name, span in new.keys.items() if name != key}
    now = plain(new.keys[key].node) if key in new.keys else ABSENT
    return before == after and _same(now, wanted) and new.body == old.body


def _conflict(entry: EntryText, path: str, key: str, mine: object, wanted: object) -> Diagnostic:
    span = entry.keys.get(key)
    line = span.line if span else 1
    message = (
        f"the source and the entry both changed {key}: the entry keeps {shown_value(mine)},"
        f" the source says {shown_value(wanted)}"
    )
    return Diagnostic(
        "import-conflict", message, Span(path, line), f"take the source's with  --theirs {key}  if you want it"
    )


def shown_value(value: object) -> str:
    """A value of the front matter as a message shows it."""
    if value is ABSENT:
        return "nothing"
    if isinstance(value, list):
        return quoted(", ".join(str(item.get("name", item)) if isinstance(item, dict) else str(item) for item in value))
    if isinstance(value, dict):
        return quoted(", ".join(f"{key}: {item}" for key, item in value.items()))
    return quoted(str(value))
