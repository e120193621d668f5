"""A pattern that is put off is the one that ``re.compile`` would have made, and each of ours can be compiled."""

import gc
import importlib
import pkgutil
import re
import subprocess
import sys

import pytest

import labpress
from labpress.core.patterns import patterns_put_off, when_needed


def test_it_is_what_re_compiles():
    words, made = when_needed(r"(?P<word>[a-z]+)", re.IGNORECASE), re.compile(r"(?P<word>[a-z]+)", re.IGNORECASE)
    text = "One two, Three"

    assert words.findall(text) == made.findall(text) == ["One", "two", "Three"]
    assert words.sub(lambda match: match["word"].upper(), text) == "ONE TWO, THREE"
    assert (words.pattern, words.flags, words.groupindex) == (made.pattern, made.flags, made.groupindex)
    assert when_needed(rb"\d").search(b"a1")[0] == b"1"


def test_it_is_compiled_when_it_is_first_used():
    broken = when_needed("(")
    assert broken.pattern == "("
    with pytest.raises(re.error):
        broken.search("")


def test_what_is_imported_meanwhile_puts_its_patterns_off_too():
    compiled = re.compile
    with patterns_put_off():
        assert type(re.compile("x", flags=re.ASCII)) is type(when_needed("x"))
    assert re.compile is compiled
    with pytest.raises(ImportError), patterns_put_off():
        importlib.import_module("labpress.nothing")
    assert re.compile is compiled


LIBRARIES = r"""
import labpress.entries.yaml_nodes, labpress.render.environment  # Before anybody else imports the two libraries.
import datetime, jinja2.lexer, re, yaml

for pattern in (yaml.reader.Reader.NON_PRINTABLE, yaml.constructor.SafeConstructor.timestamp_regexp, jinja2.lexer.float_re):
    assert not isinstance(pattern, re.Pattern), pattern
assert yaml.safe_load("a: 2024-02-03 04:05:06\nb: [1, 2.5, no]") == {
    "a": datetime.datetime(2024, 2, 3, 4, 5, 6), "b": [1, 2.5, False],
}
text = "{# x #}{% for n in [1, 2.5e1] -%} {{ n ~ 'a' | title }}, {% endfor %}{% raw %}{{ {% endraw %}"
assert jinja2.Environment().from_string(text).render() == "1A, 25.0A, {{ "
"""


def test_the_libraries_work_with_patterns_that_were_put_off():
    subprocess.run([sys.executable, "-c", LIBRARIES], check=True)


def test_all_patterns_of_labpress_can_be_compiled():
    for module in pkgutil.walk_packages(labpress.__path__, "labpress."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    kind = type(when_needed(""))
    ours = [one for one in gc.get_objects() if type(one) is kind and one.pattern != "("]

    assert len(ours) > 400
    for pattern in ours:
        assert pattern.flags >= 0
