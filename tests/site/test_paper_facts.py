"""What a paper's page says of where the paper is."""

import pytest
from bs4 import BeautifulSoup

from tests.conftest import build_site


@pytest.mark.parametrize(
    ("doi", "address"),
    [
        ("10.1000/456#789", "https://doi.org/10.1000/456%23789"),
        ("10.1073/pnas.0<9>", "https://doi.org/10.1073/pnas.0%3C9%3E"),
        ("10.1002/(sici)1-2;3", "https://doi.org/10.1002/(sici)1-2;3"),
    ],
)
def test_a_doi_is_linked_by_an_address_that_resolves_it(tmp_path, doi, address):
    (tmp_path / "content" / "papers").mkdir(parents=True)
    (tmp_path / "content" / "papers" / "one.md").write_text(f'---\ntitle: One\ndoi: "{doi}"\n---\n')
    build_site(tmp_path / "content", tmp_path / "_site")
    shown = BeautifulSoup((tmp_path / "_site" / "papers" / "one" / "index.html").read_text(), "html.parser")

    linked = [one["href"] for one in shown.select("main a[href]") if "doi.org" in one["href"]]
    assert set(linked) == {address}
    assert len(linked) > 1
