"""The fifty papers of the seed listing in every other format, written here by hand and not by the package's exporters."""

import json
from html import escape
from pathlib import Path

from labpress.core.files import SourceFile
from labpress.core.names import parse_name
from labpress.sources.listing import parse_listing
from labpress.sources.record import Record

ROOT = Path(__file__).parents[2]
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def papers() -> tuple[Record, ...]:
    """The seed listing as it is read; that it is read rightly is the listing's own golden test."""
    path = next(path for path in sorted((ROOT / "seeds").iterdir()) if path.suffix == ".txt")
    return parse_listing(SourceFile("seeds.txt", path.read_bytes())).value


def as_bibtex(records: tuple[Record, ...]) -> str:
    entries = []
    for number, one in enumerate(records):
        authors = [inverted(name) for name in one.authors] + ["others"] * one.et_al
        year, month, day = one.date.split("-")
        title = one.title.replace("LLM", "{LLM}").replace("&", r"\&")
        entries.append(
            f"@misc{{paper{number},\n  title = {{{title}}},\n  author = {{{' and '.join(authors)}}},\n"
            f"  year = {year},\n  month = {MONTHS[int(month) - 1].lower()} # {{~{int(day)}}},\n"
            f"  abstract = {{{one.abstract}}},\n  archiveprefix = {{arXiv}},\n  primaryclass = {{{one.category}}},\n}}\n"
        )
    return "\n".join(entries)


def as_ris(records: tuple[Record, ...]) -> str:
    lines = []
    for one in records:
        lines += ["TY  - UNPB", f"TI  - {one.title}"]
        lines += [f"AU  - {inverted(name)}" for name in one.authors] + ["AU  - et al."] * one.et_al
        lines += [
            f"DA  - {one.date.replace('-', '/')}/",
            f"PY  - {one.date[:4]}",
            f"AB  - {one.abstract}",
            "ER  - ",
            "",
        ]
    return "\r\n".join(lines)


def as_csl_json(records: tuple[Record, ...]) -> str:
    items = []
    for number, one in enumerate(records):
        names = [parse_name(name) for name in one.authors]
        people = [
            {"family": n.family_with_particle, "given": n.given} if n.given else {"literal": n.family} for n in names
        ]
        people += [{"literal": "et al."}] * one.et_al
        items.append({
            "id": f"paper{number}", "type": "article", "title": one.title, "author": people, "abstract": one.abstract,
            "issued": {"date-parts": [[int(part) for part in one.date.split("-")]]},
        })  # fmt: skip
    return json.dumps(items, indent=1)


def inverted(name: str) -> str:
    parts = parse_name(name)
    return parts.sorted_form if parts.given else name


def printed_date(one: Record, newest: int) -> str:
    """``Jun 14, 2022``; without the year in the newest one, as such pages have it."""
    year, month, day = one.date.split("-")
    return f"{MONTHS[int(month) - 1]} {int(day)}" + (f", {year}" if int(year) < newest else "")


def as_cards(records: tuple[Record, ...], style: str) -> str:
    """A page of a paper-discovery site; its elements are named, nameless, or in another order."""
    newest = max(int(one.date[:4]) for one in records)
    cards = "\n".join(CARDS[style](one, printed_date(one, newest)) for one in records)
    return (
        '<!DOCTYPE html><html><head><title>Papers</title><script>var x = "<li>";</script></head><body>'
        '<nav><ul><li><a href="/">Home</a></li><li><a href="/trending">Trending papers, May 2026</a></li></ul></nav>'
        '<aside class="sidebar"><p>Sign up for our newsletter, Jun 1</p></aside>'
        f'<main><h1>Latest papers</h1><div class="feed">\n{cards}\n</div><button>Load more</button></main>'
        "<footer><p>About us. Privacy policy. © 2026</p></footer></body></html>"
    )


def _authors(one: Record) -> str:
    affiliations = f" · {', '.join(one.affiliations)}" if one.affiliations else ""
    return escape(", ".join(one.authors) + " et al." * one.et_al + affiliations)


def _named(one: Record, date: str) -> str:
    score = f'<span class="score">{one.score}</span>' if one.score is not None else ""
    code = '<span class="badge">Code</span>' if one.has_code else ""
    return (
        f'<article class="card"><div class="card-meta">{score}<span class="category">{one.category.split(".")[-1]}</span>'
        f'<time class="date">{date}</time>{code}</div><h3 class="card-title"><a href="/paper/x">{escape(one.title)}</a></h3>'
        f'<p class="authors">{_authors(one)}</p><p class="abstract">{escape(one.abstract)}</p></article>'
    )


def _nameless(one: Record, date: str) -> str:
    score = f"<span>{one.score}</span>" if one.score is not None else ""
    code = "<span>Code</span>" if one.has_code else ""
    return (
        f'<div class="p-4 rounded"><div><div class="flex gap-2">{score}<span>{one.category.split(".")[-1]}</span><span>{date}</span>{code}</div>'
        f'<a href="/paper/x"><div class="font-bold">{escape(one.title)}</div></a>'
        f"<div>{_authors(one)}</div><div>{escape(one.abstract)}</div></div></div>"
    )


def _reordered(one: Record, date: str) -> str:
    code = "<span>Code</span>" if one.has_code else ""
    score = f"<b>{one.score}</b> " if one.score is not None else ""
    return (
        f"<li><h2>{escape(one.title)}</h2>\n<p>{_authors(one)}</p>\n<p>{escape(one.abstract)}</p>\n"
        f"<p>{score}{one.category} {date} {code}</p></li>"
    )


def _plain(one: Record, date: str) -> str:
    score = f"{one.score}" if one.score is not None else ""
    code = "Code" if one.has_code else ""
    return (
        f"<div><p>{score}{one.category.split('.')[-1]}{date}{code}</p>\n<p>{escape(one.title)}</p>\n"
        f"<p>{_authors(one)}</p>\n<p>{escape(one.abstract)}</p></div>"
    )


CARDS = {"named": _named, "nameless": _nameless, "reordered": _reordered, "plain": _plain}
