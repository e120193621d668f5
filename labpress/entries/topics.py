"""topics.yml: the lab's topics and the words that mean them, applied when papers are imported."""

from __future__ import annotations

from msgspec import Struct

from labpress.core.diagnostics import Parsed
from labpress.core.files import SourceFile
from labpress.core.patterns import when_needed
from labpress.core.text import fold
from labpress.entries.paper import EMPTY_BLOCK
from labpress.entries.schema import PROSE, TEXT, Field, many, pairs, read_mapping
from labpress.entries.yaml_file import read_yaml_file, render_prose
from labpress.entries.yaml_nodes import MappingNode
from labpress.markup.settings import MarkupSettings
from labpress.markup.text import Block

_WORD = when_needed(r"[^\W_]+(?:['’][^\W_]+)*")


class Topic(Struct, frozen=True):
    """One topic: its name is a tag."""

    name: str
    words: tuple[str, ...] = ()
    """Words and phrases that mean it; accents, case and hyphens do not count, a plural s is allowed."""
    description: Block = EMPTY_BLOCK
    """Shown on the tag's page."""


TOPIC_FIELDS: dict[str, Field] = {
    "words": Field(many(TEXT, "words"), "Words and phrases that mean this topic."),
    "description": Field(PROSE, "A few words for the topic's page, in Markdown."),
}


def read_topics(file: SourceFile, settings: MarkupSettings) -> Parsed[tuple[Topic, ...]]:
    """Read topics.yml: topic -> list of words, or topic -> {words, description}."""
    node, reader, diagnostics = read_yaml_file(file)
    if node is None:
        return Parsed((), diagnostics)
    topics = []
    words = many(TEXT, "words")
    for name, _key_node, value_node in pairs(reader, node):
        if isinstance(value_node, MappingNode):
            values, lines = read_mapping(reader, value_node, TOPIC_FIELDS, {})
            description = render_prose(values.get("description", ""), settings, reader, lines.get("description", 0))
            topics.append(Topic(name, values.get("words", ()), description))
        else:
            topics.append(Topic(name, words.read(reader, value_node) or ()))
    return Parsed(tuple(topics), (*diagnostics, *reader.diagnostics))


def topics_of(title: str, abstract: str, topics: tuple[Topic, ...]) -> tuple[str, ...]:
    """The names of the topics whose words stand in the title, or stand in the abstract, in the order of topics.yml."""
    text = f" {_normal(title)} | {_normal(abstract)} "
    return tuple(topic.name for topic in topics if any(_means(word, text) for word in topic.words or (topic.name,)))


def _normal(text: str) -> str:
    return " ".join(_WORD.findall(fold(text)))


def _means(word: str, text: str) -> bool:
    phrase = _normal(word)
    return bool(phrase) and (f" {phrase} " in text or f" {phrase}s " in text)
