"""A world in memory: folders that can be killed between any two steps, and labs that are dictionaries of files."""

from __future__ import annotations

from functools import cache
from itertools import count

from labpress.build.fingerprints import checksum
from labpress.build.ports import Survey
from labpress.build.site import BuildReport, BuildRequest, build
from labpress.core.files import Snapshot, Stamp
from labpress.edges.disk import builtin_folder, read_layers
from labpress.render.theme import Layer

SECOND = 1_000_000_000


class Killed(BaseException):
    """The process is gone."""


class World:
    """Gives every step a time, and kills the process at a step of one's choice."""

    def __init__(self) -> None:
        self.ticks = count(1)
        self.serial = count(1)
        self.steps_left: int | None = None

    def now(self) -> int:
        return next(self.ticks) * 10 * SECOND + next(self.serial)  # No two moments are the same, whatever the clock.

    def step(self) -> None:
        if self.steps_left is not None:
            if self.steps_left == 0:
                raise Killed
            self.steps_left -= 1


class MemoryOutput:
    """An output folder; see ``labpress.build.ports.Output``."""

    def __init__(self, world: World, sources: dict[str, bytes] | None = None) -> None:
        self.world = world
        self.sources = {} if sources is None else sources
        self.files: dict[str, bytes] = {}
        self.stamps: dict[str, Stamp] = {}
        self.others: set[str] = set()
        self.identity = f"folder-{world.now()}"
        self.aside = ""

    def survey(self) -> Survey:
        leftovers = tuple(path for path in self.files if path.endswith(".unfinished") or path.startswith(".aside"))
        files = {path: self.stamps[path] for path in self.files if path != ".labpress" and path not in leftovers}
        mark = self.files.get(".labpress")
        listed = None if mark is None or not mark.startswith(b"mark\n") else frozenset(mark.decode().split("\n")[1:])
        self.aside = "" if files else f".aside-{self.world.now()}/"
        return Survey(files, mark is not None, listed, leftovers, tuple(sorted(self.others)))

    def read(self, path: str) -> bytes:
        return self.files[path]

    def put(self, path: str, data: bytes) -> None:
        """What anybody may do to a file."""
        now = self.world.now()
        self.files[path] = data
        self.stamps[path] = Stamp(len(data), now, now, now)

    def write(self, path: str, data: bytes) -> Stamp:
        self.world.step()
        if self.aside:
            self.put(self.aside + path, data[: len(data) // 2])
            self.world.step()
            self.put(self.aside + path, data)
            return self.stamps[self.aside + path]
        self.put(f"{path}.unfinished", data[: len(data) // 2])
        self.world.step()
        del self.files[f"{path}.unfinished"]
        self.put(path, data)
        self.world.step()
        return self.stamps[path]

    def settle(self) -> dict[str, Stamp]:
        aside, self.aside = self.aside, ""
        moved = {}
        for path in [path for path in self.files if aside and path.startswith(aside)]:
            self.world.step()
            place = path.removeprefix(aside)
            self.files[place], self.stamps[place] = self.files.pop(path), self.stamps.pop(path)
            if "/" not in place:
                now = self.world.now()
                moved[place] = self.stamps[place] = Stamp(len(self.files[place]), now, now, now)
        return moved

    def copy(self, source: str, path: str) -> tuple[Stamp, bytes]:
        data = self.sources[source]
        return self.write(path, data), checksum(data)

    def checksum(self, path: str) -> bytes:
        return checksum(self.files[path])

    def checksum_of_source(self, source: str) -> bytes:
        return checksum(self.sources[source])

    def remove(self, path: str) -> None:
        self.world.step()
        self.files.pop(path, None)

    def claim(self, paths: frozenset[str]) -> None:
        self.world.step()
        mark = "\n".join(["mark", *sorted(paths)]).encode()
        if self.files.get(".labpress") != mark:
            self.put(".labpress", mark)
        self.world.step()

    def seal(self) -> int:
        self.world.step()
        return self.world.now()


class MemoryCache:
    """A cache; see ``labpress.build.ports.Cache``."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.saved: dict[str, bytes] = {}

    def load(self, name: str) -> bytes:
        return self.saved.get(name, b"")

    def save(self, name: str, data: bytes) -> None:
        self.world.step()
        self.saved[name] = data


PLAIN_TEMPLATES = {
    "base.html": "<title>{{ page.title }} - {{ site.title }}</title>{% block main %}{% endblock %}{% include 'foot.html' %}",
    "foot.html": "<footer>{% for style in site.stylesheets %}{{ page.root }}{{ style }}{% endfor %}</footer>",
    "card.html": "<a href='{{ root }}{{ card.path }}'>{{ card.title }}</a>{% for one in card.authors %}{{ one.name }}{% endfor %}",
    "search-cards.html": "{% for view in cards %}{{ card(view, root) }}{% endfor %}",
    "cards.html": "{% for one in cards %}{{ card(one, page.root) }}{% endfor %}",
    "home.html": "{% extends 'base.html' %}{% block main %}{{ introduction }}{% set cards = newest %}{% include 'cards.html' %}{% endblock %}",
    "paper.html": "{% extends 'base.html' %}{% block main %}{{ paper.card.title }}{{ paper.abstract }}{% for one in paper.related %}{{ one.title }}{{ one.reasons }}{% endfor %}{% endblock %}",
    "list.html": "{% extends 'base.html' %}{% block main %}{{ heading }}{% include 'sections.html' %}{% endblock %}",
    "author.html": "{% extends 'base.html' %}{% block main %}{{ heading }}{% include 'sections.html' %}{% endblock %}",
    "sections.html": "{% for one in sections %}{{ one.heading }}{% set cards = one.cards %}{% include 'cards.html' %}{% endfor %}",
    "terms.html": "{% extends 'base.html' %}{% block main %}{% for term in terms %}{{ term.label }}{{ term.count }}{% endfor %}{% endblock %}",
    "statistics.html": "{{ heading }}{% for one in figures %}{{ one.label }}{{ one.count }}{% endfor %}{{ topics }}{{ people }}",
    "page.html": "{% extends 'base.html' %}{% block main %}{{ heading }}{{ content }}{% endblock %}",
    "404.html": "{% extends 'page.html' %}",
    "redirect.html": "{{ target }}",
}
"""A theme of which the templates compile at once."""

PLAIN = Layer(
    "plain",
    True,
    {name: text.encode() for name, text in PLAIN_TEMPLATES.items()},
    {
        "journal": {
            "theme.yml": b"name: plain\nstylesheets: [plain.css]\noptions: {accent: {type: colour}}\n",
            "assets/plain.css": b"p { margin: 0 }",
        }
    },
)


@cache
def builtin_layer() -> Layer:
    """The templates and themes that labpress brings."""
    return read_layers(builtin_folder()).value[-1]


class Lab:
    """A content folder as files, built into a folder in memory."""

    def __init__(self, files: dict[str, str] | None = None, base: Layer = PLAIN) -> None:
        self.base = base
        self.world = World()
        self.files = dict(files or {})
        self.templates: dict[str, str] = {}
        self.statics: dict[str, bytes] = {}
        self.output = MemoryOutput(self.world, self.statics)
        self.cache = MemoryCache(self.world)
        self.code = "this labpress"
        self.stamps: dict[str, tuple[bytes, Stamp]] = {}

    def request(self, **settings: object) -> BuildRequest:
        for path, data in self.statics.items():
            known = self.stamps.get(path)
            if known is None or known[0] != data:
                now = self.world.now()
                self.stamps[path] = (data, Stamp(len(data), now, now, now))
        own = Layer("site_src", False, {name: text.encode() for name, text in self.templates.items()}, {})
        snapshot = Snapshot(
            "site_src",
            {path: text.encode() for path, text in sorted(self.files.items())},
            {path: self.stamps[path][1] for path in sorted(self.statics)},
        )
        return BuildRequest(snapshot=snapshot, layers=(own, self.base), code=self.code, **settings)

    def build(self, **settings: object) -> BuildReport:
        return build(self.request(**settings), self.output, self.cache)

    def site(self) -> dict[str, bytes]:
        """Every file of the output folder, our mark included."""
        return dict(self.output.files)

    def clean_site(self) -> dict[str, bytes]:
        """What a first build of the same lab gives."""
        fresh = MemoryOutput(World(), self.statics)
        build(self.request(), fresh, MemoryCache(World()))
        return fresh.files


def paper(title: str, **fields: object) -> str:
    """An entry's text."""
    abstract = fields.pop("abstract", "An abstract.")
    lines = [f'title: "{title}"', *(f"{key}: {value}" for key, value in fields.items())]
    return "---\n" + "\n".join(lines) + f"\n---\n{abstract}\n"
