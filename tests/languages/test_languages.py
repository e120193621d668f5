"""Every page of a site in each language has labpress's words in that language, and in no other.

The site's own texts are in no alphabet at all, so that every word on a page is one of labpress's.
"""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from msgspec.structs import asdict

from labpress.core.dates import PartialDate
from labpress.core.files import SourceFile
from labpress.edges.building import BuildPlace, read_request
from labpress.entries.paper import LINK_KINDS, TYPES
from labpress.render.locales import find_words
from labpress.render.theme import Layer
from labpress.site.locale_file import LocaleFile, read_locale_file, words_of
from labpress.site.words import ENGLISH, Counted, Words
from tests.conftest import build_site

LOCALES = Path(__file__).parents[2] / "labpress" / "locales"
LANGUAGES = sorted(path.stem for path in LOCALES.glob("*.yml"))
LATIN = re.compile(r"[a-z\u00df-\u024f]{2,}")
"""A word in Latin letters: what is left in English is one."""

NAMES = frozenset("id pdf arxiv doi orcid bibtex ris csl json html atom github".split())
"""Proper names, which are the same in every language."""

STATUSES = ("accepted", "to appear", "forthcoming", "in press", "under review", "submitted", "in preparation")


def locale(language: str) -> LocaleFile:
    path = LOCALES / f"{language}.yml"
    file, faults = read_locale_file(SourceFile(path.name, path.read_bytes()))
    assert faults == ()
    return file


def words(language: str) -> Words:
    return words_of((locale(language),))


def write_content(folder: Path, language: str) -> None:
    """A site with every kind of page and every part that a page can have, whose own texts are digits and signs."""
    papers = folder / "papers"
    papers.mkdir(parents=True)
    (folder / "site.yml").write_text(
        f'title: "❖"\ntagline: "☂"\nlanguage: {language}\nper_page: 12\nurl: https://0.0.0.0/1/\n'
        "repository: https://0.0.0.0/2\nhome: {newest: 3}\nfeatures: {print: true}\n"
    )
    (folder / "people.yml").write_text(
        '"1": {name: "⓪ ①", also: ["⓪ ⓪"], orcid: 0000-0002-1825-0097, homepage: "https://0.0.0.0/3", role: "✻",'
        ' from: 2019, links: {github: "https://0.0.0.0/4"}}\n"2": {name: "② ③", role: "✻", from: 2015, to: 2018}\n'
        '"3": {name: "④ ⑤", to: 2018}\n'
    )
    links = "".join(f"  {kind}: https://0.0.0.0/{number}\n" for number, kind in enumerate(LINK_KINDS))
    crowd = "".join(f"  - ♠ {number}\n" for number in range(42))
    for number, kind in enumerate(TYPES):
        status = STATUSES[number % len(STATUSES)]
        (papers / f"{number}.md").write_text(
            f'---\ntitle: "№ {number}"\nauthors:\n  - {{name: "⓪ ①", equal: true}}\n'
            f'  - {{name: "② ③", equal: true, corresponding: true}}\n{crowd if number == 1 else ""}\n'
            f"type: {kind}\ndate: 20{10 + number // 2}-{number % 12 + 1:02}-07\nstatus: {status}\nvenue: ❦\n"
            f"volume: '1'\nissue: '2'\npages: {'3-4' if number % 2 else '5'}\nnumber: '6'\nedition: '7'\ndegree: '8'\n"
            f"doi: 10.1000/{number}\narxiv: '2401.{number:05}'\ntags: ['✂', '✐']\net_al: true\nselected: true\n"
            f"note: ✎\naffiliations: [❁]\nlinks:\n{links}---\n\n☞ {number}\n"
        )
    for number in range(3):  # Without a date, and not out yet.
        (papers / f"9{number}.md").write_text(
            f'---\ntitle: "№ 9{number}"\n{"status: accepted" if number else ""}\n---\n'
        )
    (folder / "pages" / "news").mkdir(parents=True)
    (folder / "pages" / "news" / "8.md").write_text('---\ntitle: "❀"\ndate: 2024-03-05\n---\n\n❁\n')
    (folder / "pages" / "7.md").write_text('---\ntitle: "❧"\n---\n\n☙\n')


def words_on(page: Path) -> set[str]:
    """Every word that a reader sees or hears on a page, in small letters. References follow rules of their own."""
    tree = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    for part in tree.select("pre, .reference, script, style"):
        part.extract()
    heard = [
        element[name]
        for name in ("aria-label", "alt", "title", "data-done")
        for element in tree.find_all(attrs={name: True})
        if element.name != "link"
    ]
    coins = {element["title"] for element in tree.select(".Z3988")}
    described = [tree.select_one("meta[name=description]")["content"]]
    text = " ".join([*(one for one in heard if one not in coins), *described, tree.get_text(" ")])
    return set(LATIN.findall(text.lower()))


def words_in(value: object) -> set[str]:
    """Every word that a value of ``Words`` can print."""
    if isinstance(value, str):
        return set(LATIN.findall(re.sub(r"\{[^}]*\}", " ", value).lower()))
    if isinstance(value, Counted):
        return words_in(list(value.forms.values()))
    parts = (
        value.values()
        if isinstance(value, dict)
        else value
        if isinstance(value, (list, tuple))
        else asdict(value).values()
    )
    return set().union(*map(words_in, parts))


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_every_word_on_every_page_is_in_the_language(tmp_path, language):
    write_content(tmp_path / "content", language)
    report = build_site(tmp_path / "content", tmp_path / "_site")
    known = words_in(words(language) if language != "en" else (*asdict(ENGLISH).values(), STATUSES)) | NAMES
    site = tmp_path / "_site"
    authors = sorted(site.glob("authors/*/index.html"))
    found = {page: words_on(page) for page in site.rglob("*.html") if page not in authors[4:]}

    assert report.diagnostics == ()
    assert len(found) > 40
    assert {str(page.relative_to(site)): one - known for page, one in found.items() if one - known} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_word(language):
    file = locale(language)
    given = file.texts.keys() | file.counted.keys() | file.tables.keys()

    assert set(Words.__struct_fields__) - given - {"dates", "comma"} == set()
    assert file.tables["types"].keys() == TYPES.keys()
    assert LINK_KINDS.keys() - file.tables["links"].keys() <= {"pdf", "arxiv", "doi", "html"}
    assert file.tables["statuses"].keys() == set(STATUSES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms_are_those_the_language_has(language):
    """Each form that a number can ask for is there, or covered by ``other`` in a language that does not tell them apart."""
    file = locale(language)
    for name, forms in file.counted.items():
        needed = set(file.ordinals if name == "edition_ordinal" else file.categories)
        assert needed >= {"other"}
        assert forms.keys() <= needed
        assert forms["other"]


DATES = {
    "en": ("14 June 2022", "June 2022"),
    "de": ("14. Juni 2022", "Juni 2022"),
    "fr": ("14 juin 2022", "juin 2022"),
    "es": ("14 de junio de 2022", "junio de 2022"),
    "pt": ("14 de junho de 2022", "junho de 2022"),
    "zh": ("2022年6月14日", "2022年6月"),
    "ja": ("2022年6月14日", "2022年6月"),
    "ko": ("2022년 6월 14일", "2022년 6월"),
    "el": ("14 Ιουνίου 2022", "Ιούνιος 2022"),
    "ar": ("14 يونيو 2022", "يونيو 2022"),
}


@pytest.mark.parametrize("language", DATES)
def test_dates(language):
    dates = (ENGLISH if language == "en" else words(language)).dates

    assert (dates.text(PartialDate(2022, 6, 14)), dates.text(PartialDate(2022, 6))) == DATES[language]
    assert dates.text(PartialDate(2022)) == "2022"


def test_a_number_takes_its_form_at_any_size():
    counted = words("ar").papers_counted
    forms = [counted(number) for number in (1, 2, 3, 11, 100, 103, 111, 1003, 10_111)]

    assert forms == ["بحث واحد", "بحثان", "3 أبحاث", "11 بحثًا", "100 بحث", "103 أبحاث", "111 بحثًا", "1,003 أبحاث", "10,111 بحثًا"]  # fmt: skip
    assert [ENGLISH.papers_counted(number) for number in (0, 1, 2, 1234)] == ["0 papers", "1 paper", "2 papers", "1,234 papers"]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "first", "third"),
    [("de", "1. Auflage", "3. Auflage"), ("fr", "1re édition", "3e édition"), ("es", "1.ª edición", "3.ª edición")],
)
def test_editions_are_ordinals(language, first, third):
    said = words(language)

    assert [said.edition.format(edition=said.edition_ordinal(number)) for number in (1, 3)] == [first, third]
    assert [ENGLISH.edition_ordinal(number) for number in (1, 2, 3, 4, 11, 22, 112, 203)] == "1st 2nd 3rd 4th 11th 22nd 112th 203rd".split()  # fmt: skip


def layer(**locales: str) -> Layer:
    return Layer("", True, {}, {}, {name.replace("_", "-"): text.encode() for name, text in locales.items()})


@pytest.mark.parametrize(
    ("language", "papers"),
    [("pt-BR", "Brasil"), ("pt_br", "Brasil"), ("pt", "Portugal"), ("pt-PT", "Portugal"), ("en-GB", "Papers")],
)
def test_the_closest_file_counts(language, papers):
    found, faults = find_words((layer(pt="papers: Portugal\nnews: N", pt_br="papers: Brasil"),), language)

    assert (found.papers, faults) == (papers, ())
    assert found.news == ("News" if language == "en-GB" else "N")


def test_a_site_changes_single_words_and_keeps_the_rest(tmp_path):
    write_content(tmp_path / "content", "de")
    (tmp_path / "content" / "locales").mkdir()
    (tmp_path / "content" / "locales" / "de.yml").write_text("papers: Werke\ntypes: {article: Aufsatz}\n")
    (tmp_path / "content" / "locales" / "en.yml").write_text("papers: Works\n")
    request = read_request(BuildPlace(source=str(tmp_path / "content")))
    german, faults = find_words(request.layers, "de")
    english, _faults = find_words(request.layers, "en")

    assert (german.papers, german.topics, german.types["article"], german.types["book"]) == (
        "Werke",
        "Themen",
        "Aufsatz",
        "Buch",
    )
    assert (english.papers, english.topics, faults) == ("Works", "Topics", ())


FAULTS = {
    "papers_counted: {one: x}": "papers_counted: expected plural forms",
    "papers_counted: {singular: x, other: y}": 'found "singular"',
    "papers_counted: {other: '{count} papers'}": 'found "count"',
    "since: seit": "expected {year}",
    "since: seit {year.real}": "expected {year}",
    "since: seit {year} {": "expected {year}",
    "abstract: '{site}'": "expected no braces",
    "types: {articel: Aufsatz}": "did you mean article?",
}


@pytest.mark.parametrize("text", FAULTS)
def test_words_that_cannot_stand_in_are_left_out_and_reported(text):
    file, faults = read_locale_file(SourceFile("locales/de.yml", f"news: Neues\n{text}\n".encode()))
    found = words_of((file,))

    assert [(one.code, one.span.line, FAULTS[text] in one.message) for one in faults] == [("bad-translation", 2, True)]
    assert found.news == "Neues"
    assert getattr(found, text.partition(":")[0]) == getattr(ENGLISH, text.partition(":")[0])


def test_a_misspelt_word_is_named():
    _file, faults = read_locale_file(SourceFile("locales/de.yml", b"abstarct: Zusammenfassung"))

    assert [(one.code, one.help) for one in faults] == [("misspelt-key", "did you mean abstract?")]


def test_an_unknown_language_is_noted_and_its_own_file_suffices():
    found, faults = find_words((layer(de="papers: P"),), "fi")
    assert (found, [one.code for one in faults]) == (ENGLISH, ["no-translation"])

    found, faults = find_words((layer(fi="papers_counted: {one: '{n} julkaisu', other: '{n} julkaisua'}"),), "fi")
    assert ([found.papers_counted(number) for number in (1, 2)], faults) == (["1 julkaisu", "2 julkaisua"], ())
    assert found.dates.text(PartialDate(2022, 6, 14)) == "14. kesäkuuta 2022"


def test_an_english_site_imports_no_locale_data(tmp_path):
    """Nor does one in another language when it is built again."""
    import subprocess
    import sys

    write_content(tmp_path / "content", "de")
    code = "import sys; from labpress.edges.cli import main; assert main(['build', '-q', *sys.argv[1:]]) == 0; print('babel' in sys.modules)"
    said = []
    for language in ("en", "de", "de"):
        settings = tmp_path / "content" / "site.yml"
        settings.write_text(re.sub("language: ..", f"language: {language}", settings.read_text()))
        place = ("-s", str(tmp_path / "content"), "-o", str(tmp_path / "out"), "--cache", str(tmp_path / "cache"))
        done = subprocess.run([sys.executable, "-c", code, *place], check=True, capture_output=True, text=True)
        said.append(done.stdout.strip())
    assert said == ["False", "True", "False"]


def test_the_reference_of_words_is_a_locale_file():
    """Who begins a language copies it."""
    page = LOCALES.parents[1] / "docs" / "reference" / "words.md"
    copied = page.read_text(encoding="utf-8").partition("```yaml\n")[2].partition("```")[0]
    file, faults = read_locale_file(SourceFile("locales/en.yml", copied.encode()))
    said = file.texts | file.counted | {name: table for name, table in file.tables.items() if table}
    english = {name: value.forms if isinstance(value, Counted) else value for name, value in asdict(ENGLISH).items()}
    english["et_al"] = english["et_al"].replace("\xa0", " ")  # A value of YAML has plain spaces.

    assert faults == ()
    assert said == {name: value for name, value in english.items() if name != "dates" and value}
