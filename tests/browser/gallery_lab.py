"""A fabricated lab that shows what there is: sixty papers, people, pictures, news and pages of its own."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from math import cos, exp, pi, sin
from pathlib import Path

from benchmarks.corpus import SyntheticPaper, front_matter, make_lab

SETTINGS = """\
title: Laboratory for Learning Systems
tagline: Learning from little data, and knowing when not to
url: https://lab.example.org/
repository: https://github.com/example/lab
description: |
  We study **how machines learn from little**, and how they can tell when it was too little. We are five people between
  statistics and engineering; our code is open, and so are our mistakes.

  Students who like proofs and plots are welcome: [write to us](mailto:lab@example.org).
footer: University of Example · Made with labpress
menu: [papers, tags, people, years, about]
home: {selected: 6, newest: 5, tags: 12}
features: {print: true}
"""
NEWS = """\
---
title: "Our summer school: sixty places, and one whiteboard"
date: 2026-05-04
---

Come.
"""
ABOUT = """\
---
title: About us
---

We write *little code* and throw most of it away. What is left is in the [papers](/papers/), each with what it takes to
make its figures again.

> A method that needs a thousand examples to tell that it has seen too few is not one of ours.

## Ask us for

- **time** on the cluster, which is empty at night;
- **data**, where its licence lets us;
- a room for a visit of up to three months.

## What runs where

| Machine | Cards | Memory | For |
| --- | ---: | ---: | --- |
| ada | 8 | 512 GB | training |
| noether | 4 | 256 GB | proofs, mostly |
| kolmogorov | 2 | 128 GB | what fits |

```python
def enough(seen: int, wanted: float) -> bool:
    return seen ** -0.5 < wanted  # never, on Fridays
```
"""
ROLES = {
    "Professor": "Works on what can be learned at all, and teaches what cannot.",
    "Postdoc": "Calibrates, mostly instruments.",
    "PhD student": "Reads proofs from the end.",
    "Doctoral researcher": "Wants fewer parameters than friends.",
    "Research engineer": "Keeps the machines cool, and us.",
}
"""Role -> a few words on who has it."""

TONES = ("#2a6f97", "#c8553d", "#588157", "#8d6a9f", "#d4a017")


def drawing(body: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360" fill="none">{body}</svg>\n'


def curves(dice: random.Random) -> str:
    """Losses that fall, each to a level of its own."""
    lines = []
    for tone in TONES[:4]:
        speed, level = dice.uniform(1.5, 6), dice.uniform(0.05, 0.3)
        heights = (level + (0.95 - level) * exp(-speed * step / 60) for step in range(61))
        points = " ".join(f"{60 + 9 * step},{330 - 300 * height:.0f}" for step, height in enumerate(heights))
        lines.append(f'<polyline points="{points}" stroke="{tone}" stroke-width="4"/>')
    return drawing('<path d="M60 20V330H610" stroke="#555" stroke-width="2"/>' + "".join(lines))


def clouds(dice: random.Random) -> str:
    """Clusters of points."""
    centres = [(dice.uniform(110, 530), dice.uniform(80, 280), tone) for tone in TONES]
    return drawing(
        "".join(
            f'<circle cx="{dice.gauss(x, 34):.0f}" cy="{dice.gauss(y, 26):.0f}" r="5" fill="{tone}" fill-opacity=".7"/>'
            for x, y, tone in centres
            for _ in range(45)
        )
    )


def matrix(dice: random.Random) -> str:
    """Attention, mostly along the diagonal."""
    cells = []
    for row in range(12):
        for column in range(20):
            shade = max(0.04, exp(-(((column / 20 - row / 12) * 5) ** 2)) * dice.uniform(0.5, 1))
            place = f'x="{60 + 26 * column}" y="{24 + 26 * row}"'
            cells.append(f'<rect {place} width="24" height="24" fill="{TONES[0]}" fill-opacity="{shade:.2f}"/>')
    return drawing("".join(cells))


def bars(dice: random.Random) -> str:
    """Results of five methods on five tasks."""
    marks = [
        f'<rect x="{70 + 110 * task + 18 * method}" y="{320 - high}" width="15" height="{high}" fill="{tone}"/>'
        for task in range(5)
        for method, tone in enumerate(TONES)
        for high in (dice.randint(80, 190) + 20 * method,)
    ]
    return drawing('<path d="M55 320H615" stroke="#555" stroke-width="2"/>' + "".join(marks))


def rings(dice: random.Random) -> str:
    """Level lines, and a path down to the middle."""
    lines = "".join(
        f'<ellipse cx="320" cy="180" rx="{28 * ring}" ry="{16 * ring}" stroke="{TONES[0]}"'
        f' stroke-opacity="{1 - ring / 12:.2f}" stroke-width="3" transform="rotate(-18 320 180)"/>'
        for ring in range(1, 11)
    )
    steps = [(320 + 270 * 0.8**at * cos(at / 2), 180 - 150 * 0.8**at * sin(at / 2 + 0.6)) for at in range(16)]
    path = " ".join(f"{x + dice.gauss(0, 3):.0f},{y:.0f}" for x, y in steps)
    return drawing(f'{lines}<polyline points="{path}" stroke="{TONES[1]}" stroke-width="4"/>')


def network(dice: random.Random) -> str:
    """Layers of units, and the weights between them."""
    layers = [
        [(90 + 115 * at, 180 + 52 * (unit - (size - 1) / 2)) for unit in range(size)]
        for at, size in enumerate((4, 6, 6, 5, 3))
    ]
    weights = "".join(
        f'<path d="M{x:.0f} {y:.0f}L{u:.0f} {v:.0f}" stroke="#456" stroke-opacity="{dice.uniform(0.08, 0.5):.2f}" stroke-width="2"/>'
        for left, right in pairwise(layers)
        for x, y in left
        for u, v in right
    )
    units = "".join(
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="14" fill="{TONES[at % 5]}"/>'
        for at, layer in enumerate(layers)
        for x, y in layer
    )
    return drawing(weights + units)


DRAWINGS: tuple[Callable[[random.Random], str], ...] = (curves, network, clouds, rings, matrix, bars)


def portrait(number: int) -> str:
    """A pattern where a face would be."""
    tone, other = TONES[number % 5], TONES[(number + 2) % 5]
    spokes = "".join(
        f'<path d="M72 72L{72 + 100 * cos(angle):.0f} {72 + 100 * sin(angle):.0f}" stroke="{other}" stroke-width="{4 + number}"/>'
        for angle in (2 * pi * at / (5 + number) for at in range(5 + number))
    )
    ground = f'<rect width="144" height="144" fill="{tone}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="144" height="144">{ground}{spokes}<circle cx="72" cy="72" r="30" fill="#fff"/></svg>\n'


def write_content(folder: Path) -> None:
    """A lab of sixty papers, five people and six pictures."""
    papers = make_lab(60)
    members = [name for name, _count in Counter(name for paper in papers for name in paper.authors).most_common(5)]
    chosen = [paper for paper in papers if len(paper.authors) <= 5 and set(paper.authors) & set(members)][
        : len(DRAWINGS)
    ]
    for sub in ("papers", "static", "pages/news"):
        (folder / sub).mkdir(parents=True)
    (folder / "site.yml").write_text(SETTINGS, encoding="utf-8")
    people = []
    for number, (name, role) in enumerate(zip(members, ROLES, strict=True)):
        (folder / "static" / f"{number}.svg").write_text(portrait(number))
        known = f'name: "{name}", role: {role}, from: {2014 + 2 * number}, photo: {number}.svg, bio: "{ROLES[role]}"'
        people.append(f"p{number}: {{{known}}}\n")
    (folder / "people.yml").write_text("".join(people), encoding="utf-8")
    (folder / "pages/news/talk.md").write_text(NEWS, encoding="utf-8")
    (folder / "pages/about.md").write_text(ABOUT, encoding="utf-8")
    for paper in papers:
        (folder / "papers" / f"{paper.id}.md").write_text(
            front_matter(paper, **_more(folder, paper, chosen)), encoding="utf-8"
        )


def _more(folder: Path, paper: SyntheticPaper, chosen: list[SyntheticPaper]) -> dict[str, str]:
    if paper not in chosen:
        return {}
    number = chosen.index(paper)
    (folder / "static" / f"teaser{number}.svg").write_text(DRAWINGS[number](random.Random(number)))
    shown = {"image": f"teaser{number}.svg", "image_alt": "A drawing", "selected": "true", "type": "conference"}
    return shown | ({"award": "Best paper"} if number == 1 else {})
