"""A paper of thousands of authors names them all, and does not make a page for each."""

from labpress.site.catalog import CROWD
from tests.conftest import build_site

HEAD = "---\ntitle: {}\nauthors:\n{}---\n"


def site(tmp_path, authors: int):
    papers = tmp_path / "content" / "papers"
    papers.mkdir(parents=True)
    names = [f"Ann{number} Bee{number}" for number in range(authors)]
    (papers / "crowd.md").write_text(HEAD.format("Crowd", "".join(f"  - {name}\n" for name in names)))
    (papers / "pair.md").write_text(HEAD.format("Pair", f"  - {names[1]}\n  - Cee Dee\n"))
    (tmp_path / "content" / "people.yml").write_text(f"ann: {{name: {names[0]}}}\n")
    report = build_site(tmp_path / "content", tmp_path / "_site")
    assert report.diagnostics == ()
    pages = {path.parent.name for path in (tmp_path / "_site" / "authors").glob("*/index.html")}
    return pages, (tmp_path / "_site" / "papers" / "crowd" / "index.html").read_text()


def test_authors_of_crowds_alone_have_no_page_but_members_and_authors_of_other_papers_do(tmp_path):
    pages, paper = site(tmp_path, CROWD + 1)

    assert pages == {"ann", "ann1-bee1", "cee-dee"}
    assert 'href="../../authors/ann/" class="member">Ann0 Bee0' in paper
    assert f"Ann{CROWD} Bee{CROWD}" in paper


def test_authors_of_smaller_papers_have_a_page_each(tmp_path):
    pages, _paper = site(tmp_path, CROWD)

    assert len(pages) == CROWD + 1
