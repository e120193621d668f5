"""Every template with a lab's usual pages, with nothing at all, and with far too much of everything."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import pairwise

import jinja2
import pytest
from bs4 import BeautifulSoup
from fixture_views import DISPLAY, LONG, SITE, everything, extremes, home, paper, papers, person, tag
from jinja2.runtime import Context
from msgspec import Struct
from msgspec.structs import replace
from rendering import ROOT, dressed, render, renderer, theme

from labpress.markup.html import Html
from labpress.render.compiling import CarefulCode, FastCode
from labpress.render.environment import Renderer, rendered
from labpress.render.theme import Template, Theme
from labpress.render.theme_file import ThemeFile
from labpress.site import people_views, statistics_view, views
from labpress.site.views import AuthorView, CardView, LinkView, PaperPage, PaperView, TermView
from labpress.site.words import Counted

PAGES = everything() | extremes()
PARTS = {
    "base.html",
    "alternates.html",
    "card.html",
    "sections.html",
    "terms-inline.html",
    "logo.html",
    "picture.html",
    "list-tools.html",
}
PARTS |= {"pictures-head.html", "counts-table.html", "network.html"}
PARTS |= {"search.html", "search-box.html", "search-head.html", "search-cards.html"}


def soup(template: str, view: Struct) -> BeautifulSoup:
    return BeautifulSoup(render(template, view), "html.parser")


def text(element: object) -> str:
    return " ".join(element.get_text().split())


@pytest.fixture(params=PAGES, name="html")
def _html(request: pytest.FixtureRequest) -> str:
    return render(*PAGES[request.param])


@pytest.fixture(name="tree")
def _tree(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


@pytest.mark.parametrize("page", PAGES)
def test_built_in_templates_ask_for_nothing_but_attributes(page: str) -> None:
    """Or every page would be made twice, the second time with care."""
    template, view = PAGES[page]
    fields = {name: getattr(view, name) for name in view.__struct_fields__}

    assert rendered(renderer().environment, template, fields) == render(template, view)


def test_every_template_is_rendered_here() -> None:
    assert {template for template, _view in PAGES.values()} | PARTS == set(theme().templates)


def test_tags_close_in_the_order_they_opened(html: str) -> None:
    void = {"meta", "link", "img", "br", "hr", "input"}
    open_tags: list[str] = []
    for closing, tag_name, rest in re.findall(r"<(/?)([a-zA-Z][\w-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>", html):
        if closing:
            assert open_tags.pop() == tag_name
        elif tag_name not in void and not rest.endswith("/"):
            open_tags.append(tag_name)
    assert open_tags == []


def test_a_page_has_one_main_heading_and_no_level_is_skipped(tree: BeautifulSoup) -> None:
    levels = [int(heading.name[1]) for heading in tree.find_all(re.compile("^h[1-6]$"))]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels


def test_a_page_keeps_a_strict_content_policy(tree: BeautifulSoup) -> None:
    policy = tree.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
    assert policy["content"].startswith("default-src 'self'")
    assert not tree.find_all("style")
    assert not [script for script in tree.find_all("script") if not script.get("src")]
    attributes = {name for element in tree.find_all(True) for name in element.attrs}
    assert "style" not in attributes
    assert not {name for name in attributes if name.startswith("on")}
    assert not re.search(r"javascript:", str(tree))


def test_what_a_page_loads_is_its_own(tree: BeautifulSoup) -> None:
    loaded = [element["src"] for element in tree.find_all(src=True)]
    loaded += [link["href"] for link in tree.find_all("link") if link["rel"] in (["stylesheet"], ["icon"])]
    assert not [address for address in loaded if re.match(r"[a-z]+:|/", address)]


def test_addresses_inside_the_site_are_relative(tree: BeautifulSoup) -> None:
    for element in tree.find_all(["a", "link", "img", "script"]):
        address = element.get("href") or element.get("src") or ""
        assert re.match(r"https://|#page:|\.{1,2}/", address) or element.find_parent(class_="prose"), address


def test_ids_are_unique_and_every_reference_to_one_holds(tree: BeautifulSoup) -> None:
    ids = Counter(element["id"] for element in tree.find_all(id=True))
    assert not [name for name, count in ids.items() if count > 1]
    wanted = {link["href"][1:] for link in tree.find_all("a", href=re.compile("^#"))}
    wanted |= {
        element[name] for name in ("aria-labelledby", "data-copies") for element in tree.find_all(attrs={name: True})
    }
    assert wanted <= set(ids)


def test_ids_of_the_page_cannot_be_those_of_headings_in_a_text(tree: BeautifulSoup) -> None:
    ids = {element["id"] for element in tree.find_all(id=True) if not element.find_parent(class_="prose")}
    assert all(one.startswith("page:") for one in ids)


def test_landmarks_are_there_and_have_names(tree: BeautifulSoup) -> None:
    assert tree.body.find(True)["href"] == "#page:main"
    assert [one.name for one in tree.body.find_all(["header", "main", "footer"], recursive=False)] == [
        "header",
        "main",
        "footer",
    ]
    names = [nav.get("aria-label") or nav.get("aria-labelledby") for nav in tree.find_all("nav")]
    assert all(names)
    assert len(names) == len(set(names))


def test_links_and_buttons_have_names(tree: BeautifulSoup) -> None:
    for element in tree.find_all(["a", "button", "summary"]):
        image = element.find("img")
        assert element.get_text(strip=True) or element.get("aria-label") or (image and image.has_attr("alt")), element
    assert all(image.has_attr("alt") for image in tree.find_all("img"))
    assert all(button["type"] == "button" for button in tree.find_all("button"))


def test_output_is_compact(html: str) -> None:
    blank = re.findall(r"\n[ \t]*\n", re.sub(r"<pre>.*?</pre>", "", html, flags=re.DOTALL))
    assert len(blank) <= 3
    assert not re.findall(r"^[ \t]+<", re.sub(r"<pre>.*?</pre>", "", html, flags=re.DOTALL), re.MULTILINE)


HOSTILE = "\"><script>alert(1)</script>' onload=x &amp;"


def hostile(value: object) -> object:
    """``value`` with every text that is not markup replaced by one that tries to break out."""
    if isinstance(value, str):
        return HOSTILE
    if isinstance(value, tuple):
        return tuple(hostile(one) for one in value)
    if isinstance(value, Struct) and not isinstance(value, Html):
        return replace(value, **{name: hostile(getattr(value, name)) for name in value.__struct_fields__})
    return value


@pytest.mark.parametrize("name", [name for name in PAGES if name not in ("home", "home-full")])
def test_text_of_any_field_stays_text(name: str) -> None:
    template, view = PAGES[name]
    kept = {"site": SITE, "years": getattr(view, "years", None)}
    changed = replace(
        hostile(view), **{field: value for field, value in kept.items() if field in view.__struct_fields__}
    )
    changed = replace(changed, page=replace(changed.page, kind=view.page.kind, metas=(), alternates=()))
    page = soup(template, changed)
    assert not [script for script in page.find_all("script") if not script.get("src")]
    assert not [element for element in page.find_all(True) if "onload" in element.attrs]


def test_head_names_everything_that_machines_read() -> None:
    head = soup("list.html", papers()).head
    assert head.title.string == f"Papers, page 2 · {SITE.title}"
    assert head.find("link", rel="canonical")["href"] == f"{SITE.url}papers/page/2/"
    assert head.find("meta", attrs={"property": "og:title"})["content"] == "Papers, page 2"
    assert head.find("link", type="application/atom+xml")["href"] == "../../../feed.xml"
    assert [script.has_attr("defer") for script in head.find_all("script")] == [False, True]


def test_the_home_pages_title_is_not_said_twice() -> None:
    assert soup("home.html", home()).title.string == SITE.title


def test_the_own_menu_item_is_marked() -> None:
    view = papers()
    here = soup("list.html", replace(view, page=replace(view.page, path="papers/")))
    assert [text(link) for link in here.select("nav [aria-current]")][:1] == ["Papers"]
    assert not soup("list.html", tag()).select("header nav [aria-current]")


def test_home_sections_come_in_the_order_the_lab_wants() -> None:
    site = replace(SITE, options={"home_sections": "topics newest"})
    assert [text(heading) for heading in soup("home.html", home(site=site)).select("main h2")] == [
        "Topics",
        "Newest papers",
    ]


def test_a_paper_says_who_wrote_it_and_how() -> None:
    page = soup("paper.html", paper())
    authors = page.select_one(".authors")
    assert text(authors).startswith("Tuan Dinh*, Yuchen Zeng* iD, Ruisu Zhang, Ziqian Lin, Michael Gira")
    assert "Shashank Rajput" in [text(one) for one in authors.select(".member")]
    assert "Tuan Dinh" not in [text(one) for one in authors.select(".member")]
    assert text(page.select_one(".legend")) == "* Equal contribution † Corresponding author"
    assert page.select_one(".orcid")["aria-label"] == "ORCID iD of Yuchen Zeng"


def test_a_paper_has_its_whole_abstract_and_its_math_on_arrival() -> None:
    page = soup("paper.html", paper())
    assert "two-stage fine-tuning" in page.select_one(".abstract").get_text()
    assert not page.select("details")
    assert DISPLAY in render("paper.html", paper())


def test_a_doi_with_odd_characters_still_leads_there() -> None:
    link = soup("paper.html", paper(doi="10.1002/x<1::a#b>3.0;2-O")).select_one(".record a")
    assert link["href"] == "https://doi.org/10.1002/x%3C1::a%23b%3E3.0;2-O"
    assert text(link) == "10.1002/x<1::a#b>3.0;2-O"


def crowd(number: int, **more: object) -> PaperPage:
    authors = tuple(AuthorView(f"Author {n}") for n in range(number))
    card = CardView(id="x", path="papers/x/", title=Html("X"), authors=authors, **more)
    return replace(paper(), paper=PaperView(card=card))


def test_three_thousand_authors_fold_without_a_script() -> None:
    page = soup("paper.html", crowd(3000, et_al=True))
    fold = page.select_one(".authors details")
    assert text(fold.summary) == "2,960 more authors"
    assert text(page.select_one(".authors")).endswith("Author 2999, et al.")
    assert text(page.select_one(".authors")).count("Author") == 3000
    assert not soup("paper.html", crowd(40)).select("details")


def shown_card(card: CardView, root: str) -> BeautifulSoup:
    environment = renderer().environment
    context = Context(environment, {"site": SITE}, None, {})
    return BeautifulSoup(renderer().card(context, card, root), "html.parser")


@pytest.mark.parametrize(
    ("number", "et_al", "shown"),
    [
        (1, False, "Author 0"),
        (2, True, "Author 0, Author 1, et al."),
        (12, False, ", ".join(f"Author {n}" for n in range(12))),
        (14, False, ", ".join(f"Author {n}" for n in range(12)) + ", and 2 more"),
    ],
)
def test_a_card_names_at_most_twelve_authors(number: int, *, et_al: bool, shown: str) -> None:
    card = crowd(number, et_al=et_al).paper.card
    assert text(shown_card(card, "./").select_one(".by")) == shown


def test_a_card_needs_nothing_but_its_view_the_way_to_the_root_and_the_site() -> None:
    card = CardView(
        id="x",
        path="papers/x/",
        title=Html("X"),
        links=(LinkView("pdf", "PDF", path="papers/x/x.pdf"), LinkView("code", "Code", "https://c.org")),
    )
    links = [link["href"] for link in shown_card(card, "../../").find_all("a")]
    assert links == ["../../papers/x/", "../../papers/x/x.pdf", "https://c.org"]


def test_zotero_finds_papers_on_lists_but_not_beside_a_papers_own_tags() -> None:
    assert len(soup("list.html", tag()).select(".Z3988")) == len(tag().sections[0].cards) + len(tag().sections[1].cards)
    assert not soup("paper.html", paper()).select(".Z3988")


def test_a_cut_list_links_its_other_pages() -> None:
    pager = soup("list.html", papers()).select_one(".pager")
    assert text(pager) == "Previous 1 2 3 4 … 9 Next"
    assert [link["href"] for link in pager.select("[aria-current]")] == ["../../../papers/page/2/"]
    assert not soup("list.html", papers(pager=None)).select(".pager")


def test_an_author_has_the_shape_of_the_years_in_words() -> None:
    chart = soup("author.html", person()).select_one(".sparkline")
    assert chart["role"] == "img"
    assert chart["aria-label"].startswith("Papers per year. 2020: 1, 2022: 2")


def test_years_and_numbers_with_a_sign_do_not_turn_round_from_right_to_left() -> None:
    assert soup("author.html", person()).select_one(".sparkline").parent["dir"] == "ltr"
    signed = soup(*PAGES["statistics"]).find_all(string=re.compile(r"^\+\d"))
    assert {one.parent.name for one in signed} == {"bdi"}


def test_numbers_of_statistics_are_written_as_in_lists() -> None:
    template, view = PAGES["statistics"]
    many = replace(view, figures=(TermView("Papers", "papers/", 5000),))
    assert text(soup(template, many).select_one(".numbers dd")) == "5,000"


def test_long_titles_are_set_small() -> None:
    assert soup("paper.html", extremes()["paper-huge"][1]).h1["class"] == ["long"]
    assert len(LONG) > 1900


def test_texts_of_unknown_direction_find_their_own() -> None:
    page = soup("paper.html", extremes()["paper-arabic"][1])
    assert page.h1["dir"] == "auto"


def test_a_page_in_another_language_says_so_and_its_frame_keeps_the_language_of_the_site() -> None:
    page = soup("paper.html", extremes()["paper-arabic"][1])
    assert page.html["lang"] == "ar"
    assert page.body["lang"] == "en"
    assert page.h1["lang"] == "ar"
    assert not soup("home.html", home()).body.has_attr("lang")


def test_a_right_to_left_site_says_so() -> None:
    site = replace(SITE, language="ar", direction="rtl")
    assert soup("home.html", home(site=site)).html.attrs == {"lang": "ar", "dir": "rtl"}


@pytest.mark.parametrize(
    "forms", [{"one": "{n} paper", "other": "{n} papers"}, {"few": "{n} أبحاث", "other": '"{n}" & <b>'}]
)
def test_the_script_of_a_list_counts_with_the_words_of_the_site(forms):
    counted = Counted(forms)
    words = replace(SITE.words, papers_counted=counted, more_counted=counted)
    page = soup("list.html", papers(site=replace(SITE, search="papers/", words=words)))

    given = [page.select_one("[data-counted]")["data-counted"], page.select_one("[data-more]")["data-more"]]
    assert given == [counted.json] * 2
    assert json.loads(counted.json) == forms


def test_a_logo_stands_before_the_name() -> None:
    site = replace(SITE, logo=views.PictureView("assets/logo.1.svg"))
    assert soup("list.html", papers(site=site)).select_one(".brand img")["src"] == "../../../assets/logo.1.svg"
    assert soup("home.html", home(site=site)).select_one("h1 img")["alt"] == ""


def test_a_list_can_be_taken_along() -> None:
    links = soup("list.html", papers()).select("header .get a")
    assert [text(link) for link in links] == ["BibTeX", "RIS", "Feed"]


def test_no_template_switches_escaping_off() -> None:
    for path in (ROOT / "templates").glob("*.html"):
        assert not re.search(r"\|\s*safe|autoescape|Markup", path.read_text(encoding="utf-8")), path.name


def test_styles_and_scripts_name_no_other_host_and_weigh_little() -> None:
    weight = 0
    for artifact in dressed().artifacts:
        source = artifact.data.decode()
        assert not re.search(r"https?://(?!www\.w3\.org/2000/svg|doi\.org/|arxiv\.org/)|@import|url\(", source), (
            artifact.path
        )
        if "search" not in artifact.path:  # Fetched by lists only.
            weight += len(artifact.data)
    assert weight < 32_000


def test_every_class_that_styles_name_is_in_a_template_or_made_by_labpress() -> None:
    from_code = {"chart", "bar", "base", "count", "year", "minor", "spare", "sparkline"}
    from_scripts = {"js"}
    from_markup = {"tex", "small-caps", "align-left", "align-center", "align-right"}
    styles = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "themes/journal/assets").glob("journal.css"))
    styles = re.sub(r"/\* Tokens.*?\n\n|/\*.*?\*/", "", styles, flags=re.DOTALL)
    named = set(re.findall(r"\.([a-zA-Z][\w-]*)", re.sub(r'"[^"]*"|\d\.\d+|\{[^{}]*\}', "", styles)))
    templates = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "templates").glob("*.html"))
    in_templates = {
        one for value in re.findall(r'class="([^"]*)"', templates) for one in re.sub(r"\{[^}]*\}", " ", value).split()
    }
    kinds = {f"is-{view.page.kind}" for _template, view in PAGES.values()}
    assert named <= in_templates | from_code | from_scripts | from_markup | kinds


def test_every_page_view_has_its_template() -> None:
    kinds = {
        name for module in (views, people_views, statistics_view) for name in vars(module) if name.endswith("Page")
    }
    assert kinds == {type(view).__name__ for _template, view in PAGES.values()}


# The code that templates become: what Jinja makes of them, in another way

_PARTS_OF_PAGES = {
    "frame": "<{{ x }}{% block a %}A{{ x }}{% block b scoped %}B{% endblock %}{% endblock %}"
    "|{% include 'part' without context %}|{% include 'part' %}|{% block last %}{% endblock %}>",
    "part": "part{{ x }}",
    "page": "{% extends 'frame' %}{% block a %}[{{ super() }}{% include 'part' without context %}"
    "{% for one in [1, [2, 3]] recursive %}{{ one if one is not iterable else loop(one) }}{% endfor %}]{% endblock %}"
    "{% block last %}{{ self.a() }}{% endblock %}",
    "sometimes": "before{% if x %}{% extends 'frame' %}{% endif %}{% block a %}Z{% endblock %}after",
    "macros": "{% macro shown(a) %}M{{ a }}{% include 'part' %}{{ caller() }}{% endmacro %}"
    "{% call shown(1) %}<i>{{ x }}{% endcall %}{% set kept %}q{{ self.k() }}{% endset %}{{ kept }}"
    "{% block k %}k{% endblock %}{% for one in [] %}{% else %}none{% endfor %}"
    "{% filter upper %}{% block c %}c{{ x }}{% endblock %}{% endfilter %}",
    "nothing": "{% include 'absent' ignore missing %}{% include 'absent' ignore missing without context %}",
    "imports": "{% from 'macros' import shown with context %}{% call shown(2) %}c{% endcall %}",
}


def made_by(code: type[FastCode], templates: dict[str, str], name: str, **values: object) -> str:
    """What the template ``name`` gives as ``code``."""
    known = {one: Template(one, text, 0, builtin=True) for one, text in templates.items()}
    environment = Renderer(Theme("t", known, {}, ThemeFile()), {}).environment_of(code)
    environment.undefined = jinja2.Undefined
    return rendered(environment, name, values)


@pytest.mark.parametrize("code", [FastCode, CarefulCode])
@pytest.mark.parametrize("name", _PARTS_OF_PAGES)
@pytest.mark.parametrize("x", ["", "<b>"])
def test_templates_give_what_jinja_gives(name: str, x: str, code: type[FastCode]) -> None:
    plain = jinja2.Environment(loader=jinja2.DictLoader(_PARTS_OF_PAGES), autoescape=True)

    assert made_by(code, _PARTS_OF_PAGES, name, x=x) == plain.get_template(name).render(x=x)


@pytest.mark.parametrize("code", [FastCode, CarefulCode])
def test_what_is_included_without_context_stands_where_it_is_included_even_in_a_macro(code: type[FastCode]) -> None:
    text = "{% macro m() %}[{% include 'part' without context %}]{% endmacro %}{{ m() }}{{ m() }}"

    assert made_by(code, {"page": text, "part": "part"}, "page") == "[part][part]"
