"""Languages, as people, catalogues and LaTeX name them, and their tags: BCP 47, which HTML and every export want."""

from __future__ import annotations

import re

from labpress.core.patterns import when_needed

_TAG = when_needed(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8}){0,8}", re.ASCII)

_NAMES = {
    "ar": "arabic ara العربية",
    "bg": "bulgarian bul български",
    "ca": "catalan cat català",
    "cs": "czech cze ces čeština",
    "da": "danish dan dansk",
    "de": "german ngerman austrian naustrian swissgerman nswissgerman ger deu deutsch",
    "el": "greek polutonikogreek gre ell ελληνικά",
    "en": "english american usenglish british ukenglish canadian australian newzealand eng",
    "es": "spanish castilian mexican spa español castellano",
    "et": "estonian est eesti",
    "fa": "persian farsi per fas فارسی",
    "fi": "finnish fin suomi",
    "fr": "french francais acadian canadien fre fra français",
    "he": "hebrew heb עברית",
    "hi": "hindi hin हिन्दी",
    "hr": "croatian hrv hrvatski",
    "hu": "hungarian magyar hun",
    "id": "indonesian bahasa ind",
    "is": "icelandic ice isl íslenska",
    "it": "italian ita italiano",
    "ja": "japanese jpn 日本語",
    "ko": "korean kor 한국어",
    "la": "latin lat",
    "lt": "lithuanian lit lietuvių",
    "lv": "latvian lav latviešu",
    "ms": "malay may msa",
    "nl": "dutch dut nld nederlands",
    "nn": "nynorsk nno",
    "no": "norwegian norsk nor",
    "pl": "polish pol polski",
    "pt": "portuguese brazilian brazil portuges por português",
    "ro": "romanian rum ron română",
    "ru": "russian rus русский",
    "sk": "slovak slo slk slovenčina",
    "sl": "slovenian slovene slv slovenščina",
    "sr": "serbian srp српски",
    "sv": "swedish swe svenska",
    "th": "thai tha ไทย",
    "tr": "turkish tur türkçe",
    "uk": "ukrainian ukr українська",
    "vi": "vietnamese vie",
    "zh": "chinese chi zho 中文",
}
"""Tag -> the language's English name, babel's names of it, its codes in catalogues (ISO 639-2), its own name."""

_TAGS = {name: tag for tag, names in _NAMES.items() for name in names.split()}


def parse_language(text: str) -> str | None:
    """The tag of the language that ``text`` names or is the tag of: ``pt-BR`` of ``pt_br``, ``de`` of ``ngerman``."""
    tag = _TAGS.get(text.lower())
    if tag is None and _TAG.fullmatch(text):
        first, *more = text.replace("_", "-").split("-")
        tag = "-".join([first.lower(), *map(_in_its_case, more)])
    return tag


def _in_its_case(part: str) -> str:
    """A part of a tag as BCP 47 recommends to write it: ``BR`` for a country, ``Hant`` for a script."""
    return part.upper() if len(part) == 2 else part.title() if len(part) == 4 and part.isalpha() else part.lower()
