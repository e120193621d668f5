"""Every word of labpress's own that a page can show, in the site's language: a value in each view.

Templates write ``{{ site.words.abstract }}``. The English words are the defaults below; other languages are files of
``locales/``, one key for each field, read by ``labpress.site.locale_file``. A lab may add a language, or change single
words, by a file of the same name in its own ``locales/``.
"""

from __future__ import annotations

from msgspec import Struct, field, json

from labpress.core.dates import MONTHS, PartialDate
from labpress.entries.paper import LINK_KINDS, TYPES

ROUND = 100
"""Plural rules look at a number's last two digits, and at numbers below a hundred as they are."""


class Counted(Struct, frozen=True):
    """A number of things in words: a template calls it, as in ``{{ site.words.papers_counted(count) }}``."""

    forms: dict[str, str]
    """CLDR plural category (``one``, ``few``, ``other`` ...) -> words with ``{n}``."""
    categories: tuple[str, ...] = ("other", "one")
    """The category of 0, 1, 2 ...; of those beyond, its last hundred goes round. Two suffice for English."""
    separator: str = ","
    """Between thousands."""

    def __call__(self, number: int) -> str:
        known = self.categories
        if number < len(known):
            category = known[number]
        else:
            category = known[ROUND + number % ROUND] if len(known) == 2 * ROUND else "other"
        words = self.forms.get(category) or self.forms["other"]
        return words.replace("{n}", self.number(number))

    def number(self, number: int) -> str:
        """The bare number, as it stands in words."""
        return f"{number:,}".replace(",", self.separator)

    @property
    def json(self) -> str:
        """The forms, for a script that counts: on each list, where Jinja's own filter would take ten times as long."""
        return json.encode(self.forms).decode()


class Dates(Struct, frozen=True):
    """How dates are written."""

    day: str = "{day} {month} {year}"
    month: str = "{month} {year}"
    months: tuple[str, ...] = MONTHS
    """As they stand beside a day."""
    months_alone: tuple[str, ...] = MONTHS
    """As they stand beside a year only."""

    def text(self, date: PartialDate) -> str:
        """``14 June 2022``, ``June 2022`` or ``2022``."""
        if not date.month:
            return str(date.year)
        if not date.day:
            return self.month.format(year=date.year, month=self.months_alone[date.month - 1])
        return self.day.format(year=date.year, month=self.months[date.month - 1], day=date.day)


_IN_A_ROW = {1: "one", 2: "two", 3: "few"}
_ORDINALS = tuple(
    "other" if number % 100 in (11, 12, 13) else _IN_A_ROW.get(number % 10, "other") for number in range(2 * ROUND)
)
"""CLDR's ordinal categories of English."""


def _counted(one: str, other: str) -> Counted:
    return Counted({"one": one, "other": other})


class Words(Struct, frozen=True, kw_only=True):
    """All words, English unless a locale file says otherwise. What stands in braces is filled in."""

    # Frame
    skip_to_content: str = "Skip to content"
    main_menu: str = "Main"
    """Names the menu to screen readers."""
    dark_colours: str = "Dark colours"
    source_of_site: str = "Source of this site"
    # Sections of the site
    papers: str = "Papers"
    publications: str = "Publications"
    topics: str = "Topics"
    years: str = "Years"
    authors: str = "Authors"
    venues: str = "Venues"
    # Numbers
    papers_counted: Counted = field(default_factory=lambda: _counted("{n} paper", "{n} papers"))
    authors_counted: Counted = field(default_factory=lambda: _counted("{n} author", "{n} authors"))
    more_counted: Counted = field(default_factory=lambda: _counted("{n} more", "{n} more"))
    """Behind which the rest of a list unfolds."""
    more_authors_counted: Counted = field(default_factory=lambda: _counted("{n} more author", "{n} more authors"))
    and_more_counted: Counted = field(default_factory=lambda: _counted(", and {n} more", ", and {n} more"))
    """At the end of a shortened list of authors."""
    # Home
    since: str = "since {year}"
    papers_per_year: str = "Papers per year"
    selected_papers: str = "Selected papers"
    newest_papers: str = "Newest papers"
    all_papers: str = "All papers"
    all_topics: str = "All topics"
    news: str = "News"
    no_papers: str = "No papers yet."
    nothing_here: str = "Nothing here yet."
    # Lists
    comma: str = ", "
    """Between names."""
    et_al: str = ", et\xa0al."
    """After the last name, with whatever stands between them."""
    draft: str = "Draft"
    undated: str = "Undated"
    forthcoming: str = "Forthcoming"
    sorted_by: str = "Sorted by"
    """Names the orders of a list, which are called by the next two words and by ``venues``."""
    date: str = "Date"
    title: str = "Title"
    compact: str = "Compact"
    """Names the box that makes a list shorter."""
    often_with: str = "Often with"
    other_years: str = "Other years"
    letters: str = "Letters"
    feed: str = "Feed"
    page_of: str = "page {number} of {total}"
    title_of_page: str = "{title}, page {number}"
    pages_of_list: str = "Pages of this list"
    previous: str = "Previous"
    next: str = "Next"
    # Search
    search: str = "Search"
    search_papers: str = "Search papers"
    search_hint: str = "Title, author, topic, year …"
    search_all_papers: str = "Search all papers"
    search_unavailable: str = "Search does not work here. The lists are complete."
    """Where the index cannot be fetched: without a connection, or on a page opened from the disk."""
    filters: str = "Filters"
    clear_filters: str = "Clear filters"
    year_from: str = "From"
    year_to: str = "To"
    type: str = "Type"
    available: str = "Available"
    """Names the filters for papers with code and with a PDF."""
    results: str = "Results"
    no_results: str = "No papers found."
    similar_results: str = "No exact match. Similar: {papers}"
    more_results: str = "More results"
    # A paper
    orcid_of: str = "ORCID iD of {name}"
    equal_contribution: str = "Equal contribution"
    corresponding_author: str = "Corresponding author"
    abstract: str = "Abstract"
    details: str = "Details"
    category: str = "Category"
    note: str = "Note"
    cite: str = "Cite"
    copy_bibtex: str = "Copy BibTeX"
    copied: str = "Copied"
    related_papers: str = "Related papers"
    mentioned_here: str = "Mentioned here"
    """Why a paper is related, as the next four: the text of this page links to it."""
    mentions_this: str = "Mentions this paper"
    shared_topics: str = "Shared topics: {topics}"
    shared_authors: str = "Shared authors: {names}"
    similar_text: str = "Similar text"
    neighbouring_papers: str = "Neighbouring papers"
    newer: str = "Newer"
    older: str = "Older"
    edit_page: str = "Edit this page"
    first_page: str = "First page"
    """Says what the picture of a paper shows that has none but its PDF."""
    # Where a paper was published
    volume: str = "volume {volume}"
    issue: str = "issue {issue}"
    number: str = "no. {number}"
    page: str = "page {pages}"
    pages: str = "pages {pages}"
    edition: str = "{edition} edition"
    edition_ordinal: Counted = Counted({"one": "{n}st", "two": "{n}nd", "few": "{n}rd", "other": "{n}th"}, _ORDINALS)
    """The number of an edition. Its categories are those of ordinals."""
    thesis: str = "{degree} thesis"
    # People
    member_of: str = "Member of {site}"
    home_page: str = "Home page"
    also_published_as: str = "Also published as {names}"
    coauthors: str = "Co-authors"
    people: str = "People"
    current_members: str = "Members"
    alumni: str = "Alumni"
    years_here: str = "{start}–{end}"
    until: str = "until {year}"
    # Numbers and pictures
    statistics: str = "Statistics"
    by_topic: str = "By topic"
    by_type: str = "By type"
    by_venue: str = "By venue"
    others: str = "Others"
    """Everything that a picture does not show by itself."""
    topics_over_time: str = "Topics over time"
    topics_together: str = "Topics together"
    coauthor_network: str = "Co-author network"
    joint_papers: str = "Joint papers"
    as_table: str = "As a table"
    shown_of: str = "{shown} of {all}"
    """How many of all people a picture shows."""
    # Addresses that lead nowhere
    page_not_found: str = "Page not found"
    no_such_page: str = "There is no such page."
    to_home: str = "To the home page"
    # Descriptions for search engines
    publications_of: str = "Publications: {site}"
    papers_by: str = "{papers} by {name}"
    index_of: str = "{heading} of the publications: {site}"
    # Tables
    types: dict[str, str] = field(default_factory=lambda: dict(TYPES))
    """Entry type -> its name."""
    links: dict[str, str] = field(default_factory=lambda: dict(LINK_KINDS))
    """Link kind -> label."""
    statuses: dict[str, str] = field(default_factory=dict)
    """What entries say of a paper that is not out yet, in small letters -> how it is printed."""
    dates: Dates = field(default_factory=Dates)


ENGLISH = Words()
