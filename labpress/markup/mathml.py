"""LaTeX math to MathML: everything that knows the library math-core stands here.

The library is quick and right, and needs six precautions: it can overflow the stack on deep nesting, which
no ``except`` can catch; it writes inline styles, which a content policy forbids; it writes one entity that XML does
not know; it marks script letters with a variation selector that spoils searching; it hangs scripts on a base without
height, which browsers cut off; and it drops what follows a raw ``%``, which in an abstract is a percent sign.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

from math_core import LatexError, LatexToMathML
from msgspec import Struct

from labpress.core.patterns import when_needed
from labpress.markup.mathtext import mathml_to_text

MAX_LENGTH = 4_000
"""Characters of one formula; the longest in the wild are a tenth of it."""
MAX_DEPTH = 40
"""Braces, environments, fences or arguments inside each other. Stacks of 512 kB overflow between 100 and 200."""

MAX_EXPANSIONS = 200
"""Macros of one formula, those within macros included."""

Macros = tuple[tuple[str, str], ...]
"""Name (with or without its backslash) and body, in the order of site.yml: hashable, so that it can be a key."""

_PRESET_MACROS = {
    "abs": r"\left\lvert #1\right\rvert",
    "norm": r"\left\lVert #1\right\rVert",
    "R": r"\mathbb{R}",
    "mathbbm": r"\mathbb{#1}",
    "mathds": r"\mathbb{#1}",
    "pmb": r"\boldsymbol{#1}",
    "mathnormal": "#1",
    "ensuremath": "#1",
    "substack": r"\begin{subarray}{c}#1\end{subarray}",
    "nicefrac": "{#1}/{#2}",
    "sfrac": "{#1}/{#2}",
    "mbox": r"\text{#1}",
    "hbox": r"\text{#1}",
    "textnormal": r"\text{#1}",
    "textup": r"\text{#1}",
    "textmd": r"\text{#1}",
    "textsc": r"\text{#1}",
    "textsl": r"\textit{#1}",
    "emph": r"\textit{#1}",
    "textsuperscript": r"{}^{\text{#1}}",
    "textsubscript": r"{}_{\text{#1}}",
    "SI": r"#1\,\mathrm{#2}",
    "num": "#1",
    "si": r"\mathrm{#1}",
    "unit": r"\mathrm{#1}",
    "AA": r"\text{Å}",
    "angstrom": r"\text{Å}",
    "textmu": r"\text{µ}",
    "upmu": r"\text{µ}",
    "textdegree": r"{}^\circ",
    "mathpzc": r"\mathcal{#1}",
    "mathup": r"\mathrm{#1}",
    "dotsc": r"\ldots",
    "dotso": r"\ldots",
    "dotsb": r"\cdots",
    "dotsm": r"\cdots",
    "dotsi": r"\cdots",
    "dv": r"\frac{\mathrm{d}#1}{\mathrm{d}#2}",
    "pdv": r"\frac{\partial #1}{\partial #2}",
    "varprojlim": r"\underset{\longleftarrow}{\lim}",
    "varinjlim": r"\underset{\longrightarrow}{\lim}",
    "colorbox": "#2",
    "href": "#2",
    "label": r"{}{\vphantom{#1}}",
    "tag": r"\qquad(\text{#1})",
    "eqref": r"(\text{#1})",
    "ref": r"\text{#1}",
    "smash": "#1",
    "llap": "#1",
    "rlap": "#1",
    "mathllap": "#1",
    "mathrlap": "#1",
    "mathclap": "#1",
    "vcenter": "#1",
    "Tilde": r"\tilde{#1}",
    "qed": r"\square",
    "varlimsup": r"\overline{\lim}",
    "varliminf": r"\underline{\lim}",
    "enskip": r"\enspace",
    "strut": "",
    "xspace": "",
    "nonumber": "",
}
"""Commands of common packages that the library lacks."""

# Environments by the name of one that looks the same in a formula of its own, which is never numbered.
_ENVIRONMENTS = {
    "align": "aligned", "align*": "aligned", "split": "aligned", "equation": "gathered", "equation*": "gathered",
    "gather": "gathered", "gather*": "gathered", "multline": "gathered", "multline*": "gathered",
    "multlined": "gathered", "eqnarray": "aligned", "eqnarray*": "aligned", "smallmatrix": "matrix",
}  # fmt: skip
_ENVIRONMENT = when_needed(r"(\\(?:begin|end)\{)([a-z]+\*?)(?=\})")
_PERCENT = when_needed(r"(?<!\\)%")

_NESTING = when_needed(r"\\(?:[a-zA-Z]+|.)|[{}^_]", re.DOTALL)
_OPENING = frozenset(["{", r"\left", r"\begin"])
_CLOSING = frozenset(["}", r"\right", r"\end"])

_DEFINING = frozenset([r"\newcommand", r"\renewcommand", r"\providecommand", r"\def", r"\let"])

_WITHOUT_SELECTORS = {0xFE00: None, 0xFE01: None}
_NOTHING_WITH_SCRIPTS = when_needed(r"(<msu(?:b|p|bsup)>)<mrow></mrow>")
_HEIGHT = '<mspace height="0.5em"/>'
"""As a letter has it. What hangs on nothing at all, as in ``CO$_2$``, browsers place beside it and cut off."""
_SCRIPTS = tuple(f"<math><{tag}>{_HEIGHT}" for tag in ("msub", "msup", "msubsup"))
_LONGEST_SCRIPT = 20
_STYLE = when_needed(r' style="([^"]*)"')
CLASSES = {
    "text-align: left": "math-left",
    "text-align: right": "math-right",
    "padding-left: 0": "math-no-left",
    "padding-left:0": "math-no-left",
    "padding-right: 0": "math-no-right",
    "padding-right:0": "math-no-right",
    "padding-left:1em": "math-condition",
    "padding-left:0.2778em": "math-relation",
    "padding-right:0.2778em": "math-relation-end",
    "padding-top: 0": "math-close",
    "padding-top: 0.1667em": "math-continued",
    "margin-left:-0.16666667em": "math-back-thin",
    "margin-left:-0.22222222em": "math-back-medium",
    "margin-left:-0.2777778em": "math-back-thick",
    "width: 100%": "math-wide",
    "width: 50%": "math-half",
    "width: 7.5%": "math-indent",
    "font-variant-caps: small-caps": "small-caps",
    **{
        f"border-{side}: 0.05em {line} currentcolor": f"math-{side}-{line}"
        for side in ("top", "left", "right")
        for line in ("solid", "dashed")
    },
}
"""One declaration of an inline style -> the class that a theme's math.css styles. Others are left out: spacing only."""


class Formula(Struct, frozen=True):
    """One formula in every form, or the reason why it has none."""

    html: str
    """A ``<math>`` element, or the source as code when it could not be converted."""
    text: str
    """Plain Unicode; the source itself when it could not be converted."""
    fault: str = ""
    """What is wrong, for a person."""
    at: int = 0
    """Offset of the fault in the source."""

    @property
    def is_script(self) -> bool:
        """Whether it hangs on the letters beside it, as in ``CO$_2$``, and must stay with them on one line."""
        return self.html.startswith(_SCRIPTS) and len(self.text) <= _LONGEST_SCRIPT


@lru_cache(maxsize=4096)
def convert(latex: str, *, display: bool = False, macros: Macros = ()) -> Formula:
    """Convert one formula, given without its dollar signs. Never raises."""
    fault = _refusal(latex)
    if fault:
        return _shown_as_source(latex, fault)
    try:
        mathml = _converter(macros).convert_with_local_state(_prepared(latex), displaystyle=display)
    except LatexError as error:
        at, _, message = str(error).partition(": ")
        return _shown_as_source(latex, _lowered(message), int(at) if at.isdigit() else 0)
    mathml = _STYLE.sub(_classes, mathml.replace("&ApplyFunction;", "\u2061").translate(_WITHOUT_SELECTORS))
    mathml = _NOTHING_WITH_SCRIPTS.sub(rf"\1{_HEIGHT}", mathml)
    return Formula(mathml, mathml_to_text(mathml))


_ONE_GROUP = when_needed(r"\{([^{}]*)\}")


def _shown_as_source(latex: str, fault: str, at: int = 0) -> Formula:
    group = _ONE_GROUP.fullmatch(latex)
    if group:  # Braces around all of it mean nothing, and may be there to keep its end from a digit of the text.
        latex, at = group[1], max(0, at - 1)
    return Formula(f'<code class="tex">{escape(latex, quote=False)}</code>', latex, fault, min(at, len(latex)))


def math_to_text(latex: str, macros: Macros = ()) -> str:
    """A formula in plain Unicode: ``O(1/T²)``, ``ℓ₂``, ``2.5×``; the source when it cannot be converted."""
    return convert(latex, macros=macros).text


@lru_cache(maxsize=16)
def usable_macros(macros: Macros) -> tuple[Macros, Macros]:
    """The macros that can be used, without their backslashes, and (name, fault) of those that cannot."""
    good = {name.removeprefix("\\"): body for name, body in macros}
    faults: dict[str, str] = {}
    for name in tuple(good):
        fault = _macro_fault(name, good)
        if fault:
            faults[name] = fault
            del good[name]
    while good:
        try:
            _library(good)
            break
        except LatexError as error:
            # The library names the macro by its place in the table: "macro3:12: Unknown command ...".
            where, _, message = str(error).partition(": ")
            index = int(where.removeprefix("macro").partition(":")[0]) - len(_PRESET_MACROS.keys() - good.keys())
            name = tuple(good)[index]
            faults[name] = _lowered(message)
            del good[name]
    return tuple(good.items()), tuple(faults.items())


@lru_cache(maxsize=16)
def _converter(macros: Macros) -> LatexToMathML:
    return _library(dict(usable_macros(macros)[0]))


def _library(macros: dict[str, str]) -> LatexToMathML:
    return LatexToMathML(
        macros={name: body for name, body in _PRESET_MACROS.items() if name not in macros} | macros,
        allow_unreliable_rendering=True,  # The wide tilde and hat, which every browser of today draws.
        fancy_error=False,
        max_expansions=MAX_EXPANSIONS,
    )


def _macro_fault(name: str, macros: dict[str, str]) -> str:
    body = macros[name]
    if not (name.isascii() and name.isalpha()):
        return "a macro's name is made of the letters a-z and A-Z, without a backslash"
    braces = re.findall(r"(?<!\\)[{}]", body)
    if braces.count("{") != braces.count("}"):
        return "its braces do not pair"
    return "the macro calls itself" if _calls_itself(name, macros) else _refusal(body)


def _calls_itself(name: str, macros: dict[str, str]) -> bool:
    """Whether expanding ``name`` leads back to it."""
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        for called in re.findall(r"\\([a-zA-Z]+)", macros[waiting.pop()]):
            if called == name:
                return True
            if called in macros and called not in seen:
                seen.add(called)
                waiting.append(called)
    return False


def _refusal(latex: str) -> str:
    """Why ``latex`` is not given to the converter; empty when it is."""
    if len(latex) > MAX_LENGTH:
        return f"the formula has {len(latex):,} characters, more than {MAX_LENGTH:,}"
    depth = run = end = 0
    for match in _NESTING.finditer(latex):
        token = match[0]
        # Commands without anything between may be one argument inside the other: \sqrt\sqrt\sqrt x.
        run = run + 1 if token[0] in "\\^_" and not latex[end : match.start()].strip() else 0
        end = match.end()
        if token in _OPENING:
            depth += 1
        elif token in _CLOSING:
            depth -= 1
        elif token in _DEFINING:
            return f"macros are defined in site.yml, not in a formula ({token})"
        if max(depth, run) > MAX_DEPTH:
            return f"the formula is nested more than {MAX_DEPTH} deep"
    return ""


def _prepared(latex: str) -> str:
    if "%" in latex:
        latex = _PERCENT.sub(r"\\%", latex)
    if r"\begin" in latex:
        latex = _ENVIRONMENT.sub(lambda match: match[1] + _ENVIRONMENTS.get(match[2], match[2]), latex)
    return latex


def _classes(match: re.Match[str]) -> str:
    """An inline style as attributes: classes of math.css, and colours as MathML has them."""
    classes: list[str] = []
    attributes = ""
    for declaration in filter(None, match[1].split(";")):
        name, _, value = declaration.strip().partition(":")
        if name == "color":
            attributes += f' mathcolor="{value.strip()}"'
        elif declaration.strip() in CLASSES:
            classes.append(CLASSES[declaration.strip()])
    return attributes + (f' class="{" ".join(classes)}"' if classes else "")


def _lowered(message: str) -> str:
    return (message[:1].lower() + message[1:]).rstrip(".")
