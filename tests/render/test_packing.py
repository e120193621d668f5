"""The built-in templates as the module that a wheel carries: what they give, and where their faults are."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import ModuleType

import jinja2
import pytest
from fixture_views import everything, person
from rendering import layer, render, theme

from labpress.render import compiling
from labpress.render.compiling import PACKED
from labpress.render.environment import Renderer
from labpress.render.faults import explain
from labpress.render.filters import FILTERS
from labpress.render.packing import packed
from labpress.render.theme import Layer, Theme, find_theme

PAGES = everything()


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    """Whether there is such a module is asked once in a process."""
    compiling._packed_templates.cache_clear()
    yield
    compiling._packed_templates.cache_clear()


def pack(monkeypatch: pytest.MonkeyPatch, *layers: Layer, jinja: str = jinja2.__version__) -> None:
    """Have the module that a wheel with these layers has."""
    module = ModuleType(PACKED)
    exec(compile(packed(layers), "packed_templates.py", "exec"), module.__dict__)
    module.JINJA = jinja
    monkeypatch.setitem(sys.modules, PACKED, module)
    compiling._packed_templates.cache_clear()


def renderer(of: Theme | None = None) -> Renderer:
    return Renderer(of or theme(), FILTERS)


@pytest.mark.parametrize("page", PAGES)
def test_a_packed_template_gives_what_a_compiled_one_gives(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    template, view = PAGES[page]
    expected = render(template, view)
    pack(monkeypatch, layer())
    fresh = renderer()

    assert fresh.text(template, view) == expected
    assert fresh.closure(template).names
    assert not fresh.compiled.grown


def changed(name: str, text: str) -> Layer:
    given = layer()
    return Layer(given.root, given.builtin, given.templates | {name: text.encode()}, given.themes)


def test_a_template_that_is_not_the_packed_one_is_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    pack(monkeypatch, layer())
    fresh = renderer(find_theme((changed("404.html", "mine"),), "journal").value)

    assert fresh.text("404.html", PAGES["404"][1]) == "mine"
    assert fresh.compiled.grown


def test_what_another_jinja_has_compiled_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    pack(monkeypatch, changed("404.html", "theirs"), jinja="3.1.0")
    fresh = renderer(find_theme((changed("404.html", "theirs"),), "journal").value)

    assert fresh.text("404.html", PAGES["404"][1]) == "theirs"
    assert fresh.compiled.grown


def test_templates_that_lie_beside_the_sources_are_not_packed() -> None:
    own = Layer("..", builtin=False, templates={"404.html": b"own", "own.html": b"own"}, themes={"own": {}})

    assert packed((own, layer())) == packed((layer(),))


def test_a_checkout_has_no_packed_templates() -> None:
    fresh = renderer()
    fresh.text("404.html", PAGES["404"][1])

    assert fresh.compiled.grown


def test_a_fault_of_a_packed_template_is_on_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    faulty = changed(
        "terms-inline.html", "<ul>\n{% for term in terms %}\n<li>\n{{ term.label / 2 }}\n{% endfor %}\n</ul>"
    )
    pack(monkeypatch, faulty)
    found = find_theme((faulty,), "journal").value
    fresh, view = renderer(found), person()
    with pytest.raises(TypeError) as caught:
        fresh.text("author.html", view)
    fault = explain(caught.value, found, "author.html", "authors/a/", view.__struct_fields__)

    assert not fresh.compiled.grown
    assert fault.span is not None
    assert (fault.span.path, fault.span.line) == (found.templates["terms-inline.html"].path, 4)
