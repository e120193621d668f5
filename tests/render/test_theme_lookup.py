"""Which file answers to a name, what a template depends on, and what templates cannot do."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import TemplateSyntaxError
from markupsafe import Markup, escape
from msgspec import Struct

from labpress.core.files import digest
from labpress.markup.html import Html
from labpress.render.compiling import escaped
from labpress.render.dress import dress
from labpress.render.environment import Renderer, UndefinedNameError
from labpress.render.faults import explain
from labpress.render.theme import Layer, find_theme, theme_names
from labpress.render.theme_file import Option, read_option
from tests.patience import within


def layer(root: str, files: dict[str, str], *, builtin: bool = False) -> Layer:
    """``templates/...`` and ``themes/NAME/...`` of one place."""
    templates = {
        path.removeprefix("templates/"): text.encode() for path, text in files.items() if path[:10] == "templates/"
    }
    themes: dict[str, dict[str, bytes]] = {}
    for path, text in files.items():
        if path.startswith("themes/"):
            name, _, rest = path.removeprefix("themes/").partition("/")
            themes.setdefault(name, {})[rest] = text.encode()
    return Layer(root, builtin, templates, themes)


BUILTIN = layer("builtin", {
    "templates/a.html": "built-in a",
    "templates/b.html": "built-in b",
    "templates/c.html": "built-in c",
    "templates/d.html": "built-in d",
    "themes/journal/theme.yml": "name: Journal\nstylesheets: [j.css]\noptions: {accent: {type: colour, default: red}}\n",
    "themes/journal/templates/b.html": "journal b, then {% include 'parent:b.html' %}",
    "themes/journal/templates/c.html": "journal c",
    "themes/journal/assets/j.css": "p { background: url(icon.svg) }",
    "themes/journal/assets/icon.svg": "<svg/>",
    "themes/child/theme.yml": "name: Child\nparent: journal\noptions: {size: {type: length, default: 1rem}}\n",
    "themes/child/templates/c.html": "child c, then {% include 'parent:c.html' %}",
    "themes/child/assets/icon.svg": "<svg id='c'/>",
}, builtin=True)  # fmt: skip

OWN = layer("site_src", {
    "templates/d.html": "own d, then {% include 'parent:d.html' %}",
    "themes/journal/templates/c.html": "own journal c",
})  # fmt: skip


class Nothing(Struct, frozen=True):
    title: str = "T"


NOTHING = Nothing()


def text(name: str, *layers: Layer, theme: str = "journal", view: Struct = NOTHING) -> str:
    found = find_theme(layers, theme)
    assert found.diagnostics == ()
    return Renderer(found.value, {}).text(name, view)


@pytest.mark.parametrize(
    ("theme", "name", "layers", "expected"),
    [
        ("journal", "a.html", (BUILTIN,), "built-in a"),
        ("journal", "b.html", (BUILTIN,), "journal b, then built-in b"),
        ("child", "b.html", (BUILTIN,), "journal b, then built-in b"),
        ("child", "c.html", (BUILTIN,), "child c, then journal c"),
        ("journal", "c.html", (OWN, BUILTIN), "own journal c"),
        ("child", "c.html", (OWN, BUILTIN), "child c, then own journal c"),
        ("journal", "d.html", (OWN, BUILTIN), "own d, then built-in d"),
    ],
)
def test_names_are_looked_up_in_the_site_then_the_theme_then_its_parents(theme, name, layers, expected):
    assert text(name, *layers, theme=theme) == expected


def test_all_themes_are_known_wherever_they_are():
    assert theme_names((OWN, BUILTIN)) == ("child", "journal")


def faults(theme: str, *layers: Layer) -> list[str]:
    return [f"{fault.code}: {fault.help}" for fault in find_theme(layers, theme).diagnostics]


def test_an_unknown_theme_is_reported_and_the_default_one_taken():
    assert faults("jurnal", BUILTIN) == ["unknown-theme: did you mean journal?"]
    assert find_theme((BUILTIN,), "jurnal").value.name == "journal"


def test_themes_that_are_each_others_parents_are_reported():
    loop = layer("x", {"themes/one/theme.yml": "parent: two\n", "themes/two/theme.yml": "parent: one\n"})

    assert [fault.partition(":")[0] for fault in faults("one", loop, BUILTIN)] == ["theme-loop"]


def test_a_fault_in_theme_yml_has_its_line():
    broken = layer("x", {"themes/one/theme.yml": "name: One\nstylesheet: [a.css]\n"})

    (fault,) = find_theme((broken, BUILTIN), "one").diagnostics
    assert (fault.code, fault.span.path, fault.span.line) == ("misspelt-key", "x/themes/one/theme.yml", 2)


# Assets and options


def dressed(theme: str = "journal", options: dict[str, str] | None = None, layers=(BUILTIN,)):
    return dress(find_theme(layers, theme).value, options or {})


@pytest.mark.parametrize(
    ("kind", "said", "meant"),
    [
        ("colour", "#8A1", "#8A1"),
        ("colour", "crimson", "crimson"),
        ("colour", "RebeccaPurple", "RebeccaPurple"),
        ("colour", "oklch(60% 0.2 20)", "oklch(60% 0.2 20)"),
        ("colour", "crimsn", None),
        ("colour", "#12345", None),
        ("colour", "#1234567", None),
        ("colour", "red; }", None),
        ("font", "Georgia, serif", "Georgia, serif"),
        ("font", "Source Serif 4, serif", '"Source Serif 4", serif'),
        ("font", '"Source Serif 4", serif', '"Source Serif 4", serif'),
        ("font", "'IBM  Plex Sans',sans-serif", '"IBM Plex Sans", sans-serif'),
        ("font", "PT Serif", "PT Serif"),
        ("font", "Bodoni* 11", None),
        ("font", '"Source Serif 4, serif', None),
        ("font", "Georgia,, serif", None),
        ("font", '""', None),
        ("font", "x; } body { display: none", None),
        ("length", "44rem", "44rem"),
        ("length", "44 rem", None),
    ],
)
def test_an_option_is_what_css_understands_or_nothing(kind, said, meant):
    assert read_option(Option(type=kind), said) == meant


def test_assets_have_a_digest_of_their_content_in_their_name():
    view, artifacts = dressed().value
    files = {artifact.path: artifact.data for artifact in artifacts}

    assert all(digest(data)[:8] in path for path, data in files.items())
    assert view.stylesheets == (view.assets["j.css"],)


def test_a_stylesheet_names_other_assets_as_they_are_published():
    """And so has another name when one of them changes, though its own text is the same."""
    view, artifacts = dressed().value
    css = next(artifact.data.decode() for artifact in artifacts if artifact.path == view.assets["j.css"])

    assert f"url({view.assets['icon.svg'].removeprefix('assets/')})" in css
    assert dressed("child").value.view.assets["j.css"] != view.assets["j.css"]


def published(css: str, **others: str) -> tuple[str, tuple[str, ...]]:
    """The stylesheet ``a.css`` of a theme as it is published, the digests of what it names as x; and what is said."""
    files = {f"themes/t/assets/{name.replace('_', '.')}": text for name, text in {"a_css": css, **others}.items()}
    theme = layer("x", {"themes/t/theme.yml": "stylesheets: [a.css]\n", **files})
    (view, artifacts), faults = dressed("t", layers=(theme, BUILTIN))
    text = next(artifact.data.decode() for artifact in artifacts if artifact.path == view.assets["a.css"])
    return re.sub(r"\.[0-9a-f]{8}\b", ".x", text).strip(), tuple(fault.message for fault in faults)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("a { src: url(b.svg?#iefix) }", "a { src: url(b.x.svg?#iefix) }"),
        ("a { src: url('./b.svg#part') }", "a { src: url('./b.svg#part') }".replace("./b", "b.x")),
        ('@import "b.css";', '@import "b.x.css";'),
        ("@import url(b.css) screen;", "@import url(b.x.css) screen;"),
        ("a { content: 'url(b.svg)' }", "a { content: 'url(b.svg)' }"),
        ("a { src: url(data:image/png;base64,b.svg) }", "a { src: url(data:image/png;base64,b.svg) }"),
        ("a { src: url(#clip), url(/b.svg), url(https://b.org/b.svg) }",) * 2,
    ],
)
def test_an_address_in_a_stylesheet_leads_to_the_published_asset(said, meant):
    assert published(said, b_svg="<svg/>", b_css="b { }") == (meant, ())


def test_a_stylesheet_that_nothing_answers_to_is_reported():
    _, faults = published("@font-face { src: url(c.woff2) }")
    assert faults == ('expected the asset "c.woff2", which a.css names, found none',)


def test_a_circle_of_imports_is_reported():
    _, faults = published('@import "b.css";', b_css='@import "a.css";')
    assert faults == ('expected imports in one direction, found "b.css" in a circle with "a.css"',)


def test_a_chain_of_imports_may_be_as_long_as_somebody_likes():
    sheets = {f"themes/t/assets/b{number}.css": f'@import "b{number + 1}.css";' for number in range(1500)}
    theme = layer("x", {
        "themes/t/theme.yml": "stylesheets: [a.css]\n",
        "themes/t/assets/a.css": '@import "b0.css";',
        "themes/t/assets/b1500.css": "p { }",
        **sheets,
    })  # fmt: skip
    (_, artifacts), faults = dressed("t", layers=(theme, BUILTIN))

    assert faults == ()
    assert len(artifacts) == 1502


@pytest.mark.parametrize(
    "piece", ["url( ", "url(", "@import ", "@import url(", '"', "'\"", "/*", "@layer a url(b)", "\n "]
)
def test_a_stylesheet_costs_no_more_than_its_length(piece):
    within(2, published, piece * (400_000 // len(piece)))


def test_options_stand_behind_imports_which_are_heeded_before_any_rule_only():
    imports = '@charset "utf-8";\n@import url(https://f.org/a?b;c);\n@layer x;\n'
    theme = layer("x", {
        "themes/t/theme.yml": "stylesheets: [a.css]\noptions: {size: {type: length, default: 1rem}}\n",
        "themes/t/assets/a.css": f"{imports}p {{ }}\n",
    })  # fmt: skip
    _, (sheet,) = dressed("t", layers=(theme, BUILTIN)).value
    assert sheet.data.decode() == f"{imports}:root {{\n  --size: 1rem;\n}}\np {{ }}\n"


def test_options_become_custom_properties_and_values_for_templates():
    view, artifacts = dressed("child", {"accent": "#123456"}).value

    assert view.options == {"accent": "#123456", "size": "1rem"}
    assert any(b"--accent: #123456;" in artifact.data for artifact in artifacts)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"acent": "red"}, "unknown-option"),
        ({"accent": "red; } body { display: none"}, "bad-option"),
        ({"accent": "url(http://x)"}, "bad-option"),
        ({"size": "large"}, "bad-option"),
    ],
)
def test_an_option_that_the_theme_cannot_take_is_reported_and_left_at_its_default(options, code):
    (value, _artifacts), faults = dressed("child", options)

    assert [fault.code for fault in faults] == [code]
    assert value.options == {"accent": "red", "size": "1rem"}


def test_an_asset_that_theme_yml_names_must_exist():
    broken = layer("x", {"themes/one/theme.yml": "stylesheets: [on.css]\n", "themes/one/assets/one.css": ""})

    assert [(fault.code, fault.help) for fault in dressed("one", layers=(broken, BUILTIN)).diagnostics] == [
        ("missing-asset", "did you mean one.css?"),
    ]


# Closures


def closures(files: dict[str, str]) -> dict[str, str]:
    theme = find_theme((layer("x", files), BUILTIN), "journal").value
    renderer = Renderer(theme, {})
    return {name: renderer.closure(name).digest for name in theme.templates}


TEMPLATES = {
    "templates/page.html": "{% extends 'base.html' %}{% block main %}{% include 'part.html' %}{% endblock %}",
    "templates/base.html": "{% block main %}{% endblock %}",
    "templates/part.html": "{% from 'macros.html' import m %}{{ m() }}",
    "templates/macros.html": "{% macro m() %}x{% endmacro %}",
    "templates/list.html": "{{ card(one, root) }}",
    "templates/card.html": "{% include ['maybe.html', 'part.html'] %}",
    "templates/any.html": "{% include title %}",
    "templates/alone.html": "alone",
}


@pytest.mark.parametrize(
    ("changed", "affected"),
    [
        ("base.html", {"base.html", "page.html", "any.html"}),
        ("part.html", {"part.html", "page.html", "card.html", "list.html", "any.html"}),
        ("macros.html", {"macros.html", "part.html", "page.html", "card.html", "list.html", "any.html"}),
        ("card.html", {"card.html", "list.html", "any.html"}),
        ("maybe.html", {"maybe.html", "card.html", "list.html", "any.html"}),
        ("alone.html", {"alone.html", "any.html"}),
    ],
)
def test_a_template_depends_on_all_that_it_can_reach(changed, affected):
    """Also on one that is missing so far, and, where a name is only known later, on every one there is."""
    before = closures(TEMPLATES)
    after = closures(TEMPLATES | {f"templates/{changed}": "{% block main %}changed{% endblock %}"})

    assert {name for name in after if before.get(name) != after[name]} == affected


# Cards


class Listed(Struct, frozen=True):
    one: str
    roots: tuple[str, ...]
    site: str = "Lab"


CARDS = {
    "written": '<a href="{{ root }}p/">{{ card }}</a>{% if card %}<img src="{{ root }}i.png">{% endif %}',
    "in another template": "{% for part in [1, 2] %}{% include 'part.html' %}{% endfor %}",
    "asked": "{% if root == './' %}home{% else %}{{ root }}{% endif %}",
    "counted": "{{ root|length }}",
    "changed": "{% filter upper|replace('.', '-') %}{{ root }}{% endfilter %}",
    "joined": "{{ (root ~ card)|length }}",
    "kept": "{% set way %}{{ root }}{% endset %}{{ way|length }}",
    "in a macro": "{% macro m() %}{{ root }}{% endmacro %}{{ m()|length }}",
    "another name": "{% with root = card %}{{ root|length }}{% endwith %}{{ root }}",
}


@pytest.mark.parametrize("source", CARDS.values(), ids=CARDS)
def test_a_card_knows_the_root_of_its_page(source):
    """Whatever its template does with it: most only write it, and such a card is rendered for all pages at once."""
    part = "{{ root }}{{ part }}&"
    files = {
        "templates/card.html": source,
        "templates/part.html": part,
        "templates/list.html": "{% for root in roots %}{{ card(one, root) }};{% endfor %}",
        "templates/direct.html": "{% set card = one %}{% for root in roots %}{% include 'card.html' %};{% endfor %}",
    }
    renderer = Renderer(find_theme((layer("x", files), BUILTIN), "journal").value, {})
    view = Listed("A & <b>", ("./", "../", "../../", "/a&b/", ""))

    assert renderer.text("list.html", view) == renderer.text("direct.html", view)


def test_a_broken_part_of_a_card_is_the_fault_of_cards_that_have_it():
    files = {
        "templates/card.html": "{% if card == 'pictured' %}{% include 'picture.html' %}{% endif %}{{ root }}{{ card }}",
        "templates/picture.html": "{% if %}",
        "templates/list.html": "{{ card(one, roots[0]) }}",
    }
    renderer = Renderer(find_theme((layer("x", files), BUILTIN), "journal").value, {})

    assert renderer.text("list.html", Listed("plain", ("../",))) == "../plain"
    with pytest.raises(TemplateSyntaxError):
        renderer.text("list.html", Listed("pictured", ("../",)))


# What templates cannot do


def fault_of(source: str, view: Struct = NOTHING) -> str:
    theme = find_theme((layer("x", {"templates/t.html": source}), BUILTIN), "journal").value
    try:
        Renderer(theme, {}).text("t.html", view)
    except Exception as error:  # noqa: BLE001  Whatever it is, it must be explained.
        return explain(error, theme, "t.html", "page.html", view.__struct_fields__).code
    return ""


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("{{ titel }}", "undefined-name"),
        ("{% if titel %}{% endif %}", "undefined-name"),
        ("{{ title.nothing }}", "undefined-name"),
        ("{{ now() }}", "undefined-name"),
        ("{{ lipsum() }}", "undefined-name"),
        ("{{ [1, 2]|random }}", "template-syntax"),
        ("{% for x in range(10**9) %}{% endfor %}", "endless-template"),
        ("{% for x in range(90000) %}{% for y in range(90000) %}{% endfor %}{% endfor %}", "endless-template"),
        ("{% include 't.html' %}", "endless-template"),
        ("{% include 'nothing.html' %}", "missing-template"),
        ("{{ 1 / 0 }}", "template-failed"),
        ("{{ title + 1 }}", "template-failed"),
        ("{% for %}", "template-syntax"),
        ("{% for x in [1] %}" * 25 + "{% endfor %}" * 25, "template-syntax"),
        ("{% if 1 %}" * 120 + "{% endif %}" * 120, "template-syntax"),
        ("{{ " + "(" * 2000 + "1" + ")" * 2000 + " }}", "template-syntax"),
        ("{{ 1" + "+1" * 3000 + " }}", "template-syntax"),
        ("{% for x in [1] %}{% endfor %}{{ title }}", ""),
    ],
)
def test_what_a_template_cannot_do_is_a_fault_of_its_own_kind(source, code):
    assert fault_of(source) == code


PARTS = layer("builtin", {
    "templates/part.html": "{{ term.label }}, {{ term.path|default('no path') }};",
    "templates/card.html": "{{ card.name }} ",
    "themes/journal/theme.yml": "name: Journal\n",
}, builtin=True)  # fmt: skip


def shown_by(source: str) -> str:
    """What the template of a lab's own shows, which has the parts above."""
    theme = find_theme((layer("x", {"templates/t.html": source}), PARTS), "journal").value
    return Renderer(theme, {}).text("t.html", SiteOnly())


class SiteOnly(Struct, frozen=True):
    site: str = "S"


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{% with term = {'label': 'L', 'path': 'p/'} %}{% include 'part.html' %}{% endwith %}", "L, p/;"),
        (
            "{% for term in [{'label': 1}, {'label': 2}] %}{% include 'part.html' %}{% endfor %}",
            "1, no path;2, no path;",
        ),
        ("{{ card({'name': 'N'}, '../') }}{{ site }}", "N S"),
        ("{% for x in range(60000) %}{% endfor %}{{ card({'name': 'N'}, '../') }}", "N "),
    ],
)
def test_built_in_templates_take_items_for_attributes(source: str, shown: str) -> None:
    assert shown_by(source) == shown


def test_what_a_built_in_template_is_not_given_is_a_fault_at_its_place():
    source = "{% with term = {'lable': 'L'} %}{% include 'part.html' %}{% endwith %}"
    theme = find_theme((layer("x", {"templates/t.html": source}), PARTS), "journal").value
    with pytest.raises(UndefinedNameError) as caught:
        Renderer(theme, {}).text("t.html", NOTHING)
    fault = explain(caught.value, theme, "t.html", "page.html", ())

    assert (fault.code, fault.span.path, fault.span.line) == ("undefined-name", "builtin/templates/part.html", 1)
    assert fault.help == "did you mean lable?"


def test_a_template_that_is_nested_too_deeply_has_its_fault_where_it_gets_too_deep():
    source = "".join([f"{{% for x{number} in [1] %}}\n" for number in range(25)]) + "{% endfor %}" * 25
    theme = find_theme((layer("x", {"templates/t.html": source}), BUILTIN), "journal").value
    with pytest.raises(TemplateSyntaxError) as caught:
        Renderer(theme, {}).text("t.html", NOTHING)
    fault = explain(caught.value, theme, "t.html", "page.html", ())

    assert fault.message == "expected Jinja: parts are nested too deeply"
    assert (fault.span.path, fault.span.line) == ("x/templates/t.html", 21)
    assert fault.help == "move what is inside to a template of its own, and include it"


class Mixed(Struct, frozen=True):
    plain: str = "a < b & \"c\" 'd'"
    html: Html = Html("<b>x</b>")
    number: int = 3
    nothing: None = None


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ plain }}", "a &lt; b &amp; &#34;c&#34; &#39;d&#39;"),
        ("{{ html }}", "<b>x</b>"),
        ("{{ number }} {{ nothing }}", "3 None"),
        ("{{ plain|safe }}", "a < b & \"c\" 'd'"),
        ("{{ plain|upper }}", "A &lt; B &amp; &#34;C&#34; &#39;D&#39;"),
        ("{% autoescape false %}{{ plain }}{% endautoescape %}", "a < b & \"c\" 'd'"),
        ("{% set x %}{{ plain }}{% endset %}{{ x }}", "a &lt; b &amp; &#34;c&#34; &#39;d&#39;"),
    ],
)
def test_everything_is_escaped_but_markup(source, expected):
    assert text("t.html", layer("x", {"templates/t.html": source}), BUILTIN, view=Mixed()) == expected


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(), st.integers(), st.none(), st.text().map(Html), st.text().map(Markup)))
def test_the_quick_way_to_escape_is_the_usual_one(value):
    assert escaped(value) == str(escape(value))
