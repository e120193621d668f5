"""Synthetic labs: as many papers as wanted, the same on every machine.

    python benchmarks/corpus.py 1000 DIRECTORY

writes ``DIRECTORY/papers/*.md`` in labpress's form. A lab of N papers has about N/3 authors, one to twelve to a paper,
of whom some write most of all (Zipf); 200 topics, one to five to a paper; twelve years with more papers in the later
ones; abstracts of 120 to 220 words, one of three with LaTeX math.
"""

from __future__ import annotations

import argparse
import random
from bisect import bisect
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")

GIVEN = (
    "Aino Amir Anna Aoife Bart Beatriz Bo Camille Chidi Clara Dag Dalia Deepa Eero Elif Emre Erik Eszter Farid "
    "Filip Gaëlle Giulia Gunnar Hadiza Haruto Héctor Hyejin Ilse Imran Ines Ivo Jana Jin João Juan Kavya Kofi "
    "Laila Lars Leonor Lin Luca Magda Marta Mehmet Mika Minh Naïma Nikos Noa Olu Oskar Paolo Petra Qiang Rania "
    "Ravi Rosa Sanne Selin Shira Sofie Tariq Tomasz Uche Vesna Wanjiru Xiu Yael Yusuf Zofia"
).split()
FAMILY = (
    "Abebe Achterberg Almeida Andrade Aydin Baptiste Berg Bianco Bilić Brandt Castillo Chatterjee Chen Cruz "
    "Dahl Demir Dimitriou Dubois Eklund Farkas Ferrari Fofana Fontana Fukuda Gallo Gonçalves Grünwald Gupta "
    "Haas Halonen Horvat Huang Iversen Jansen Jovanović Kamara Kang Keller Kowalczyk Laine Lindqvist Liu "
    "Lombardi Maeda Mbeki Mendes Moreau Murphy Nakata Ndiaye Nguyen Novotný Nwosu O'Brien Okoro Oliveira "
    "Ozturk Park Petit Popov Quispe Rao Rinne Rossi Sahin Santos Sato Schulz Silva Singh Sokolov Takahashi Tan "
    "Torres Ueda Vasile Verma Visser Wang Weber Xu Yamamoto Zhang Zimmer"
).split()
PARTICLES = ("van der", "de", "von", "da")

QUALITY = (
    "robust sparse adaptive scalable causal private equivariant stochastic federated low-rank calibrated "
    "amortised convex hierarchical self-supervised multimodal long-context few-shot spectral implicit neural "
    "symbolic"
).split()
THING = (
    "transformers kernels embeddings gradients posteriors codes agents graphs diffusions priors tokenisers "
    "memories bandits encoders experts samplers operators planners verifiers prompts attentions manifolds"
).split()
FIELD = (
    "protein design; robot grasping; speech translation; theorem proving; medical imaging; "
    "weather forecasting; code review; particle tracking; query optimisation; traffic control; drug discovery; "
    "question answering; scene reconstruction; credit scoring; crop monitoring; citation analysis"
).split("; ")
MATH = (
    r"$O(n \log n)$", r"$\ell_2$", r"$\mathbb{E}_{x \sim p}[f(x)]$", r"$k$", r"$\lambda_{\max}(A^\top A)$",
    r"$n \times d$",    r"$\epsilon$-differential",
    r"$\theta^{(t+1)} = \theta^{(t)} - \eta \nabla L(\theta^{(t)})$", r"$2.4\times$",
    r"$\frac{1}{\sqrt{T}}$", r"$p(y \mid x)$", r"$\mathcal{N}(0, \sigma^2 I)$", r"$\|W\|_F \le 1$", r"$94.3\%$",
)  # fmt: skip
SENTENCES = (
    "{Quality} {thing} have become the method of choice for {field}.",
    "Yet it is not known when {thing} keep their accuracy once {field} meets {quality} data.",
    "This paper asks whether {quality} {thing} are enough, and answers for {field} with a qualified yes.",
    "The key is to treat {thing} as {quality} {thing}, which makes training a sequence of small, well-posed problems.",
    "We prove that the excess risk falls with the number of {thing}, and that no {quality} method can do much better.",
    "On four public data sets from {field} and {field}, it beats the best known {thing} at half the cost.",
    "An ablation shows that most of the gain comes from the {quality} {thing}, and hardly any from their size.",
    "Practitioners in {field} can use it as a drop-in replacement; all they have to choose is one temperature.",
    "Failures are instructive: where {thing} disagree, {quality} {thing} point at mislabelled examples.",
    "Our implementation is *open*, and every figure can be made again with one command.",
    "Unlike earlier work on {thing}, the analysis needs **no** assumption of {quality} noise.",
    "Two user studies in {field} confirm that experts prefer the {quality} variant.",
    "We close with a list of open questions on {quality} {thing} for {field}.",
)
MATH_SENTENCES = (
    "The error is bounded by {math} as long as the {thing} satisfy {math}.",
    "Formally, we minimise {math} over all {quality} {thing}, with {math} fixed in advance.",
    "With {math} instead of {math}, training needs {math} fewer steps on {field}.",
)
TITLES = (
    "{Quality} {Thing} for {Field}", "On {Quality} {Thing}", "{Thing} Are {Quality}", "When Do {Thing} Help {Field}?",
    "{Name}: {Quality} {Thing} for {Field}", "From {Thing} to {Thing}: A {Quality} View", "Towards {Quality} {Field}",
    "{Quality} {Thing} without {Thing}",
)  # fmt: skip
VENUES = ("NeurIPS", "ICML", "ICLR", "ACL", "CVPR", "UAI", "JMLR", "Bioinformatics", "RSS", "SIGMOD")
CATEGORIES = ("cs.LG", "cs.CL", "cs.CV", "stat.ML", "cs.RO", "q-bio.BM", "math.OC", "cs.DB")


class SyntheticPaper(NamedTuple):
    """One made-up paper."""

    id: str
    title: str
    authors: tuple[str, ...]
    date: date
    venue: str
    category: str
    tags: tuple[str, ...]
    links: dict[str, str]
    abstract: str


class _Zipf(Generic[T]):
    """Draws items of which the first are drawn far more often than the last."""

    def __init__(self, items: list[T]) -> None:
        self.items = items
        self.heights = list(accumulate(1 / (rank + 4) ** 0.85 for rank in range(len(items))))

    def draw(self, dice: random.Random, count: int) -> tuple[T, ...]:
        found: dict[int, T] = {}
        while len(found) < min(count, len(self.items)):
            at = bisect(self.heights, dice.random() * self.heights[-1])
            found.setdefault(at, self.items[at])
        return tuple(found.values())


def make_lab(size: int, seed: int = 1) -> list[SyntheticPaper]:
    """``size`` papers, newest first. Equal arguments give equal papers."""
    dice = random.Random(f"{seed}/{size}")
    authors = _Zipf(_people(dice, max(20, size // 3)))
    topics = _Zipf(_topics(dice))
    papers = [_paper(dice, number, authors, topics) for number in range(size)]
    return sorted(papers, key=lambda paper: (paper.date, paper.id), reverse=True)


def _people(dice: random.Random, count: int) -> list[str]:
    names: dict[str, None] = {}
    while len(names) < count:
        given, family = dice.choice(GIVEN), dice.choice(FAMILY)
        if dice.random() < 0.4 or count > len(GIVEN) * len(FAMILY) // 2:
            given += f" {dice.choice('ABCDEFGHIJKLMNOPRSTVW')}."
        if dice.random() < 0.06:
            family = f"{dice.choice(PARTICLES)} {family}"
        elif dice.random() < 0.05 or count > 3000:
            family += f"-{dice.choice(FAMILY)}"
        names.setdefault(f"{given} {family}")
    return list(names)


def _topics(dice: random.Random) -> list[str]:
    topics = sorted(f"{quality} {thing}" for quality in QUALITY for thing in THING)
    return dice.sample(topics, 200)


def _paper(dice: random.Random, number: int, authors: _Zipf[str], topics: _Zipf[str]) -> SyntheticPaper:
    title = _filled(dice, dice.choice(TITLES))
    day = date(2026, 6, 30) - timedelta(days=int(12 * 365 * (1 - dice.random() ** 0.55)))
    arxiv = f"{day:%y%m}.{dice.randrange(1, 25_000):05}"
    links = {"arxiv": f"https://arxiv.org/abs/{arxiv}"}
    if dice.random() < 0.6:
        links["doi"] = f"https://doi.org/10.{dice.randrange(1000, 9999)}/{dice.randrange(10**7)}"
    if dice.random() < 0.4:
        links["code"] = f"https://github.com/some-lab/project-{number}"
    names = authors.draw(dice, min(12, max(1, round(dice.gammavariate(3, 1.6)))))
    return SyntheticPaper(
        id=f"paper{day.year}-{number:06}",
        title=title,
        authors=names,
        date=day,
        venue=f"{dice.choice(VENUES)} {day.year}",
        category=dice.choice(CATEGORIES),
        tags=topics.draw(dice, dice.randint(1, 5)),
        links=links,
        abstract=_abstract(dice, with_math=number % 3 == 0),
    )


def _abstract(dice: random.Random, *, with_math: bool) -> str:
    sentences: list[str] = []
    words, wanted = 0, dice.randint(120, 210)
    while words < wanted:
        pattern = dice.choice(MATH_SENTENCES if with_math and dice.random() < 0.25 else SENTENCES)
        sentences.append(_filled(dice, pattern))
        words += sentences[-1].count(" ") + 1
    half = len(sentences) // 2
    parts = [sentences[:half], sentences[half:]] if dice.random() < 0.25 else [sentences]
    return "\n\n".join(" ".join(part) for part in parts)


def _filled(dice: random.Random, pattern: str) -> str:
    """``pattern`` with a word of its kind in each place; a capital asks for a title's spelling."""
    words = {"quality": QUALITY, "thing": THING, "field": FIELD, "math": MATH}
    parts = pattern.split("{")
    filled = [parts[0]]
    for part in parts[1:]:
        kind, _, rest = part.partition("}")
        word = _coined(dice) if kind == "Name" else dice.choice(words[kind.lower()])
        if kind[0].isupper() and kind != "Name":
            word = " ".join(one[:1].upper() + one[1:] for one in word.split(" "))
        filled += (word, rest)
    return "".join(filled)


def _coined(dice: random.Random) -> str:
    return "".join(dice.choice("BDFGKLMNPRSTVZ") + dice.choice("aeiou") for _ in range(2)).upper() + "-Net"


# Writing


def front_matter(paper: SyntheticPaper, **more: str) -> str:
    """The paper as a Markdown file with YAML front matter. ``more``: further lines, as YAML."""
    lines = [
        f"title: {_quoted(paper.title)}",
        "authors:",
        *(f"  - {_quoted(name)}" for name in paper.authors),
        f"date: {paper.date.isoformat()}",
        f"venue: {_quoted(paper.venue)}",
        f"category: {paper.category}",
        "tags:",
        *(f"  - {tag}" for tag in paper.tags),
        "links:",
        *(f"  {kind}: {url}" for kind, url in paper.links.items()),
        *(f"{key}: {value}" for key, value in more.items()),
    ]
    return "---\n" + "\n".join(lines) + f"\n---\n\n{paper.abstract}\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def write_lab(papers: list[SyntheticPaper], folder: Path) -> None:
    """``folder/papers/*.md``, as labpress reads them."""
    (folder / "papers").mkdir(parents=True, exist_ok=True)
    for paper in papers:
        (folder / "papers" / f"{paper.id}.md").write_text(front_matter(paper), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description="Write a synthetic lab.")
    parser.add_argument("size", type=int, help="how many papers")
    parser.add_argument("folder", type=Path, help="a content folder; papers/ is made in it")
    parser.add_argument("--seed", type=int, default=1, help="another seed is another lab (default: 1)")
    options = parser.parse_args()
    write_lab(make_lab(options.size, options.seed), options.folder)


if __name__ == "__main__":
    main()
