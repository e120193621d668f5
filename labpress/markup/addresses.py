"""The addresses of one text: which may stand, and what they lead to."""

from __future__ import annotations

from urllib.parse import unquote

from labpress.markup.urls import safe_url, scheme_of

ADDRESS_ATTRIBUTES = frozenset(["href", "src", "poster"])


class AddressBook:
    """Decides about each address of a text and notes it, each once and in order."""

    def __init__(self, id_prefix: str = "") -> None:
        self.id_prefix = id_prefix
        self.files: dict[str, None] = {}
        """Local files that are linked to or shown."""
        self.entries: dict[str, None] = {}
        """Ids of papers that are linked to."""
        self.unsafe: dict[str, None] = {}
        """Addresses that could run something or hide what they are."""
        self.remote: dict[str, None] = {}
        """Pictures and films that another site would have to be asked for."""

    def admit(self, address: str, *, link: bool) -> str | None:
        """The address as the text may have it, or None. ``link``: it is followed by a person, not loaded by the page.

        Addresses that only a page can know come out as ``entry:ID``, ``file:NAME`` and ``site:PATH``.
        """
        address = address.strip()
        if address.startswith("#"):
            return f"#{self.id_prefix}{address[1:]}"
        scheme = scheme_of(address)
        if link and address.startswith("entry:"):
            self.entries[address[6:]] = None
            return address
        url = safe_url(address)
        if not url:
            self.unsafe |= dict.fromkeys([address] if address else [])
            return None
        if not scheme and not url.startswith(("//", "?")):
            return self._local(url)
        if link or scheme == "data":
            return url
        self.remote[address] = None
        return None

    def _local(self, url: str) -> str:
        if url.startswith("/"):
            return f"site:{url[1:]}"
        self.files[unquote(url.partition("#")[0].partition("?")[0])] = None
        return f"file:{url}"
