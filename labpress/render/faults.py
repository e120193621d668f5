"""What goes wrong in a template, as one diagnostic at its place in the template's file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import NamedTuple

from jinja2 import TemplateNotFound, TemplatesNotFound, TemplateSyntaxError
from jinja2.filters import FILTERS as JINJA_FILTERS
from jinja2.tests import TESTS as JINJA_TESTS
from jinja2.utils import missing
from msgspec import Struct

from labpress.core.diagnostics import Diagnostic, Note, SourceText, Span, quoted
from labpress.core.text import closest
from labpress.render.compiling import TOO_DEEP
from labpress.render.environment import UndefinedNameError
from labpress.render.filters import FILTERS
from labpress.render.theme import Theme

_TAGS = ("block", "call", "elif", "else", "extends", "filter", "for", "from", "if", "import", "include", "macro", "set")
"""What Jinja knows, and a misspelt tag may have been meant to be."""


def explain(error: Exception, theme: Theme, template: str, page: str, fields: Iterable[str]) -> Diagnostic:
    """Say where in which template ``error`` was raised while ``page`` was rendered from a view with ``fields``."""
    if isinstance(error, TemplateSyntaxError):
        return _syntax(error, theme, template, page)
    place = (_place_of_return if isinstance(error, RecursionError) else _place)(error, template)
    notes = (Note(f"while rendering {page}"),)
    if isinstance(error, TemplateNotFound):
        return _not_found(error, theme, place, notes)
    if isinstance(error, UndefinedNameError):
        return _undefined(error, theme, place, fields, notes)
    span = _span(theme, place)
    if isinstance(error, RecursionError):
        message = "expected templates that come to an end, found one that includes itself again and again"
        return Diagnostic(
            "endless-template", message, span, "take out the include, or the call, that goes round", notes
        )
    if isinstance(error, OverflowError):
        return Diagnostic("endless-template", f"expected a template that comes to an end: {error}", span, "", notes)
    message = f"expected a template that can be carried out, found {type(error).__name__}: {_one_line(error)}"
    return Diagnostic("template-failed", message, span, "", notes)


class _Place(NamedTuple):
    template: str
    line: int
    """0: unknown."""


def _place(error: BaseException, template: str) -> _Place:
    """The innermost template, and its line, that was at work when ``error`` was raised."""
    return [_Place(template, 0), *_places(error, template)][-1]


def _place_of_return(error: BaseException, template: str) -> _Place:
    """Where an endless inclusion comes round for the first time: where it ends depends on how deep the stack is."""
    seen: set[_Place] = set()
    for place in _places(error, template):
        if place in seen:
            return place
        seen.add(place)
    return _place(error, template)


def _places(error: BaseException, template: str) -> Iterator[_Place]:
    """The lines of templates at work when ``error`` was raised, from the outermost one."""
    step: TracebackType | None = error.__traceback__
    steps = 0
    while step is not None and steps < 5000:  # An endless inclusion has thousands of equal steps.
        at_work = step.tb_frame.f_globals.get("__jinja_template__")
        if at_work is not None:
            yield _Place(at_work.name or template, at_work.get_corresponding_lineno(step.tb_lineno))
        step = step.tb_next
        steps += 1


def _span(theme: Theme, place: _Place, word: str = "") -> Span:
    """A line of a template; with ``word``, where on that line it stands, if it does so once."""
    name, line = place
    template = theme.templates.get(name)
    if template is None:
        return Span(name)
    source = SourceText(template.path, template.text)
    if not line:
        return Span(template.path)
    found = list(re.finditer(rf"\b{re.escape(word)}\b", source.line(line))) if word else []
    if len(found) != 1:
        return source.line_span(line)
    start = source.starts[line - 1]
    return source.span(start + found[0].start(), start + found[0].end())


def _syntax(error: TemplateSyntaxError, theme: Theme, template: str, page: str) -> Diagnostic:
    name = error.name or template
    message = _one_line(error.message or "a fault").rstrip(".")
    message = f"expected Jinja: {message[:1].lower()}{message[1:]}"
    word = re.search(r"(?:unknown tag|no (?:filter|test) named|unexpected|got) '([^']+)'", message)
    span = _span(theme, _Place(name, error.lineno), word.group(1) if word else "")
    return Diagnostic("template-syntax", message, span, _syntax_advice(message), (Note(f"needed for {page}"),))


def _syntax_advice(message: str) -> str:
    if "endblock" in message or "endfor" in message or "endif" in message:
        return "close every {% block %}, {% for %} and {% if %} in the order they were opened"
    if TOO_DEEP in message:
        return "move what is inside to a template of its own, and include it"
    unknown = re.search(r"no (filter|test) named '(\w+)'", message)
    if unknown:
        known = ({*JINJA_FILTERS, *FILTERS} - {"random"}) if unknown.group(1) == "filter" else set(JINJA_TESTS)
        meant = closest(unknown.group(2), known)
        return f"did you mean {meant}?" if meant else ""
    tag = re.search(r"unknown tag '(\w+)'", message)
    meant = closest(tag.group(1), _TAGS) if tag else ""
    return (
        f"did you mean {meant}?"
        if meant
        else "write {{ … }} for a value and {% … %} for a tag, each closed as it began"
    )


def _not_found(error: TemplateNotFound, theme: Theme, place: _Place, notes: tuple[Note, ...]) -> Diagnostic:
    wanted = error.templates[0] if isinstance(error, TemplatesNotFound) and error.templates else error.name
    wanted = str(wanted)
    meant = closest(wanted, [one for one in theme.templates if "@" not in one])
    advice = f"did you mean {meant}?" if meant else "put the file into templates/"
    span = _span(theme, place, wanted) if place.line else None
    return Diagnostic("missing-template", f"expected the template {quoted(wanted)}, found none", span, advice, notes)


def _undefined(
    error: UndefinedNameError, theme: Theme, place: _Place, fields: Iterable[str], notes: tuple[Note, ...]
) -> Diagnostic:
    span = _span(theme, place, error.name)
    if error.owner is missing or not error.name:
        known = [*fields, "card", "range"]
        meant = closest(error.name, known)
        message = f"expected a name that the page knows, found {quoted(error.name)}"
        return Diagnostic("undefined-name", message, span, _proposal(meant, known), notes)
    owner = error.owner
    known = list(owner.__struct_fields__) if isinstance(owner, Struct) else _keys(owner)
    what = type(owner).__name__ if isinstance(owner, Struct) else f"a {type(owner).__name__}"
    message = f"expected a field of {what}, found {quoted(str(error.name))}"
    return Diagnostic("undefined-name", message, span, _proposal(closest(str(error.name), known), known), notes)


def _keys(owner: object) -> list[str]:
    return [str(key) for key in owner] if isinstance(owner, dict) else []


def _proposal(meant: str, known: list[str]) -> str:
    if meant:
        return f"did you mean {meant}?"
    return f"there are: {', '.join(known)}" if known else ""


def _one_line(error: object) -> str:
    return " ".join(str(error).split())[:200] or "no message"
