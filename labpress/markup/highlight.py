"""Colours for fenced code, as classes that a theme's stylesheet knows."""

from __future__ import annotations

import re
from html import unescape

from labpress.core.patterns import when_needed

_CODE = when_needed(r'<pre><code class="language-([\w+#-]+)">(.*?)</code></pre>', re.DOTALL)
_MAX_LENGTH = 50_000
_MAX_LINE = 2_000
"""Lexers are patterns by many hands; some take quadratic time on one long line."""


def highlighted(html: str) -> str:
    """``html`` with each fenced block whose language is known marked up by Pygments."""
    return _CODE.sub(_block, html) if '<pre><code class="language-' in html else html


def _block(match: re.Match[str]) -> str:
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    code = unescape(match[2])
    if len(code) > _MAX_LENGTH or max(map(len, code.split("\n"))) > _MAX_LINE:
        return match[0]
    try:
        lexer = get_lexer_by_name(match[1].lower(), stripnl=False, ensurenl=False)
    except ClassNotFound:
        return match[0]
    marked = highlight(code, lexer, HtmlFormatter(nowrap=True))
    return f'<pre class="highlight"><code class="language-{match[1]}">{marked.rstrip()}\n</code></pre>'
