"""When a file is made anew, and what is said of it: a pure function, as a table."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from labpress.build.fingerprints import Digests, digest_bytes
from labpress.build.freshness import DAMAGED, NEVER_WRITTEN, NEW_CODE, NEW_KIND, NEW_TEMPLATE, reasons_to_render
from labpress.build.manifest import Manifest, Written, read_manifest, write_manifest
from labpress.core.deferred import Deferred
from labpress.core.files import Stamp
from labpress.markup.html import Html
from labpress.site.views import CardView, PageView, SectionView, SiteView, TextPage

STAMP = Stamp(5, 100, 100, 7)
A, B, C = (digest_bytes(name) for name in (b"a", b"b", b"c"))


class Page(NamedTuple):
    template: str = "t"
    view: bytes = A + B + C
    parts: tuple[str, ...] = ("site", "card")


KNOWN = Written(STAMP, A, "t", A + B + C)


@pytest.mark.parametrize(
    ("page", "known", "same_code", "intact", "reasons"),
    [
        (Page(), KNOWN, True, True, ()),
        (Page(), None, True, False, (NEVER_WRITTEN,)),
        (Page(), KNOWN, True, False, (DAMAGED,)),
        (Page(), KNOWN, False, True, (NEW_CODE,)),
        (Page(template="u"), KNOWN, True, True, (NEW_TEMPLATE,)),
        (Page(view=A + B + B), KNOWN, True, True, ("what it shows has changed: card",)),
        (Page(view=A + C + B), KNOWN, True, True, ("what it shows has changed: site, card",)),
        (Page(view=B + B + C), KNOWN, True, True, (NEW_KIND,)),
        (Page(view=A + B, parts=("site",)), KNOWN, True, True, (NEW_KIND,)),
        (Page(template="u", view=A + B + B), KNOWN, False, False,
         (NEW_CODE, NEW_TEMPLATE, "what it shows has changed: card", DAMAGED)),
    ],
)  # fmt: skip
def test_reasons(page, known, same_code, intact, reasons):
    assert reasons_to_render(page, known, same_code=same_code, intact=intact) == reasons


SITE = SiteView(title="A lab")
CARD = CardView(id="x", path="papers/x/", title=Html("X"), title_text="X")


def make_page(site: SiteView, cards: tuple[CardView, ...], words: tuple[str, ...] = ()) -> SectionView:
    del site, words
    return SectionView("", cards)


def digest(view) -> bytes:
    return Digests().of_view(view)


def test_equal_values_have_equal_digests_wherever_they_come_from():
    """Nothing of identity gets into a digest."""
    again = CardView(id="x", path="papers/x/", title=Html("X"), title_text="X")

    assert digest(Deferred(make_page, (SITE, (CARD, CARD)))) == digest(Deferred(make_page, (SITE, (again, again))))


@pytest.mark.parametrize(
    "args",
    [
        (SiteView(title="The lab"), (CARD,)),
        (SITE, ()),
        (SITE, (CARD, CARD)),
        (SITE, (CardView(id="y", path="papers/x/", title=Html("X"), title_text="X"),)),
        (SITE, (CardView(id="x", path="papers/x/", title=Html("x"), title_text="X"),)),
        (SITE, (CARD,), ("a",)),
    ],
)
def test_another_argument_is_another_digest(args):
    assert digest(Deferred(make_page, args)) != digest(Deferred(make_page, (SITE, (CARD,))))


def test_a_view_that_is_made_already_is_digested_field_by_field():
    page = PageView(kind="page", path="join/", root="../", title="Join")
    one = TextPage(site=SITE, page=page, heading=Html("Join"))
    other = TextPage(site=SITE, page=page, heading=Html("Join us"))

    assert digest(one) == digest(TextPage(site=SiteView(title="A lab"), page=page, heading=Html("Join")))
    assert [digest(one)[at : at + 16] == digest(other)[at : at + 16] for at in range(0, 80, 16)] == [
        True, True, True, False, True,
    ]  # fmt: skip


def test_lists_of_cards_do_not_run_into_each_other():
    """``(a)(b c)`` and ``(a b)(c)`` are two things."""
    cards = [CardView(id=name, path=name, title=Html(name), title_text=name) for name in "abc"]
    sections = [(SectionView("", tuple(cards[:at])), SectionView("", tuple(cards[at:]))) for at in (1, 2)]

    assert Digests().of(sections[0]) != Digests().of(sections[1])


SECOND = 1_000_000_000


@pytest.mark.parametrize(
    ("changed", "sealed", "trusted"),
    [
        (10 * SECOND + 5, 20 * SECOND, True),
        (10 * SECOND + 5, 10 * SECOND + 40_000_000, False),
        (10 * SECOND + 5, 10 * SECOND + 60_000_000, True),
        (10 * SECOND, 12 * SECOND, False),
        (10 * SECOND, 13 * SECOND, True),
        (30 * SECOND, 20 * SECOND, False),
    ],
)
def test_a_stamp_counts_only_when_the_clock_has_ticked_since(changed, sealed, trusted):
    """A clock without fractions of a second may be one of two seconds, as on FAT."""
    assert Manifest(sealed=sealed).trusts(Stamp(1, changed, changed, 1)) is trusted


@pytest.mark.parametrize("data", [b"", b"junk", b"\x80", b"\xc1" * 40, write_manifest(Manifest(schema=0))])
def test_a_manifest_that_cannot_be_read_is_an_empty_one(data):
    assert read_manifest(data) == Manifest()


def test_a_manifest_comes_back_as_it_was():
    manifest = Manifest(code="c", output="o", sealed=5, inputs=b"i", files={"index.html": KNOWN})

    assert read_manifest(write_manifest(manifest)) == manifest
