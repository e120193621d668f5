"""Which files a build makes anew after each kind of edit, and why."""

from __future__ import annotations

from pathlib import Path

import pytest
from worlds import Lab, paper

from labpress.edges.building import BuildPlace, build_place
from tests.conftest import TESTS
from tests.spec_files import Case, cases, check

SPECS = Path(__file__).parents[1] / "specs" / "incremental" / "edits.md"

FEW_FILES = (
    "title: A lab\nfeatures: {orders: false, exports: false, list_exports: false, feeds: false, share_image: false,"
    " metadata: false, search: false, statistics: false}\n"
)


def small_lab() -> Lab:
    lab = Lab(
        {
            "site.yml": FEW_FILES,
            "pages/join.md": "---\ntitle: Join us\n---\nCome.\n",
            "papers/bee2020one.md": paper("One", authors="[Ann Bee]", date="2020", tags="[vision]"),
            "papers/bee2021two.md": paper("Two", authors="[Ann Bee, Cee Dee]", date="2021", tags="[vision, graphs]"),
            "papers/dee2022three.md": paper("Three", authors="[Cee Dee]", date="2022", tags="[graphs]"),
        }
    )
    lab.statics["static/logo.png"] = b"logo"
    return lab


def carry_out(lab: Lab, line: str) -> None:
    """``replace PATH OLD => NEW``, ``write PATH TEXT``, ``delete PATH``, ``rename PATH PATH``, ``damage FILE``..."""
    verb, path, *rest = line.split(" ", 2)
    text = rest[0].replace("\\n", "\n") if rest else ""
    if verb == "replace":
        old, new = text.split(" => ")
        assert old in lab.files[path], line
        lab.files[path] = lab.files[path].replace(old, new)
    elif verb == "write":
        target = lab.templates if path.startswith("templates/") else lab.files
        target[path.removeprefix("templates/")] = text
    elif verb == "delete":
        del lab.files[path]
    elif verb == "rename":
        lab.files[text] = lab.files.pop(path)
    elif verb == "static":
        lab.statics[path] = text.encode()
    elif verb == "damage":
        lab.output.put(path, text.encode())
    elif verb == "lose":
        del lab.output.files[path]
    elif verb == "update":
        lab.code = text
    else:
        pytest.fail(f"no such step: {line}")


@pytest.mark.parametrize("case", cases(SPECS), ids=lambda case: case.title)
def test_edit(case: Case):
    lab = small_lab()
    lab.build()
    for line in case.given.splitlines():
        carry_out(lab, line)

    report = lab.build()

    kept = set(report.reasons) - {*report.written, *report.removed}
    lines = [
        f"{path}: {'; '.join(reasons)}{' (same bytes)' if path in kept else ''}"
        for path, reasons in report.reasons.items()
    ]
    lines += [f"removed: {path}" for path in sorted(report.removed)]
    lines += [f"{fault.severity}: {fault.span.path if fault.span else ''}" for fault in report.diagnostics]
    check(case, "".join(f"{line}\n" for line in lines) or "nothing\n")
    assert lab.site() == lab.clean_site()


def test_what_pages_load_stands_before_any_page(tmp_path):
    """Whoever looks while a theme changes sees no page without its style."""
    written = []
    place = BuildPlace(source=str(TESTS / "lab"), output=str(tmp_path / "_site"), use_cache=False, workers=1)
    build_place(place, on_written=written.append)
    first_page = next(number for number, path in enumerate(written) if path.endswith(".html"))

    assert not [path for path in written[first_page:] if path.startswith("assets/")]
    assert first_page > 5
