"""A pattern that is put off is the one that ``re.compile`` would have made, and each of ours can be compiled."""

import gc
import importlib
import pkgutil
import re

import pytest

import labpress
from labpress.core.patterns import when_needed


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


def test_all_patterns_of_labpress_can_be_compiled():
    for module in pkgutil.walk_packages(labpress.__path__, "labpress."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    kind = type(when_needed(""))
    ours = [one for one in gc.get_objects() if type(one) is kind and one.pattern != "("]

    assert len(ours) > 400
    for pattern in ours:
        assert pattern.flags >= 0
