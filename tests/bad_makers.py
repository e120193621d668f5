"""Broken sites that cannot lie in a repository: made when a test needs them. Name of the fault -> what makes it."""

from __future__ import annotations

import os
import socket
import unicodedata
from collections.abc import Callable
from pathlib import Path

LIFT = "---\ntitle: LIFT\n---\n\nWords.\n"


def entry(name: str, text: str = LIFT) -> Callable[[Path], None]:
    """Makes one paper more, called ``name``."""

    def make(content: Path) -> None:
        (content / "papers" / name).write_text(text, encoding="utf-8", errors="surrogatepass")

    return make


def link(name: str, target: str) -> Callable[[Path], None]:
    """Makes a symbolic link in the content folder."""
    return lambda content: (content / name).symlink_to(target)


def several(*makers: Callable[[Path], None]) -> Callable[[Path], None]:
    def make(content: Path) -> None:
        for one in makers:
            one(content)

    return make


def folder(name: str) -> Callable[[Path], None]:
    return lambda content: (content / name).mkdir(parents=True)


def written(name: str, data: bytes) -> Callable[[Path], None]:
    def make(content: Path) -> None:
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_bytes(data)

    return make


def bound_socket(content: Path) -> None:
    here = Path.cwd()
    os.chdir(content / "papers")  # The path of a socket may have a hundred characters.
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind("lift.md")
    finally:
        os.chdir(here)


def large_file(content: Path) -> None:
    with (content / "papers" / "lift.md").open("wb") as file:
        file.write(LIFT.encode())
        file.truncate(100_000_000)


def many_authors(content: Path) -> None:
    authors = "".join(f"  - Ann{number} Bee{number}\n" for number in range(5000))
    entry("lift.md", f"---\ntitle: LIFT\nauthors:\n{authors}---\n")(content)


MAKERS: dict[str, Callable[[Path], None]] = {
    "pipe": lambda content: os.mkfifo(content / "papers" / "lift.md"),
    "socket": bound_socket,
    "folder-called-md": folder("papers/lift.md"),
    "folder-called-site-yml": folder("site.yml"),
    "link-in-a-circle": several(link("papers/a.md", "b.md"), link("papers/b.md", "a.md")),
    "link-to-itself": link("papers/lift.md", "lift.md"),
    "link-to-nowhere": link("papers/lift.md", "nowhere.md"),
    "link-to-a-secret": link("papers/lift.md", "/etc/passwd"),
    "link-to-the-folder-above": link("papers/all", ".."),
    "link-to-a-device": link("papers/lift.md", "/dev/zero"),
    "static-link-to-a-secret": several(folder("static"), link("static/passwd", "/etc/passwd")),
    "file-of-100-megabytes": large_file,
    "entry-of-13-megabytes": entry("lift.md", LIFT + "word " * 2_600_000),
    "front-matter-of-2-megabytes": entry("lift.md", LIFT.replace("LIFT", "word " * 400_000)),
    "authors-5000": many_authors,
    "tags-2000": entry("lift.md", LIFT.replace("---\n\n", f"tags: [{', '.join(f't{n}' for n in range(2000))}]\n---\n\n")),
    "title-of-100000-letters": entry("lift.md", LIFT.replace("LIFT", "LIFT" * 25_000)),
    "brackets-100000-in-an-abstract": entry("lift.md", LIFT + "[" * 100_000),
    "elements-20000-in-an-abstract": entry("lift.md", LIFT + "<div>" * 20_000),
    "formula-of-5000-braces": entry("lift.md", f"{LIFT}${'{' * 5000}x{'}' * 5000}$"),
    "yaml-two-million-brackets": entry("lift.md", LIFT.replace("LIFT", "[" * 900_000)),
    "yaml-deep-indentation": entry("lift.md", "---\n" + "".join(f"{' ' * n}a:\n" for n in range(300)) + "---\n"),
    "name-of-200-characters": entry(f"{'l' * 200}.md"),
    "name-that-turns-the-writing": entry("lift\u202efdp.md"),
    "name-with-a-zero-width-space": entry("li\u200bft.md"),
    "name-with-a-line-end": entry("li\nft.md"),
    "name-of-no-text": lambda content: Path(os.fsdecode(bytes(content / "papers") + b"/li\xfft.md")).write_text(LIFT, encoding="utf-8"),
    "names-alike-but-for-composition": several(
        entry(unicodedata.normalize("NFC", "müller.md")), entry(unicodedata.normalize("NFD", "müller.md"))
    ),
    "name-of-windows-con": entry("con.md"),
    "name-of-windows-aux": entry("aux.tables.md"),
    "two-pages-with-one-name-but-for-case": several(written("pages/Team.md", b"A"), written("pages/team.md", b"B")),
    "pages-a-file": written("pages", b"no folder\n"),
    "static-folder-300-deep": written("static/" + "/".join(["a"] * 300) + "/b.txt", b"words"),
    "papers-folder-300-deep": written("papers/" + "/".join(["a"] * 300) + "/lift.md", LIFT.encode()),
    "output-full-of-other-files": lambda content: written("_site/photo.txt", b"mine\n")(content.parent),
    "output-a-file": lambda content: written("_site", b"mine\n")(content.parent),
    "output-the-repository": folder("../.git"),
    "output-the-home-folder": folder("../../home"),
    "output-a-link-to-the-content": lambda content: (content.parent / "_site").symlink_to("content"),
}  # fmt: skip

ARGUMENTS: dict[str, list[str]] = {
    "output-the-root": ["--output", "/"],
    "output-the-home-folder": ["--output", "../home"],
    "output-the-content": ["--output", "content"],
    "output-among-the-papers": ["--output", "content/papers"],
    "output-the-repository": ["--output", "."],
    "output-above-the-repository": ["--output", ".."],
    "output-the-empty-word": ["--output", ""],
    "content-missing": ["--source", "contents"],
    "content-a-file": ["--source", "content/papers/good2020paper.md"],
    "base-url-that-runs": ["--base-url", "javascript:alert(1)"],
    "base-url-of-words": ["--base-url", "our page"],
    "unknown-option": ["--quick"],
    "workers-many": ["--workers", "many"],
}
"""Fault -> what is added to the command line."""
