"""The page of a text that was read anew, without a plan of the whole site.

A paper's page depends on the whole catalog: who its authors are, which papers stand beside it. As long as none of what
the catalog is made from has changed, all of this is as it was in the last plan, and the page can be had at once. This
is what lets a preview of ten thousand papers follow every save; the whole plan comes after it, and has the last word.
"""

from __future__ import annotations

from collections import ChainMap

from msgspec.structs import replace

from labpress.entries.entry import Entry
from labpress.entries.text_page import TextEntry
from labpress.site.cards import make_cards
from labpress.site.context import SiteContext
from labpress.site.kinds.home import home_pages
from labpress.site.kinds.papers import page_of_paper
from labpress.site.kinds.texts import text_pages
from labpress.site.pages import Page
from labpress.site.related import Compared, is_compared_alike, related_to

_CATALOGUED = ("path", "authors", "date", "status", "tags", "venue", "draft")
"""Fields of a paper that the catalog is made from: other papers' pages may depend on them."""

_LISTED = ("path", "title", "order", "date", "menu", "draft")
"""Fields of a text page that the menu is made from."""


def revised_pages(context: SiteContext, new: Entry | TextEntry) -> tuple[Page, ...]:
    """The pages of ``new``, an entry or text that ``context`` has in an older reading, exactly as a new plan has them.

    None, where that cannot be told without the plan.
    """
    return _paper_pages(context, new) if isinstance(new, Entry) else _text_pages(context, new)


def _paper_pages(context: SiteContext, new: Entry) -> tuple[Page, ...]:
    catalog, key = context.catalog, new.paper.id
    old = catalog.entries.get(key)
    if old is None or any(getattr(old.paper, name) != getattr(new.paper, name) for name in _CATALOGUED):
        return ()
    alone = replace(catalog, entries={key: new})
    summaries = context.site.options.get("show_summary") is True
    cards = make_cards(alone, context.config, context.files, context.site.words, summaries=summaries).cards
    # Laid over what there is: a copy would touch every entry, and a forked process would copy their memory as well.
    catalog = replace(catalog, entries=ChainMap({key: new}, catalog.entries))  # type: ignore[arg-type]  # It is only read.
    context = replace(context, catalog=catalog, cards=ChainMap(cards, context.cards))  # type: ignore[arg-type]
    known = context.compared.features
    if known and not is_compared_alike(old, known[key], new):
        context = replace(context, compared=Compared(related={key: related_to(catalog, key, known)}))
    return (page_of_paper(context, key),)


def _text_pages(context: SiteContext, new: TextEntry) -> tuple[Page, ...]:
    old = next((text for text in context.texts if text.id == new.id), None)
    if old is None or any(getattr(old, name) != getattr(new, name) for name in _LISTED):
        return ()
    context = replace(context, texts=tuple(new if text is old else text for text in context.texts))
    kind = home_pages if new.id == "index" else text_pages
    return tuple(page for page in kind(context) if page.source == new.path)
