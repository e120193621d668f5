"""From what was read to a job for every file of the site. Everything here is computed anew for each build."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from labpress.build.content import read_config_of, read_heads, with_picture_sizes
from labpress.build.fingerprints import Digests
from labpress.build.heads import EntryParts, Wholes
from labpress.build.inputs import Inputs
from labpress.build.last_good import with_last_good
from labpress.build.manifest import PaperMark
from labpress.build.memo import reading
from labpress.build.state import BuildState, LastPlan
from labpress.core.diagnostics import Diagnostic, Parsed, Span, has_errors
from labpress.core.files import Snapshot
from labpress.core.folder import SITE
from labpress.entries.config import SiteConfig
from labpress.entries.entry import NO_TITLE
from labpress.render.locales import find_words
from labpress.render.theme import Layer, Theme, find_theme
from labpress.render.theme_file import ThemeFile, read_theme_file
from labpress.site.locale_file import LocaleFile, read_locale_file
from labpress.site.words import Words

if TYPE_CHECKING:  # Imported while workers read.
    from labpress.build.jobs import Job
    from labpress.build.site import BuildRequest
    from labpress.render.dress import Dressed
    from labpress.render.environment import Renderer
    from labpress.site.context import SiteContext
    from labpress.site.plan import Content
    from labpress.site.related import Relation

USUAL_TEMPLATES = ("home.html", "paper.html", "list.html", "author.html", "terms.html")
"""What every site has pages of."""

TOGETHER = 100
"""Papers whose cards are made whole side by side, stage by stage."""


class Planned(NamedTuple):
    """Every job of a build, and what is needed to carry them out."""

    jobs: tuple[Job, ...]
    diagnostics: tuple[Diagnostic, ...]
    renderer: Renderer
    wholes: Wholes
    keeping: Keeping | None
    """None where the plan depends on texts."""


class Keeping(NamedTuple):
    """A plan that the next build may go by."""

    papers: dict[str, PaperMark]
    related: Mapping[str, tuple[Relation, ...]]
    """Which papers are related: all that the plan takes from texts."""
    write_plan: Callable[[bytes], bytes]
    """The plan under a key, for a cache; its cards, likewise."""
    write_cards: Callable[[bytes], bytes]


class _Costume(NamedTuple):
    """A theme, made ready for this site."""

    dressed: Dressed
    words: Words
    renderer: Renderer
    diagnostics: tuple[Diagnostic, ...]


def plan_jobs(request: BuildRequest, inputs: Inputs, state: BuildState) -> Planned:
    """Read, plan and fingerprint the whole site. ``state`` remembers what the plan was made from."""
    snapshot, layers, last = request.snapshot, request.layers, state.last_plan if request.keep_when_faulty else None
    config, config_faults = read_config_of(snapshot, state.settings, request.base_url)
    if last and has_errors(config_faults) and last.is_sound(snapshot.shown(SITE)):
        config = last.content.config
    costumes = []

    def get_ready() -> None:
        from labpress.build import rendering  # noqa: F401  Needed later; there is time for it now.
        from labpress.site import data, plan  # noqa: F401
        from labpress.site.citations import formatted  # noqa: F401

        costumes.append(fit(snapshot, layers, config, state))

    digests = Digests()
    read = read_heads(snapshot, config, state.memo, digests, inputs.texts, workers=request.workers, meanwhile=get_ready)
    content, picture_faults = with_picture_sizes(read.content, request.head_of, request.page_size_of)
    content, unsound = with_last_good(content, (*config_faults, *read.diagnostics), last)
    from labpress.build.comparing import Comparing
    from labpress.build.jobs import distinct, jobs_of
    from labpress.site.plan import plan_site

    (costume,) = costumes
    wholes = read.wholes
    wholes.adopt(content.entries, state.wholes)
    state.wholes = wholes
    digests.whole_of = wholes.of
    with_texts = costume.dressed.view.options.get("show_summary") is True
    if with_texts:
        content = _with_texts(content, wholes, digests)
    compared = content.entries if content.config.features.related else ()
    with closing(Comparing(compared, state.compared, wholes, request.workers)) as comparing:
        (plan, context), plan_faults = plan_site(
            content,
            costume.dressed.view,
            costume.words,
            drafts=request.drafts,
            relate=comparing.relate,
            meanwhile=partial(_make_whole, wholes=wholes),
            title_of=wholes.tell_title,
        )
    state.learn_compared(context.compared, inputs.whole)
    jobs, clashes = distinct(jobs_of(plan, costume.dressed.artifacts, snapshot, costume.renderer, digests))
    faults = (
        *config_faults,
        *costume.diagnostics,
        *read.diagnostics,
        *picture_faults,
        *plan_faults,
        *clashes,
    )
    state.last_plan = LastPlan(content, context, costume.renderer, unsound)
    planned = Planned(jobs, faults, costume.renderer, wholes, None)
    return planned if with_texts else planned._replace(keeping=_keeping(planned, context, read.parts, inputs, digests))


def _keeping(
    planned: Planned, context: SiteContext, read: Mapping[str, EntryParts], inputs: Inputs, digests: Digests
) -> Keeping:
    from labpress.build.kept_plan import write_cards, write_plan

    wholes = planned.wholes
    papers = {
        path: PaperMark(inputs.papers[path], wholes.plan_mark(parts), parts.title_mark) for path, parts in read.items()
    }
    plan, cards = partial(write_plan, planned.jobs, context), partial(write_cards, context, wholes, digests)
    return Keeping(papers, context.compared.related, plan, cards)


def _make_whole(context: SiteContext, wholes: Wholes) -> None:
    """Give the cards of a plan their titles, for the pages that show them.

    Metadata ask for a reference of each paper here, for which a title would do. It is made of the whole entry all the
    same: workers then have both, of which each of them would make most again.
    """
    from labpress.site.cards import neighbour_of, with_titles

    entry_of = wholes.entry if context.config.features.metadata else wholes.titled
    heads = [(paper_id, head) for paper_id, head in context.catalog.entries.items() if head.title is NO_TITLE]
    for start in range(0, len(heads), TOGETHER):
        few = heads[start : start + TOGETHER]
        cards = [context.cards[paper_id] for paper_id, _head in few]
        shown = with_titles(cards, [entry_of(head) for _paper_id, head in few], context.config)
        for (paper_id, _head), card, whole in zip(few, cards, shown, strict=True):
            wholes.learn(card, whole)
            wholes.learn_later(context.neighbours[paper_id], partial(neighbour_of, whole))


def _with_texts(content: Content, wholes: Wholes, digests: Digests) -> Content:
    """The content with whole entries: where lists show the first words of abstracts, a head is not enough."""
    entries = []
    for head in content.entries:
        entry = wholes.entry(head)
        digests.learn(entry, digests.of(head))
        entries.append(entry)
    return replace(content, entries=tuple(entries))


def theme_of(
    layers: tuple[Layer, ...], config: SiteConfig, state: BuildState, line: Span | None = None
) -> Parsed[Theme]:
    """The theme that the settings name, on ``line``."""
    how = reading(read_theme_file, ThemeFile)
    return find_theme(layers, config.theme, line, lambda file: state.settings.read_one(file, how))


def fit(snapshot: Snapshot, layers: tuple[Layer, ...], config: SiteConfig, state: BuildState) -> _Costume:
    """Find the theme, give its assets their names, and compile what every site needs."""
    from labpress.render.dress import dress

    def place(key: str, part: str = "") -> Span:
        return Span(snapshot.shown(SITE), config.line(key, part))

    theme, faults = theme_of(layers, config, state, place("theme"))
    dressed, option_faults = dress(theme, config.options, partial(place, "options"))
    how_words = reading(read_locale_file, LocaleFile)
    words, word_faults = find_words(
        layers, config.language, place("language"), lambda file: state.settings.read_one(file, how_words)
    )
    renderer = state.renderer(theme)
    features = config.features
    optional = {"search-cards.html": features.search, "statistics.html": features.statistics}
    for name in (*USUAL_TEMPLATES, *(name for name, is_used in optional.items() if is_used)):
        renderer.preload(renderer.closure(name).names)
    return _Costume(dressed, words, renderer, (*faults, *option_faults, *word_faults))
