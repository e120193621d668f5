"""Diagnostics as the preview's overlay shows them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

from labpress.core.diagnostics import Diagnostic, Span
from labpress.edges.report import excerpt, in_order, place_of
from labpress.entries.editors import editor_link

SHOWN = 200
"""Faults that are shown one by one."""


def fault_list(diagnostics: Iterable[Diagnostic], editor: str) -> dict[str, Any]:
    """All errors and warnings as JSON-able data, in the order of their places."""
    faults = [one for one in in_order(diagnostics) if one.severity != "note"]
    errors = sum(one.is_error for one in faults)
    shown = sorted(faults, key=lambda one: not one.is_error)[:SHOWN]
    return {
        "kind": "faults",
        "errors": errors,
        "warnings": len(faults) - errors,
        "faults": [_fault(one, editor) for one in shown],
    }


def _fault(fault: Diagnostic, editor: str) -> dict[str, Any]:
    return {
        "severity": fault.severity,
        "code": fault.code,
        "message": fault.message,
        "help": fault.help,
        **_place(fault.span, editor),
        "notes": [{"message": note.message, **_place(note.span, editor)} for note in fault.notes],
    }


def _place(span: Span | None, editor: str) -> dict[str, Any]:
    if span is None:
        return {}
    link = editor_link(editor, os.path.abspath(span.path), span.line, span.column)  # noqa: PTH100  Links stay as they are.
    return {"place": place_of(span), "link": link, "excerpt": "\n".join(excerpt(span))}
