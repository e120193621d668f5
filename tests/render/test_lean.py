"""Assets lose what only their authors read, and nothing that a browser does."""

import pytest

from labpress.render.lean import lean
from tests.patience import within

CASES = {
    "a comment of CSS": ("a.css", "/* Why */\na {\n  color: red; /* red */\n}\n", "a {\ncolor: red;\n}\n"),
    "strings that look like comments": ("a.css", """a::before { content: "/* " '*/' "\\"/*" }""", """a::before { content: "/* " '*/' "\\"/*" }\n"""),
    "a licence": ("a.css", "/*! MIT */ a { }", "/*! MIT */ a { }\n"),
    "a comment without an end": ("a.css", "a { }\n/* what", "a { }\n"),
    "a script": ("a.js", "// Why\nif (a) {\n  b(); // this stays\n}\n/** What. */\nc();\n", "if (a) {\nb(); // this stays\n}\nc();\n"),
    "an address in a script": ("a.js", 'x = "https://a.org";\n', 'x = "https://a.org";\n'),
    "text of several lines": ("a.js", "x = `\n  // no comment\n`;\n", "x = `\n  // no comment\n`;\n"),
    "a block comment in a script": ("a.js", "/*\n  one\n*/\nx();\n", "/*\n  one\n*/\nx();\n"),
    "another file": ("a.svg", "<svg>\n  <!-- x -->\n</svg>", "<svg>\n  <!-- x -->\n</svg>"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_lean(case):
    name, text, expected = CASES[case]

    assert lean(name, text.encode()).decode() == expected


def test_what_is_not_utf_8_stays():
    assert lean("a.css", b"/* \xff */ a { }") == b"/* \xff */ a { }"


def test_comments_that_never_end_cost_no_more_than_their_length():
    within(2, lean, "a.css", b"/*" * 100_000 + b'"' * 100_000 + b"\n " * 50_000)
