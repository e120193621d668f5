"""Bytes become text whatever their encoding, and line numbers stay an editor's."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labpress.core.decoding import decode
from labpress.core.files import SourceFile

_TEXT = "Größe: 5 µm, “Dvořák” 张三\n\tplain line\n"


def _read(data: bytes) -> tuple[str, list[tuple[str, int, int]]]:
    source, diagnostics = decode(SourceFile("x.txt", data))
    return source.text, [(one.code, one.span.line, one.span.column) for one in diagnostics if one.span]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"], ids=str
)
def test_unicode_is_read_in_every_form(encoding: str) -> None:
    mark = "\ufeff" if encoding == "utf-32-le" else ""
    assert _read((mark + _TEXT).encode(encoding)) == (_TEXT, [])


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_utf_16_with_an_odd_byte_at_the_end_keeps_its_text(mark: bytes) -> None:
    encoding = "utf-16-le" if mark[0] == 0xFF else "utf-16-be"
    text, found = _read(mark + "one\ntwo".encode(encoding) + b"\x41")
    assert text == "one\ntwo\ufffd"
    assert found == [("odd-encoding", 2, 4)]


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_every_line_end_is_one(end: str) -> None:
    assert _read(f"one{end}two{end}{end}four".encode()) == ("one\ntwo\n\nfour", [])


def test_a_western_file_is_read_as_windows_1252_and_its_first_odd_byte_named() -> None:
    assert _read("plain\r\ncaf\xe9 \x93quoted\x94\r\n".encode("latin-1")) == (
        "plain\ncafé “quoted”\n",
        [("odd-encoding", 2, 4)],
    )


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("% Encoding: ISO8859_2", "iso8859-2"),
        ("% Encoding: Cp1250", "cp1250"),
        ("% -*- coding: latin-2 -*-", "latin2"),
        ('<?xml version="1.0" encoding="windows-1250"?>', "cp1250"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-2">', "iso8859-2"),
    ],
)
def test_what_is_not_utf_8_is_read_in_the_encoding_that_it_names(head: str, encoding: str) -> None:
    text = f"{head}\nZażółć gęślą jaźń, Łoś\n"
    assert _read(text.encode(encoding)) == (text, [])
    # Whoever converted the file left its first line as it was.
    assert _read(text.encode()) == (text, [])
    assert _read(text.encode() + b"caf\xe9\n") == (f"{text}café\n", [("odd-encoding", 3, 4)])


def test_who_says_latin_1_writes_windows_1252() -> None:
    assert _read(b"% Encoding: ISO8859_1\n\x93caf\xe9\x94\n") == ("% Encoding: ISO8859_1\n“café”\n", [])


@pytest.mark.parametrize("name", ["GBK", "ISO8859_12", "rot13", "undefined"])
def test_an_encoding_that_does_not_fit_or_is_none_is_not_used(name: str) -> None:
    text, found = _read(f"% Encoding: {name}\ncaf".encode() + b"\xe9\n\xff\n")
    assert text == f"% Encoding: {name}\ncafé\nÿ\n"
    assert found == [("odd-encoding", 2, 4)]


def test_a_foreign_byte_does_not_spoil_the_rest_of_a_utf_8_file() -> None:
    assert _read("Dvořák\n".encode() + b"caf\xe9\n") == ("Dvořák\ncafé\n", [("odd-encoding", 2, 4)])


def test_bytes_that_windows_1252_leaves_out_are_read_as_latin_1_and_then_taken_out() -> None:
    text, found = _read(b"caf\xe9 \x81 bar")
    assert text == "café  bar"
    assert [code for code, *_ in found] == ["odd-encoding", "control-character"]


def test_control_characters_are_taken_out_and_the_first_one_named() -> None:
    text, found = _read(b"a plain line of text\nwith a \0 zero and a \x0c feed\nend\x7f\n")
    assert text == "a plain line of text\nwith a  zero and a  feed\nend\n"
    assert found == [("control-character", 2, 8)]
    message = decode(SourceFile("x", b"some text\0 and more of it\0")).diagnostics[0].message
    assert message == "took out 2 control characters, the first one U+0000"


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\x08\2\0\0",
        b"%PDF-1.7\nplain so far\n",
        b"PK\3\4\x14\0\0\0\x08\0" + random.Random(1).randbytes(500),
        bytes(range(256)) * 4,
        random.Random(2).randbytes(100_000),
        b"\0" * 100,
    ],
    ids=["png", "pdf", "zip", "all bytes", "noise", "zeros"],
)
def test_a_binary_file_is_an_error_and_empty(data: bytes) -> None:
    assert _read(data) == ("", [("not-text", 0, 0)])


def test_an_empty_file_is_an_empty_text() -> None:
    assert _read(b"") == ("", [])
    assert _read(b"\xef\xbb\xbf") == ("", [])


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff\ufffe\uffff"), max_size=80))
def test_utf_8_text_comes_back_as_it_was(text: str) -> None:
    assert _read(text.encode()) == (text, [])


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=120))
def test_any_bytes_are_read_and_line_numbers_kept(data: bytes) -> None:
    source, diagnostics = decode(SourceFile("x", data))
    assert "\0" not in source.text
    assert "\r" not in source.text
    for one in diagnostics:
        assert one.span
        assert one.span.line <= source.text.count("\n") + 1
