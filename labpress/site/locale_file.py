"""A locale file, and what Unicode's locale data say of its language: the words of a site in one language."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.structs import fields

from labpress.core.diagnostics import Diagnostic, Parsed, Span, quoted
from labpress.core.files import SourceFile
from labpress.core.patterns import when_needed
from labpress.core.text import closest
from labpress.site.words import ENGLISH, ROUND, Counted, Dates, Words

_PLACEHOLDER = when_needed(r"\{([^{}]*)\}")
_DATE_PART = when_needed(r"'([^']*)'|y+|[ML]+|d+|[^a-zA-Z']+|[a-zA-Z]")
_CATEGORIES = ("zero", "one", "two", "few", "many", "other")


class LocaleFile(Struct, frozen=True):
    """What one file of ``locales/`` says; what it leaves out stays English, or as the file below it has it."""

    texts: dict[str, str] = {}
    counted: dict[str, dict[str, str]] = {}
    tables: dict[str, dict[str, str]] = {}
    categories: tuple[str, ...] = ()
    ordinals: tuple[str, ...] = ()
    """The categories of numbers in a row: 1st, 2nd, 3rd."""
    separator: str = ","
    dates: Dates = Dates()


def languages_of(tag: str) -> tuple[str, ...]:
    """The locale files for the language ``tag``, the closest first: ``pt-br``, ``pt``."""
    parts = tag.lower().replace("_", "-").split("-")
    return tuple("-".join(parts[:length]) for length in range(len(parts), 0, -1))


def words_of(files: tuple[LocaleFile, ...]) -> Words:
    """The words of a site from its locale files, of which the first says most."""
    if not files:
        return ENGLISH
    values: dict[str, Any] = {"dates": files[0].dates}
    for file in reversed(files):
        values |= file.texts
        for name, forms in file.counted.items():
            categories = files[0].ordinals if name == "edition_ordinal" else files[0].categories
            values[name] = Counted(forms, categories, files[0].separator)
        for name, table in file.tables.items():
            values[name] = {**getattr(ENGLISH, name), **values.get(name, {}), **table}
    return Words(**values)


def read_locale_file(file: SourceFile) -> Parsed[LocaleFile]:
    """Read ``locales/de.yml``: words by the names of the fields of ``Words``. What is faulty is left out and reported.

    Plural rules and the forms of dates are those of the language that the file is named after.
    """
    from labpress.entries.schema import TEXT, Field, Kind, Reader, mapping_of, read_mapping
    from labpress.entries.yaml_file import read_yaml_file  # Only sites in other languages than English need it here.
    from labpress.entries.yaml_nodes import Node

    def read_words(reader: Reader, node: Node) -> str | None:
        text = TEXT.read(reader, node)
        # A space at the end counts: it stands between two names.
        return f"{text} " if text and str(node.value).endswith(" ") else text

    node, reader, diagnostics = read_yaml_file(file)
    tag = file.path.rpartition("/")[2].removesuffix(".yml")
    conventions = _conventions(tag)
    if node is None:
        return Parsed(LocaleFile({}, {}, {}, *conventions), diagnostics)
    kinds = {one.name: type(getattr(ENGLISH, one.name)) for one in fields(Words) if one.name != "dates"}
    several = mapping_of(TEXT, "words")
    words = Kind(read_words, TEXT.schema)
    table = {name: Field(words if kind is str else several, "") for name, kind in kinds.items()}
    values, lines = read_mapping(reader, node, table, {})
    sorted_out: dict[type, dict[str, Any]] = {str: {}, Counted: {}, dict: {}}
    faults = []
    for name, value in values.items():
        kind = kinds[name]
        wrong = _fault(name, value, kind)
        if wrong:
            faults.append(Diagnostic("bad-translation", f"{name}: {wrong}", Span(file.path, lines[name])))
        else:
            sorted_out[kind][name] = value
    texts, counted, tables = sorted_out.values()
    locale = LocaleFile(texts, counted, tables, *conventions)
    return Parsed(locale, (*diagnostics, *reader.diagnostics, *faults))


def _fault(name: str, value: Any, kind: type) -> str:  # noqa: ANN401  Text or a mapping of texts.
    """What keeps a translation from standing in for the English words, or ""."""
    english = getattr(ENGLISH, name)
    if kind is Counted:
        return _fault_in_forms(value)
    if kind is dict:
        return "" if name == "statuses" else _fault_in_table(value, english)
    return _fault_in_text(value, english)


def _fault_in_text(value: str, english: str) -> str:
    parts = sorted(_PLACEHOLDER.findall(english))
    rest = _PLACEHOLDER.sub("", value)
    if parts == sorted(_PLACEHOLDER.findall(value)) and "{" not in rest and "}" not in rest:
        return ""
    wanted = ", ".join(f"{{{part}}}" for part in parts) or "no braces"
    return f"expected {wanted} as in {quoted(english)}, found {quoted(value)}"


def _fault_in_forms(value: dict[str, str]) -> str:
    strange = next((key for key in value if key not in _CATEGORIES), "")
    if strange or "other" not in value:
        found = quoted(strange) if strange else "no other"
        return f"expected plural forms ({', '.join(_CATEGORIES)}, of which other must be there), found {found}"
    strange = next((part for words in value.values() for part in _PLACEHOLDER.findall(words) if part != "n"), "")
    return f"expected {{n}} in braces, found {quoted(strange)}" if strange else ""


def _fault_in_table(value: dict[str, str], english: dict[str, str]) -> str:
    strange = next((key for key in value if key not in english), "")
    if not strange:
        return ""
    meant = closest(strange, english)
    return f"expected one of {', '.join(english)}, found {quoted(strange)}{f'; did you mean {meant}?' if meant else ''}"


def _conventions(tag: str) -> tuple[tuple[str, ...], tuple[str, ...], str, Dates]:
    """Plural categories, those of ordinals, the separator of thousands and the forms of dates, from Unicode's CLDR."""
    from babel import Locale, UnknownLocaleError  # 50 ms with its data, once for each locale file's content.

    try:
        locale = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return Counted({}).categories, ENGLISH.edition_ordinal.categories, ",", Dates()
    categories = tuple(str(locale.plural_form(number)) for number in range(2 * ROUND))
    ordinals = tuple(str(locale.ordinal_form(number)) for number in range(2 * ROUND))
    separator = locale.number_symbols.get("latn", {}).get("group", ",")
    day = str(locale.date_formats["long"].pattern)
    month = str(locale.datetime_skeletons["yMMMM"].pattern)
    dates = Dates(_date_form(day), _date_form(month), _months(locale, day), _months(locale, month))
    return categories, ordinals, separator, dates


def _months(locale: Any, pattern: str) -> tuple[str, ...]:  # noqa: ANN401  Babel has no types.
    """The names of months as ``pattern`` wants them: beside a day, alone, or as numbers."""
    if "MMM" not in pattern and "LLL" not in pattern:
        return tuple(str(month) for month in range(1, 13))
    names = locale.months["stand-alone" if "LLL" in pattern else "format"]["wide"]
    return tuple(str(names[month]) for month in range(1, 13))


def _date_form(pattern: str) -> str:
    """A pattern of CLDR's, ``d 'de' MMMM y``, in the form that ``Dates`` has: ``{day} de {month} {year}``."""
    parts = {"y": "{year}", "M": "{month}", "L": "{month}", "d": "{day}"}
    return "".join(
        found.group(1) if found.group(1) is not None else parts.get(found.group()[0], found.group())
        for found in _DATE_PART.finditer(pattern)
    )
