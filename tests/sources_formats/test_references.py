"""References in the styles that people write, and lists of people."""

import pytest

from labpress.sources.draft import Draft, name_text
from labpress.sources.loose_dates import loose_date
from labpress.sources.mentions import arxiv_in, doi_in, link_kind, urls_in
from labpress.sources.people import parse_people
from labpress.sources.published_in import take_published_in
from labpress.sources.references import read_reference

REFERENCES = {
    "APA": (
        "Dinh, T., Zeng, Y., & Lee, K. (2022). LIFT: Language-interfaced fine-tuning for non-language tasks. Advances in Neural Information Processing Systems, 35, 11763-11784.",
        ["T. Dinh", "Y. Zeng", "K. Lee"], "LIFT: Language-interfaced fine-tuning for non-language tasks", "Advances in Neural Information Processing Systems", "2022"),
    "IEEE": (
        "[3] T. Dinh, Y. Zeng, and K. Lee, “LIFT: Language-interfaced fine-tuning,” in Advances in Neural Information Processing Systems, vol. 35, pp. 11763–11784, 2022.",
        ["T. Dinh", "Y. Zeng", "K. Lee"], "LIFT: Language-interfaced fine-tuning", "Advances in Neural Information Processing Systems", "2022"),
    "MLA": (
        'Dinh, Tuan, Yuchen Zeng, and Kangwook Lee. "LIFT: Language-interfaced fine-tuning." Advances in NeurIPS 35 (2022): 11763-11784.',
        ["Tuan Dinh", "Yuchen Zeng", "Kangwook Lee"], "LIFT: Language-interfaced fine-tuning", "Advances in NeurIPS", "2022"),
    "ICML": (
        "Li, Y., Ildiz, M. E., Papailiopoulos, D., and Oymak, S. Transformers as algorithms: Generalization and stability. In ICML, 2023.",
        ["Y. Li", "M. E. Ildiz", "D. Papailiopoulos", "S. Oymak"], "Transformers as algorithms: Generalization and stability", "ICML", "2023"),
    "ACM": (
        "Ashish Vaswani, Noam Shazeer. 2017. Attention is all you need. In Proceedings of NIPS. ACM, New York.",
        ["Ashish Vaswani", "Noam Shazeer"], "Attention is all you need", "Proceedings of NIPS", "2017"),
    "Springer": (
        "Smith, J., Doe, A.: Deep graphs for vision. In: Müller, H. (ed.) ECCV 2020. LNCS, vol. 12345, pp. 1–17. Springer (2020)",
        ["J. Smith", "A. Doe"], "Deep graphs for vision", "ECCV 2020", "2020"),
    "Vancouver": (
        "Smith J, Doe AB. A trial of something in mice. N Engl J Med. 2020;382(8):727-733.",
        ["J. Smith", "A. B. Doe"], "A trial of something in mice", "N Engl J Med", "2020"),
    "physics": (
        "C. Elegans and J. Rousseau, On the origin, structure, and fate of things, Phys. Rev. Lett. 100, 1234 (2008)",
        ["C. Elegans", "J. Rousseau"], "On the origin, structure, and fate of things", "Phys. Rev. Lett", "2008"),
    "authors, title, venue": (
        "Tuan Dinh, Yuchen Zeng, Kangwook Lee. LIFT: Language-Interfaced Fine-Tuning. NeurIPS 2022.",
        ["Tuan Dinh", "Yuchen Zeng", "Kangwook Lee"], "LIFT: Language-Interfaced Fine-Tuning", "NeurIPS 2022", "2022"),
    "title, authors, venue": (
        "LIFT: Language-Interfaced Fine-Tuning. Tuan Dinh, Yuchen Zeng, Kangwook Lee. NeurIPS 2022.",
        ["Tuan Dinh", "Yuchen Zeng", "Kangwook Lee"], "LIFT: Language-Interfaced Fine-Tuning", "NeurIPS 2022", "2022"),
    "title first, only commas": (
        "LIFT: Language-Interfaced Fine-Tuning, Tuan Dinh, Yuchen Zeng, NeurIPS 2022",
        ["Tuan Dinh", "Yuchen Zeng"], "LIFT: Language-Interfaced Fine-Tuning", "NeurIPS 2022", "2022"),
    "authors first, only commas": (
        "Tuan Dinh, Yuchen Zeng, LIFT: Language-Interfaced Fine-Tuning, NeurIPS 2022",
        ["Tuan Dinh", "Yuchen Zeng"], "LIFT: Language-Interfaced Fine-Tuning", "NeurIPS 2022", "2022"),
    "dashes": (
        "Transformers as Algorithms - Yingcong Li, Samet Oymak - ICML 2023",
        ["Yingcong Li", "Samet Oymak"], "Transformers as Algorithms", "ICML 2023", "2023"),
    "a question in the title": (
        "J. K. Smith and A. Doe. Why is it so? A study of things. Journal of Things, 12(3):45-67, June 2020.",
        ["J. K. Smith", "A. Doe"], "Why is it so? A study of things", "Journal of Things", "2020-06"),
}  # fmt: skip


@pytest.mark.parametrize("style", REFERENCES)
def test_reference(style: str) -> None:
    text, authors, title, venue, date = REFERENCES[style]
    found = read_reference(text)
    assert found is not None
    draft = Draft()
    take_published_in(draft, found.rest)
    assert [name_text(name) for name in found.people.names] == authors
    assert (found.title, draft.venue, draft.date) == (title, venue, date)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Jan Müller, Jane Doe & Max Mustermann", ["Jan Müller", "Jane Doe", "Max Mustermann"]),
        ("Müller, J., Doe, J. K., & Lee, B.", ["J. Müller", "J. K. Doe", "B. Lee"]),
        ("Müller, Jan; Doe, Jane", ["Jan Müller", "Jane Doe"]),
        ("Müller J, Doe JK", ["J. Müller", "J. K. Doe"]),
        ("Müller J.; Doe J.K.; Zhang Y.-F.", ["J. Müller", "J. K. Doe", "Y.-F. Zhang"]),
        ("Müller J., van der Berg J.K.", ["J. Müller", "J. K. van der Berg"]),
        ("Müller J, Doe JK.", ["J. Müller", "J. K. Doe"]),
        ("Smith, John, Jane Doe, and Bob Lee", ["John Smith", "Jane Doe", "Bob Lee"]),
        ("Jan van der Berg, Al Gore, Jr., and X Y", ["Jan van der Berg", "Al Gore Jr.", "X Y"]),
        ("Tuan Dinh*, Yuchen Zeng†, Ruisu Zhang", ["Tuan Dinh", "Yuchen Zeng", "Ruisu Zhang"]),
        ("Tuan Dinh1,2, Yuchen Zeng2", ["Tuan Dinh", "Yuchen Zeng"]),
        ("DeepSeek-AI, Daya Guo", ["DeepSeek-AI", "Daya Guo"]),
        ("王小明, 李四", ["王小明", "李四"]),
        ("van der Berg, J., de Souza, M.A.", ["J. van der Berg", "M. A. de Souza"]),
        ("Núñez, A. y Pérez, M.", ["A. Núñez", "M. Pérez"]),
        ("J. García y A. Núñez", ["J. García", "A. Núñez"]),
        ("José Ortega y Gasset, Ana López", ["José Ortega y Gasset", "Ana López"]),
        ("Mario Rossi e Anna Bianchi", ["Mario Rossi", "Anna Bianchi"]),
        ("A. Costa e Silva, M. Lopes", ["A. Costa e Silva", "M. Lopes"]),
        ("Jan Bakker en Anna de Vries", ["Jan Bakker", "Anna de Vries"]),
        ("Anna Berg, Olof Lund och Karin Holm", ["Anna Berg", "Olof Lund", "Karin Holm"]),
        ("Jan Müller und Eva Groß", ["Jan Müller", "Eva Groß"]),
        ("Wang X M, Li S", ["X. M. Wang", "S. Li"]),
        ("John Smith, MD", ["John Smith"]),
        ("John Smith, M.D., Ph.D. and Mary Jones, MPH", ["John Smith", "Mary Jones"]),
        ("John Smith, MD; Mary Jones, PhD", ["John Smith", "Mary Jones"]),
        ("Garcia Lopez, M.D., Perez, J.A.", ["Garcia Lopez, M. D.", "J. A. Perez"]),
        ("CMS and TOTEM Collaborations", ["{CMS Collaboration}", "{TOTEM Collaboration}"]),
        ("Jane Doe, +6 authors, Ann Lee", ["Jane Doe", "Ann Lee"]),
        ("", []),
    ],
)
def test_people(text: str, names: list[str]) -> None:
    assert [name_text(name) for name in parse_people(text).names] == names


@pytest.mark.parametrize("text", ["A. Smith, B. Lee, ..., C. Doe", "A. Smith, B. Lee, … & C. Doe"])
def test_people_who_are_left_out_in_the_middle(text: str) -> None:
    people = parse_people(text)
    assert people.et_al
    assert [name_text(name) for name in people.names] == ["A. Smith", "B. Lee", "C. Doe"]


@pytest.mark.parametrize(
    "text", ["A. Smith et al.", "A. Smith, ...", "A. Smith and others", "A. Smith, …", "A. Smith, 等."]
)
def test_people_who_are_not_named(text: str) -> None:
    people = parse_people(text)
    assert people.et_al
    assert [name_text(name) for name in people.names] == ["A. Smith"]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2022", "2022"), ("2022/06/14/", "2022-06-14"), ("Jun. 14, 2022", "2022-06-14"), ("14 juin 2022", "2022-06-14"),
        ("2022 Jan-Feb", "2022-01"), ("June 14-19, 2022", "2022-06"), ("20220614", "2022-06-14"), ("3/4/2022", "2022"),
        ("14.06.2022", "2022-06-14"), ("2022 Spring", "2022"), ("2022-02-30", "2022-02"), ("in press", ""),
        ("2023-05-24T17:59:02Z", "2023-05-24"), ("2021-00-00", "2021"), ("mars 2020", "2020-03"),
    ],
)  # fmt: skip
def test_dates(text: str, date: str) -> None:
    assert loose_date(text) == date


def test_what_is_mentioned_in_a_text() -> None:
    assert doi_in("see doi:10.1000/ab(c)d, and more") == "10.1000/ab(c)d"
    assert doi_in("(https://doi.org/10.1000/abc).") == "10.1000/abc"
    assert doi_in("⟨10.3166/ria.33.101-120⟩. ⟨hal-02345678⟩") == "10.3166/ria.33.101-120"
    assert doi_in("[[doi:10.1000/abc][doi]]") == "10.1000/abc"
    assert arxiv_in("arXiv preprint arXiv:2206.06565v2 [cs.LG]") == "2206.06565v2"
    assert arxiv_in("pages 2206.06565") == ""
    assert urls_in("at https://a.org/b_(c), (http://d.org) or www.e.org.") == [
        "https://a.org/b_(c)",
        "http://d.org",
        "https://www.e.org",
    ]


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://example.org/a.pdf", "pdf"), ("https://github.com/a/b", "code"), ("https://huggingface.co/datasets/a", "data"),
        ("https://www.youtube.com/watch?v=1", "video"), ("https://a.github.io/b", "website"), ("https://proceedings.mlr.press/v1/a.html", "publisher"),
        ("https://openreview.net/forum?id=1", "review"), ("https://openreview.net/pdf?id=1", "pdf"), ("https://[", "website"),
        ("https://onlinelibrary.wiley.com/doi/pdf/10.1002/a", "pdf"), ("https://dl.acm.org/doi/epdf/10.1145/1.2", "pdf"),
        ("https://dl.acm.org/doi/10.1145/1.2", "publisher"), ("https://www.mdpi.com/2072-4292/1/1/1/pdf", "pdf"),
        ("https://link.aps.org/doi/10.1103/a", "publisher"), ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC1/", "html"),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC1/", "html"), ("https://www.ncbi.nlm.nih.gov/gene/1", "website"),
    ],
)  # fmt: skip
def test_kind_of_link(url: str, kind: str) -> None:
    assert link_kind(url) == kind
