"""`labpress check` from the command line: what it says, what it writes, and what it asks of other sites."""

import json
import re
import shutil
import threading
import urllib.error
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from labpress.core.diagnostics import Span
from labpress.edges.cli import main
from labpress.edges.external import dead_external_links
from tests.test_lab import files_of

GOOD = "---\ntitle: A paper\nauthors: [Ada Quist]\ndate: 2020\n---\n\nWhat it says.\n"


@pytest.fixture
def content(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "site_src"
    (folder / "papers").mkdir(parents=True)
    (folder / "papers" / "quist2020paper.md").write_text(GOOD, encoding="utf-8")
    (folder / "papers" / "quist2020paper.pdf").write_bytes(b"%PDF")
    return folder


def test_a_site_without_faults_has_nothing_to_mend_and_nothing_is_written_but_the_cache(content, capsys):
    before = files_of(content.parent)

    assert main(["check", "--strict"]) == 0
    assert capsys.readouterr().out == "nothing to mend\n"
    shutil.rmtree(content.parent / ".labpress-cache")
    assert files_of(content.parent) == before


def test_a_lock_file_that_no_import_could_read_is_told_of(content, capsys):
    (content / "labpress.lock").write_text('{"version": 1, "entries": {\n', encoding="utf-8")

    assert main(["check"]) == 1
    assert "site_src/labpress.lock: error[bad-lock]: expected a lock file" in capsys.readouterr().err


def test_a_copy_that_was_left_behind_is_told_of_until_somebody_says_that_it_is_none(content, capsys):
    copy, draft = (content / "papers" / f"quist2020{name}.md" for name in ("paper_LOCAL_123", "draft"))
    copy.write_text(GOOD.replace("title:", "doi: 10.1234/5\ntitle:"), encoding="utf-8")
    draft.write_text(GOOD.replace("title:", "draft: true\ntitle:"), encoding="utf-8")

    assert main(["check"]) == 0
    assert re.findall(r"papers/(\w+).md:1: note\[near-duplicate\]: .* of (\w+) again", capsys.readouterr().err) == [
        ("quist2020paper_LOCAL_123", "quist2020paper")
    ]
    assert main(["duplicates", "--different", "quist2020paper", "quist2020paper_LOCAL_123"]) == 0
    capsys.readouterr()
    assert main(["check"]) == 0
    assert "near-duplicate" not in capsys.readouterr().err


def test_a_second_check_sees_what_has_changed_and_what_has_not(content, capsys):
    link = GOOD.replace("says.", "says, [there](/nowhere/).")
    (content / "papers" / "quist2021more.md").write_text(link, encoding="utf-8")
    assert main(["check", "--format", "json"]) == 1
    found = capsys.readouterr().out
    assert main(["check", "--format", "json"]) == 1
    assert capsys.readouterr().out == found
    (content / "papers" / "quist2021more.md").write_text(GOOD, encoding="utf-8")
    (content / "papers" / "quist2020paper.md").write_text(link, encoding="utf-8")
    assert main(["check", "--format", "json"]) == 1
    assert capsys.readouterr().out == found.replace("quist2021more", "quist2020paper")


@pytest.mark.parametrize("words", [[], ["--external"]])
def test_where_nothing_can_be_written_a_site_is_checked_all_the_same(words, content, capsys):
    (content.parent / ".labpress-cache").write_text("here can be no folder")
    before = files_of(content.parent)

    assert main(["check", "--strict", *words]) == 0
    assert capsys.readouterr().out == "nothing to mend\n"
    assert files_of(content.parent) == before


def test_a_dead_link_is_told_at_its_line_in_the_entry(content, capsys):
    (content / "papers" / "quist2021more.md").write_text(
        GOOD.replace("says.", "says, [there](/nowhere/) and [here](#not-here)."), encoding="utf-8"
    )
    code = main(["check", "--format", "json"])
    said = {fault["code"]: fault for fault in map(json.loads, capsys.readouterr().err.splitlines())}

    assert code == 1
    assert (said["dead-link"]["path"], said["dead-link"]["line"]) == ("site_src/papers/quist2021more.md", 7)
    assert (said["dead-anchor"]["path"], said["dead-anchor"]["line"]) == ("site_src/papers/quist2021more.md", 7)


def test_a_date_that_cannot_be_read_is_not_said_to_be_missing_too(content, capsys):
    (content / "papers" / "quist2021more.md").write_text(GOOD.replace("2020", "2020-13"), encoding="utf-8")

    assert main(["check"]) == 1
    assert "error[bad-date]" in (said := capsys.readouterr().err)
    assert "no-date" not in said


def test_warnings_fail_a_strict_check_only(content, capsys):
    (content / "papers" / "quist2021more.md").write_text(GOOD.replace("date: 2020\n", ""), encoding="utf-8")

    assert main(["check"]) == 0
    assert main(["check", "--strict"]) == 1
    assert "warning[no-date]" in capsys.readouterr().err


def test_many_notes_of_one_kind_are_counted(content, capsys):
    for number in range(9):
        (content / "papers" / f"quist20{number:02}.md").write_text(GOOD, encoding="utf-8")
    main(["check"])
    text = capsys.readouterr().err
    main(["check", "--format", "github"])

    assert text.count("note[distant-pdf]") == 4
    assert "and 6 more notes of this kind" in text
    assert capsys.readouterr().err.count("title=distant-pdf") == 9


@pytest.fixture
def misspelt(content):
    path = content / "papers" / "quist2021more.md"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("date: 2020", "daet: 14 June 2020").encode())
    return path


def test_fixes_are_shown_and_written_only_when_a_person_says_so(misspelt, capsys, monkeypatch):
    before = misspelt.read_bytes()
    main(["check", "--fix"])
    shown = capsys.readouterr().out
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _question: "n")
    main(["check", "--fix"])

    assert "-daet: 14 June 2020\n+date: 14 June 2020\n" in shown
    assert "nothing was written: give --yes to write it" in shown
    assert misspelt.read_bytes() == before


def test_what_was_edited_while_the_question_stood_is_not_written_over(misspelt, capsys, monkeypatch):
    edited = GOOD.replace("What it says", "What a person has written meanwhile").encode()
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _question: "y" if misspelt.write_bytes(edited) else "n")

    assert main(["check", "--fix"]) == 1
    assert misspelt.read_bytes() == edited
    assert "quist2021more.md: error[changed-meanwhile]" in capsys.readouterr().err


def test_fixes_lead_to_what_they_uncover(misspelt):
    main(["check", "--fix", "--yes"])
    main(["check", "--fix", "--yes"])

    assert misspelt.read_bytes() == b"\xef\xbb\xbf" + GOOD.replace("date: 2020", "date: 2020-06-14").encode()
    assert main(["check"]) == 0


@pytest.mark.parametrize(("pages", "name"), [("folder", "pages/way.md"), ("all", "visit/way.md")])
def test_pages_are_fixed_wherever_they_lie(content, pages, name):
    (content / "site.yml").write_text(f"pages: {pages}\n", encoding="utf-8")
    (content / name).parent.mkdir(parents=True, exist_ok=True)
    (content / name).write_text("---\ntitel: The way\n---\nBy train.\n", encoding="utf-8")
    main(["check", "--fix", "--yes"])

    assert (content / name).read_text(encoding="utf-8").startswith("---\ntitle: The way\n")


def test_a_file_that_is_not_utf_8_is_never_fixed(content):
    path = content / "papers" / "quist2021more.md"
    path.write_bytes("---\ntitel: Café\n---\n".encode("latin-1"))
    main(["check", "--fix", "--yes"])

    assert path.read_bytes() == "---\ntitel: Café\n---\n".encode("latin-1")


def test_a_site_that_cannot_be_built_is_explained(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    assert main(["check"]) == 1
    assert "error[no-content]" in capsys.readouterr().err


# Other sites


NO_HEADS = {200: 405, 201: 404, 410: 405}
"""Answers that are given to GET alone -> what HEAD is told."""


class _Elsewhere(BaseHTTPRequestHandler):
    asked: ClassVar[list] = []

    def do_HEAD(self):
        self.asked.append((self.command, self.path, self.headers["User-Agent"].split("/")[0]))
        answer = int(self.path.strip("/"))
        self.send_response(NO_HEADS.get(answer, answer) if self.command == "HEAD" else answer)
        self.send_header("Location", "http://localhost:abc/")
        self.end_headers()
        self.wfile.write(b"what it says")

    do_GET = do_HEAD  # noqa: N815  The name that http.server asks for.

    def log_message(self, *_facts):
        pass


@pytest.fixture
def elsewhere():
    _Elsewhere.asked = []
    with ThreadingHTTPServer(("127.0.0.1", 0), _Elsewhere) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def refusals(monkeypatch):
    """Every answer that was an error to Python."""
    seen = []

    class Seen(urllib.error.HTTPError):
        def __init__(self, *arguments):
            super().__init__(*arguments)
            seen.append(self)

    monkeypatch.setattr("urllib.request.HTTPError", Seen)
    return seen


def test_only_what_is_surely_gone_is_a_dead_link_and_is_asked_once(elsewhere, tmp_path, refusals):
    # An answer 0 is none of HTTP, and 302 leads to an address that nobody can read.
    links = {f"{elsewhere}/{answer}": Span("x.md", answer) for answer in (200, 201, 404, 410, 429, 500, 0, 302)}
    links |= dict.fromkeys(["https://doi.org/10.1/x", "http://[bad/", "http://localhost:abc/"], Span("x.md"))
    memory = tmp_path / "cache" / "external.json"
    faults = dead_external_links(links, memory=memory, pause=0)
    again = dead_external_links(links, memory=memory, pause=0)

    assert [(fault.code, fault.span.line) for fault in faults] == [
        ("dead-external-link", 404),
        ("dead-external-link", 410),
    ]
    assert again == faults
    assert _Elsewhere.asked == [
        ("HEAD", "/200", "labpress"),
        ("GET", "/200", "labpress"),
        ("HEAD", "/201", "labpress"),
        ("GET", "/201", "labpress"),
        ("HEAD", "/404", "labpress"),
        ("GET", "/404", "labpress"),
        ("HEAD", "/410", "labpress"),
        ("GET", "/410", "labpress"),
        *(("HEAD", f"/{answer}", "labpress") for answer in (429, 500, 0, 302)),
    ]
    assert all(refusal.closed for refusal in refusals)


@pytest.mark.parametrize("said", ["{]", "[" * 100_000])
def test_a_damaged_memory_and_a_closed_door_are_no_faults(tmp_path, said):
    memory = tmp_path / "external.json"
    memory.write_text(said, encoding="utf-8")

    assert dead_external_links({"http://127.0.0.1:9/x": Span("x.md")}, memory=memory, pause=0) == ()


def test_only_a_check_that_is_told_to_asks(content, elsewhere, capsys):
    (content / "papers" / "quist2021more.md").write_text(
        GOOD.replace("What", f"[What]({elsewhere}/404)"), encoding="utf-8"
    )
    main(["check"])
    assert _Elsewhere.asked == []
    main(["check", "--external"])
    assert "quist2021more.md:7" in capsys.readouterr().err


@pytest.mark.parametrize("features", ["", "features: {papers: false, venues: false}\n"])
def test_a_menu_leaves_out_what_the_site_does_not_have_yet(features, content, capsys):
    (content / "site.yml").write_text(
        f"menu: [papers, tags, years, people, authors, venues]\n{features}", encoding="utf-8"
    )

    assert main(["check"]) == 0
    assert not re.search("dead-link|unknown-page", capsys.readouterr().err)
