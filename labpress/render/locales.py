"""Which locale files make up the words of a site: the language's own, of the site and of labpress."""

from __future__ import annotations

from collections.abc import Callable

from labpress.core.diagnostics import Diagnostic, Parsed, Span, quoted
from labpress.core.files import SourceFile
from labpress.render.theme import Layer
from labpress.site.locale_file import LocaleFile, languages_of, read_locale_file, words_of
from labpress.site.words import Words

ReadLocaleFile = Callable[[SourceFile], Parsed[LocaleFile]]


def locale_names(layers: tuple[Layer, ...]) -> tuple[str, ...]:
    """Every language there are words in, in alphabetical order; English needs no file."""
    return tuple(sorted({"en"}.union(*(layer.locales for layer in layers))))


def find_words(
    layers: tuple[Layer, ...], language: str, span: Span | None = None, read: ReadLocaleFile = read_locale_file
) -> Parsed[Words]:
    """The words of a site in ``language``; ``span`` is where it says so.

    ``pt-BR`` is first looked up as such, then as ``pt``; for each, a site's own file stands before labpress's.
    """
    files = []
    diagnostics: list[Diagnostic] = []
    for name in languages_of(language):
        for layer in layers:
            if name in layer.locales:
                path = f"{layer.root}/locales/{name}.yml" if layer.root not in ("", ".") else f"locales/{name}.yml"
                file, faults = read(SourceFile(path, layer.locales[name]))
                files.append(file)
                diagnostics += faults
    if not files and languages_of(language)[-1] != "en":
        message = f"expected a language that labpress has words in, found {quoted(language)}; they stay English"
        advice = f"there are: {', '.join(locale_names(layers))}; or write locales/{languages_of(language)[-1]}.yml"
        diagnostics.append(Diagnostic("no-translation", message, span, advice))
    return Parsed(words_of(tuple(files)), tuple(diagnostics))
