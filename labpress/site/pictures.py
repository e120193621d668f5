"""Pictures as pages show them: where they lie, how large they are, and in which widths they are to be had.

A photograph from a camera is a hundred times as heavy as what a phone shows of it. Where the libraries of the extra
``images`` are installed, pictures wider than the smallest place for them are published in several widths, and browsers
choose.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from labpress.core.images import PICTURES
from labpress.entries.paper import Paper
from labpress.site.files import ContentFiles, address_of, beside, is_absolute, published_path
from labpress.site.pages import Scaled
from labpress.site.routes import paper_path
from labpress.site.views import FormView, PictureView

TEASER = (320, 640, 1280)
"""Widths in pixels: on a card, across a column, and both on a fine screen."""

PORTRAIT = (160, 320)

FIRST_PAGE = (320, 640)


class Shown(NamedTuple):
    """A picture for a page, with what has to be drawn for it."""

    view: PictureView
    drawn: tuple[Scaled, ...]


def picture(files: ContentFiles, source: str, path: str, alt: str = "", widths: tuple[int, ...] = TEASER) -> Shown:
    """The content file ``source``, which is published at ``path``, in all of ``widths`` that it has pixels for."""
    width, height = files.sizes.get(source, (0, 0))
    can_scale = files.can_scale and path.lower().endswith(PICTURES)
    drawn = tuple(Scaled(_scaled_path(path, one), source, one) for one in widths if can_scale and one < width)
    forms = _forms(drawn)
    if forms and width <= widths[-1]:
        forms = (*forms, FormView(address_of(path), width))
    return Shown(PictureView(address_of(path), alt, width, height, forms), drawn)


def first_page(files: ContentFiles, source: str, path: str, alt: str) -> Shown:
    """Page one of the PDF ``source``, which is published at ``path``; ``files`` must know its size."""
    width, height = files.sizes[source]
    drawn = tuple(Scaled(_scaled_path(path, one), source, one) for one in FIRST_PAGE)
    forms = _forms(drawn)
    shown = forms[-1]
    high = round(shown.width * height / width)
    return Shown(PictureView(shown.path, alt, shown.width, high, forms, leads_to=address_of(path)), drawn)


def _forms(drawn: tuple[Scaled, ...]) -> tuple[FormView, ...]:
    return tuple(FormView(address_of(one.path), one.width) for one in drawn)


def _scaled_path(path: str, width: int) -> str:
    """Where the picture of ``width`` is published: ``dust-640.webp`` beside ``dust.png``."""
    return f"{path.rpartition('.')[0]}-{width}.webp"


def logo_file(options: Mapping[str, object]) -> str:
    """The content file that the theme's option ``logo`` names; "" without one."""
    name = str(options.get("logo") or "").removeprefix("static/").lstrip("/")
    return f"static/{name}" if name else ""


def logo_of(options: Mapping[str, object], files: ContentFiles) -> PictureView | None:
    """The lab's logo under static/, if it is there."""
    found = logo_file(options)
    if found not in files.names:
        return None
    width, height = files.sizes.get(found, (0, 0))
    return PictureView(address_of(found.removeprefix("static/")), width=width, height=height)


def own_pdf(paper: Paper, files: ContentFiles) -> str:
    """The content file that is the paper's PDF; "" when there is none on this site."""
    name = paper.links.get("pdf", f"{paper.id}.pdf")
    return "" if is_absolute(name) else beside(files, paper.path, paper.id, name)


def pdf_path(paper: Paper, found: str) -> str:
    """Where the paper's PDF is published."""
    return published_path(found, paper_path(paper.id), f"{paper.id}.pdf")
