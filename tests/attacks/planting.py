"""Content folders with an attack in every place that a person or a source can fill.

The places are read off the schemas that editors get, so a new key is attacked by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, islice, zip_longest
from pathlib import Path
from typing import Any

import yaml

from labpress.entries.json_schemas import editor_schemas
from tests.conftest import TESTS

SCRIPTS = (TESTS / "specs" / "markup" / "attacks.txt").read_text(encoding="utf-8").splitlines()
"""Ways to run a script, one a line."""

ADDRESSES = [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)//https://x.org", "java\tscript:alert(1)", "&#106;avascript:alert(1)",
    "javascript:alert(1)//https://arxiv.org/abs/2206.06565", "vbscript:x", "data:text/html,<script>alert(1)</script>",
    "data:image/svg+xml,<svg onload=alert(1)>", "\\\\evil.example/x", "/\\evil.example", 'https://example.org/"><script>alert(1)</script>',
    "https://example.org/'onmouseover='alert(1)", "https://example.org/}, url = {javascript:alert(1)", "//evil.example/x.js",
    'x.png?"onerror="alert(1)', "../../../../etc/passwd", "10.1000/<script>alert(1)</script>", '10.1000/x"onclick="alert(1)',
]  # fmt: skip
"""Addresses and identifiers that break out of an attribute, or lead where nobody should go."""

LINES = [
    "x\nUR  - javascript:alert(1)\nER  - \nTY  - JOUR", "x},\n}\n@misc{evil, url = {javascript:alert(1)},", 'x" # evil # "',
    "x\r\n\r\n<script>alert(1)</script>", "</title><script>alert(1)</script>", "]]><script>alert(1)</script>", "--><script>alert(1)</script>",
    "\u2028alert(1)//", "x', alert(1), '", "</textarea></style></noscript><img src=x onerror=alert(1)>", "x;background:url(//evil.example)",
]  # fmt: skip
"""Ends of what a text may stand in: a line of RIS, a field of BibTeX, a script, a comment, a title."""

SUM = 7919 * 7907
TEMPLATES = [
    "{{ 7919*7907 }}",
    "${7919*7907}",
    "<%= 7919*7907 %>",
    "#{7919*7907}",
    "{% set x = 7919*7907 %}{{ x }}",
    "{{ site }}",
]
"""Template syntax: where it is obeyed, ``SUM`` appears or a template fails."""

ATTACKS = tuple(
    dict.fromkeys(attack for group in zip_longest(LINES, ADDRESSES, TEMPLATES, SCRIPTS) for attack in group if attack)
)


def planted(schema: dict[str, Any], attacks: Iterator[str]) -> Any:
    """A value of the shape of ``schema`` whose every text, key and flag is the next attack."""
    if "anyOf" in schema:
        shapes = schema["anyOf"]
        several = next((shape for shape in shapes if shape.get("type") == "array"), None)
        return planted(several or next((one for one in shapes if one.get("type") == "object"), shapes[0]), attacks)
    kind = schema.get("type", "string")
    if kind == "array":
        items = schema["items"]
        return [planted(shape, attacks) for shape in items.get("anyOf", [items])]
    if kind == "object":
        return _mapping(schema, attacks)
    if kind == "boolean":
        return True
    return next(attacks)


def _mapping(schema: dict[str, Any], attacks: Iterator[str]) -> dict[str, Any]:
    values = {key: planted(value, attacks) for key, value in schema.get("properties", {}).items()}
    others = schema.get("additionalProperties", {"type": "string"})
    if others is not False:
        values |= {next(attacks): planted(others, attacks) for _ in range(2)}
    return values


def plant(folder: Path, count: int, offset: int = 0) -> None:
    """Write ``count`` papers, people, topics and pages, and the settings; ``offset`` decides which attack is where."""
    schemas = editor_schemas()
    (folder / "pages" / "news").mkdir(parents=True)
    (folder / "papers").mkdir()
    people, topics = {}, {}
    for number in range(count):
        attacks = islice(cycle(ATTACKS), (offset + number) * 7, None)
        person = planted(schemas["people"]["additionalProperties"], attacks) | {"orcid": "0000-0002-1825-0097"}
        people[f"ann{number}" if number % 2 else next(attacks)] = person
        topic = next(attacks)
        topics[topic] = planted(schemas["topics"]["additionalProperties"]["anyOf"][-1], attacks)
        paper = planted(schemas["entry"], attacks) | {"draft": False}
        for key in ("author", "tag", "editor", "category", "affiliation", "lang"):
            paper.pop(key, None)
        paper["authors"].append(person["name"])
        paper["tags"].append(topic)
        if number % 2:
            paper |= {"date": f"{2000 + number % 20}-05-06", "type": "article", "language": "en", "arxiv": "2206.06565"}
        write(folder / "papers" / f"paper{number}.md", paper, texts(attacks))
        page = planted(schemas["page"], attacks) | {"draft": False, "order": number}
        kind = "news" if number % 3 == 0 else ""
        write(
            folder / "pages" / kind / f"page{number}.md",
            page | ({"date": "2024-01-02"} if kind else {}),
            texts(attacks),
        )
    attacks = islice(cycle(ATTACKS), offset, None)
    settings = planted(schemas["site"], attacks)
    usual = {
        "url": "https://lab.example.org/pubs/",
        "language": "en",
        "per_page": 10,
        "home": {"selected": 50, "news": 50},
    }
    for key in ("theme", "home"):
        settings.pop(key)
    dump(folder / "site.yml", settings | usual)
    dump(folder / "people.yml", people)
    dump(folder / "topics.yml", topics)


def texts(attacks: Iterator[str]) -> str:
    """A body with attacks as a paragraph, in a list, a table, a heading, a footnote and code."""
    forms = (
        "{}",
        "Words {} words.",
        "> - {}",
        "| a |\n|---|\n| {} |",
        "Words[^1].\n\n[^1]: {}",
        "### {}",
        "```{}\n{}\n```",
    )
    return "\n\n".join(form.format(next(attacks), next(attacks)) for form in forms)


def write(path: Path, front: dict[str, Any], body: str) -> None:
    text = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=10_000)
    path.write_text(f"---\n{text}---\n\n{body}\n", encoding="utf-8", newline="")


def dump(path: Path, values: dict[str, Any]) -> None:
    path.write_text(yaml.safe_dump(values, allow_unicode=True, sort_keys=False), encoding="utf-8")
