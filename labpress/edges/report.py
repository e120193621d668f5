"""Diagnostics for people and for programs: the terminal, JSON Lines, GitHub annotations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from labpress.core.diagnostics import Diagnostic, Span

COLOURS = {"error": "31", "warning": "33", "note": "36"}


def as_text(diagnostic: Diagnostic, *, colour: bool = False) -> str:
    """One diagnostic as a compiler would print it: place, message, the line itself, what to do."""
    severity = diagnostic.severity
    label = f"{severity}[{diagnostic.code}]"
    if colour:
        label = f"\x1b[1;{COLOURS[severity]}m{label}\x1b[0m"
    place = f"{place_of(diagnostic.span)}: " if diagnostic.span else ""
    lines = [f"{place}{label}: {diagnostic.message}", *excerpt(diagnostic.span)]
    if diagnostic.help:
        lines.append(f"  help: {diagnostic.help}")
    for note in diagnostic.notes:
        where = f"{place_of(note.span)}: " if note.span else ""
        lines += [f"  note: {where}{note.message}", *excerpt(note.span)]
    return "\n".join(lines)


def place_of(span: Span) -> str:
    """``papers/x.md:4:7``, as editors and GitHub read it."""
    parts = [span.path, *(str(number) for number in (span.line, span.column) if number)]
    return printable(":".join(parts))


def excerpt(span: Span | None) -> Iterator[str]:
    """The source line with the place underlined; a long line is cut around it."""
    if span is None or not span.excerpt.strip():
        return
    line, column = span.excerpt, max(span.column, 1)
    before, after = 60, 100
    start = max(0, column - 1 - before) if len(line) > before + after else 0
    shown = line[start : start + before + after].rstrip()
    number = str(span.line)
    lead = "…" if start else ""
    yield f"  {number} | {lead}{printable(shown)}"
    if span.column:
        length = max(1, min(span.length, len(shown) - (column - 1 - start)))
        yield f"  {' ' * len(number)} | {' ' * (len(lead) + column - 1 - start)}{'^' * length}"


def printable(text: str) -> str:
    """``text`` without anything that a terminal would obey."""
    return "".join(char if char.isprintable() else " " if char == "\t" else f"\\u{ord(char):04x}" for char in text)


def as_json(diagnostic: Diagnostic) -> str:
    """One diagnostic as one JSON object on one line."""
    import json  # Not for a build whose faults a person reads.

    span = diagnostic.span
    facts = {
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "path": span.path if span else None,
        "line": span.line or None if span else None,
        "column": span.column or None if span else None,
        "help": diagnostic.help or None,
        "notes": [
            {"message": note.message, "place": place_of(note.span) if note.span else None} for note in diagnostic.notes
        ],
    }
    return json.dumps(facts, ensure_ascii=False)


def as_github(diagnostic: Diagnostic) -> str:
    """One diagnostic as a workflow command, which GitHub shows beside the line it is about."""
    severity = {"note": "notice"}.get(diagnostic.severity, diagnostic.severity)
    span = diagnostic.span
    properties = []
    if span:
        properties.append(f"file={_property(span.path)}")
        properties += [f"{name}={number}" for name, number in (("line", span.line), ("col", span.column)) if number]
    properties.append(f"title={_property(diagnostic.code)}")
    message = diagnostic.message + (f"\n{diagnostic.help}" if diagnostic.help else "")
    return f"::{severity} {','.join(properties)}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """By file and line, each once; those without a place come last."""
    unique = list(dict.fromkeys(diagnostics))
    return sorted(
        unique,
        key=lambda one: (one.span is None, (one.span.path, one.span.line, one.span.column) if one.span else ("", 0, 0)),
    )


def tally(diagnostics: Iterable[Diagnostic]) -> str:
    """``2 errors, 1 warning``; "" when there is nothing to count."""
    counts = {"error": 0, "warning": 0}
    for one in diagnostics:
        if one.severity in counts:
            counts[one.severity] += 1
    return ", ".join(f"{count} {name}{'' if count == 1 else 's'}" for name, count in counts.items() if count)
