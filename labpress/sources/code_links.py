"""The address of a paper's code, where its abstract names one."""

from __future__ import annotations

import re

from labpress.core.patterns import when_needed

_HOSTS = (
    r"(?:(?:www|gist)\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|gitee\.com|sourceforge\.net"
    r"|launchpad\.net|code\.google\.com|anonymous\.4open\.science|git\.io)"
    r"|(?:gitlab|git)\.[a-z0-9-]{1,40}(?:\.[a-z0-9-]{1,40}){1,4}"
    r"|(?:git\.|hg\.)?sr\.ht|[a-z0-9-]{1,60}\.(?:sourceforge\.(?:net|io)|googlecode\.com)"
)
_ADDRESS = when_needed(
    rf"(?<![\w@./-])(?P<scheme>https?://)?"
    rf"(?P<rest>(?:{_HOSTS})/(?:[!#-;=?-\[\]_a-{{}}~]|\\[_%#&~$]){{2,400}})",
    re.IGNORECASE,
)
_HINTS = ("git", "bitbucket", "codeberg", "sourceforge", "launchpad", "google", "4open", "sr.ht")
"""One of these is in every address; to look for them is far quicker than to try an address at every place."""

_ESCAPE = when_needed(r"\\([_%#&~$])")
_OPENERS = {")": "(", "]": "[", "}": "{"}


def code_link(text: str) -> str:
    """The first address on a code host in ``text``, free of LaTeX and of the sentence around it; or ""."""
    lower = text.lower()
    match = _ADDRESS.search(text) if any(hint in lower for hint in _HINTS) else None
    if not match:
        return ""
    rest = _ESCAPE.sub(r"\1", _balanced(match["rest"])).replace("{", "").replace("}", "")
    return (match["scheme"] or "https://") + rest.rstrip(".,;:!?'*_$\"")


def _balanced(address: str) -> str:
    r"""``address`` up to the first closing bracket that it did not open: the end of ``\url{...}`` or "(...)"."""
    opened: list[str] = []
    for at, char in enumerate(address):
        if char in "([{":
            opened.append(char)
        elif char in _OPENERS and (not opened or opened.pop() != _OPENERS[char]):
            return address[:at]
    return address
