"""``labpress init``: the files that a new site begins with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from labpress import __version__
from labpress.core.patterns import when_needed
from labpress.edges.durable import write_new
from labpress.entries.json_schemas import editor_schemas
from labpress.entries.schema import Json
from labpress.entries.snippets import front_matter_snippets
from labpress.entries.writing import write_value

STARTER = Path(__file__).parent / "starter"

FILES = {
    "site_src/site.yml": "site.yml",
    "site_src/people.yml": "people.yml",
    "site_src/topics.yml": "topics.yml",
    "site_src/papers/example2025paper.md": "entry.md",
    "site_src/pages/about.md": "about.md",
    ".gitignore": "gitignore.txt",
    ".gitattributes": "gitattributes.txt",
    ".github/workflows/pages.yml": "pages.yml",
    ".github/workflows/fetch.yml": "fetch.yml",
    ".vscode/settings.json": "settings.json",
    ".vscode/extensions.json": "extensions.json",
    "README.md": "readme.md",
}
"""Where a file goes -> the starter it is made from; their names begin with no dot, so that every tool packages them."""

SCHEMAS = ".vscode/labpress"
"""Folder of the schemas that the editor settings name."""

SNIPPETS = ".vscode/labpress.code-snippets"
"""Where VS Code looks for them: the keys of front matter, which its YAML support does not see."""


_MARKER = when_needed(r"@(title|tagline|url|repository|branch|name|version)@")
_UNSAID = {
    "title": "My lab",
    "tagline": "One line under the name.",
    "url": "https://lab.github.io/papers/",
    "repository": "https://github.com/lab/papers",
}
"""Key of site.yml -> what stands there as a comment until somebody says it."""


BRANCH = "main"
"""Of a repository that labpress makes."""


class Start(Struct, frozen=True, kw_only=True):
    """What a new site is called and where it will be."""

    title: str
    tagline: str = ""
    url: str = ""
    repository: str = ""
    branch: str = BRANCH
    """The branch that is worked on, and published at each push."""


def starter_files(start: Start) -> dict[str, str]:
    """Path below the lab's folder -> text."""
    return {path: _filled((STARTER / name).read_text(encoding="utf-8"), start) for path, name in FILES.items()} | (
        editor_files()
    )


def editor_files() -> dict[str, str]:
    """The schemas and snippets for editors, as this version of labpress would write them."""
    files = {f"{SCHEMAS}/{name}.json": schema for name, schema in editor_schemas().items()}
    files[SNIPPETS] = front_matter_snippets()
    return {path: _written(value) for path, value in files.items()}


def with_own_snippets(standing: bytes) -> bytes:
    """The snippets and what a person has added to ``standing``, which stays if it has all or is no plain JSON."""
    try:
        own = json.loads(standing)
    except ValueError:
        return standing
    together = {**(own if isinstance(own, dict) else {}), **front_matter_snippets()}
    return standing if together == own else _written(together).encode()


def _written(value: Json) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


def _filled(text: str, start: Start) -> str:
    """The text with each ``@marker@`` in its place; a key that nobody has answered stands as a comment."""
    filled = {"name": start.title, "version": __version__, "branch": json.dumps(start.branch, ensure_ascii=False)}
    for key, unsaid in _UNSAID.items():
        value = getattr(start, key)
        filled[key] = write_value(key, value).rstrip("\n") if value else f"# {key}: {unsaid}"
    if start.branch != BRANCH:
        filled["repository"] += "\n" + write_value("branch", start.branch).rstrip("\n")
    return _MARKER.sub(lambda match: filled[match[1]], text)


def write_starter(folder: Path, files: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Write the files that are not there yet. Gives the paths of those written, and of those left as they are."""
    left = write_new({folder / path: text.encode() for path, text in files.items()})
    kept = [path for path in files if folder / path in left]
    return [path for path in files if path not in kept], kept
