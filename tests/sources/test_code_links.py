"""The address of a paper's code is found in its abstract, free of LaTeX and punctuation."""

from __future__ import annotations

import pytest

from labpress.sources.code_links import code_link


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("Our code is at https://github.com/a/b.", "https://github.com/a/b"),
        ("Code: http://www.github.com/a/b/tree/main/x, data later", "http://www.github.com/a/b/tree/main/x"),
        ("(see https://github.com/a/b)", "https://github.com/a/b"),
        ("(see https://github.com/a/b).", "https://github.com/a/b"),
        ("at [GitHub](https://github.com/a/b).", "https://github.com/a/b"),
        ("at **https://github.com/a/b**.", "https://github.com/a/b"),
        ("github.com/a/b has it", "https://github.com/a/b"),
        (r"\url{https://github.com/a\_lab/b\_c}.", "https://github.com/a_lab/b_c"),
        (r"\href{https://github.com/a/b}{\texttt{github.com/a/b}}", "https://github.com/a/b"),
        (r"{\tt https://github.com/a/LM{-}BFF}", "https://github.com/a/LM-BFF"),
        ("https://github.com/a/b\\footnote{x}", "https://github.com/a/b"),
        ("代码在https://github.com/a/b。", ""),
        ("代码在 https://github.com/a/b。", "https://github.com/a/b"),
        ("https://gitlab.inria.fr/a/b", "https://gitlab.inria.fr/a/b"),
        ("https://gitlab.com/a/b(v2)", "https://gitlab.com/a/b(v2)"),
        ("https://bitbucket.org/a/b;", "https://bitbucket.org/a/b"),
        ("https://codeberg.org/a/b!", "https://codeberg.org/a/b"),
        ("https://git.sr.ht/~a/b", "https://git.sr.ht/~a/b"),
        ("https://sourceforge.net/projects/b/", "https://sourceforge.net/projects/b/"),
        ("https://gitee.com/a/b", "https://gitee.com/a/b"),
        ("https://anonymous.4open.science/r/b-1234", "https://anonymous.4open.science/r/b-1234"),
        ("page https://x.github.io/y and code https://github.com/a/b", "https://github.com/a/b"),
        ("the page https://x.github.io/y", ""),
        ("GitHub (github.com) is a host", ""),
        ("mail me@github.com/x", ""),
        ("see https://notgithub.com/a/b", ""),
        ("digits and longitude", ""),
        ("", ""),
    ],
)
def test_code_link(text: str, link: str) -> None:
    assert code_link(text) == link
