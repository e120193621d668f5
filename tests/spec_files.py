"""Spec files: cases as data. A case is a heading that states a fact, then an input block and an expected block.

LABPRESS_UPDATE=1 writes what the code gives now into the expected blocks; the difference is then read by eye.
"""

import os
import re
from pathlib import Path
from typing import NamedTuple

UPDATE = "LABPRESS_UPDATE" in os.environ
_CASE = re.compile(
    r"^## (?P<title>.+)\n\n(?P<fence>`{3,}).*\n(?P<given>(?:.*\n)*?)(?P=fence)\n\n(?P=fence)\n(?P<expected>(?:.*\n)*?)(?P=fence)\n",
    re.MULTILINE,
)


class Case(NamedTuple):
    path: Path
    title: str
    given: str
    expected: str


def cases(path: Path) -> list[Case]:
    """Every case of a spec file. A heading that is no case is a mistake, and fails."""
    text = path.read_text(encoding="utf-8")
    found = [Case(path, match["title"], match["given"], match["expected"]) for match in _CASE.finditer(text)]
    assert len(found) == len(re.findall(r"^## ", text, re.MULTILINE)), f"{path.name}: a heading is not a whole case"
    assert len({case.title for case in found}) == len(found), f"{path.name}: two cases have one title"
    return found


def check(case: Case, actual: str) -> None:
    """Compare, or update the file."""
    if UPDATE and actual != case.expected:
        text = case.path.read_text(encoding="utf-8")
        match = next(match for match in _CASE.finditer(text) if match["title"] == case.title)
        case.path.write_text(text[: match.start("expected")] + actual + text[match.end("expected") :], encoding="utf-8")
        return
    assert actual == case.expected
