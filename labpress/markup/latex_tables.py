"""What LaTeX commands of running text mean. Math has its own reader."""

from __future__ import annotations

from typing import Literal

Style = Literal["plain", "emphasis", "strong", "code", "superscript", "subscript", "quotation", "parenthesis"]

STYLED: dict[str, Style] = {
    "emph": "emphasis", "textit": "emphasis", "textsl": "emphasis", "textbf": "strong", "texttt": "code",
    "textsuperscript": "superscript", "textsubscript": "subscript", "enquote": "quotation", "footnote": "parenthesis",
    "mathbf": "strong", "mathit": "emphasis", "mathtt": "code",
    **dict.fromkeys(
        "textsc textrm textsf textup textnormal textmd text mbox hbox fbox makebox underline uline sout uppercase"
        " lowercase MakeUppercase MakeLowercase NoCaseChange caption title section subsection paragraph textlf"
        " mathrm mathsf mathcal mathbb mathfrak acs acl ac gls Gls textquote".split(),
        "plain",
    ),
}  # fmt: skip
"""Command with one argument -> what it does to it."""

DECLARATIONS: dict[str, Style] = {
    **dict.fromkeys("it itshape em sl slshape".split(), "emphasis"),
    **dict.fromkeys("bf bfseries".split(), "strong"),
    **dict.fromkeys("tt ttfamily".split(), "code"),
    **dict.fromkeys(
        "sc scshape rm rmfamily sf sffamily normalfont upshape mdseries tiny scriptsize footnotesize small normalsize"
        " large Large LARGE huge Huge bgroup egroup".split(),
        "plain",
    ),
}
"""Command that changes the rest of its group -> what it does to it."""

WITHOUT_TEXT: dict[str, int] = {
    **dict.fromkeys("label index vspace hspace vskip hskip".split(), 1),
    **dict.fromkeys("newcommand renewcommand providecommand DeclareMathOperator".split(), 2),
    **dict.fromkeys("bibliographystyle bibliography input include footnotemark usepackage hyphenation".split(), 1),
    **dict.fromkeys("color phantom hphantom vphantom pagestyle thispagestyle".split(), 1),
    **dict.fromkeys("textcolor colorbox raisebox".split(), 1),
    **dict.fromkeys("noopsort Noopsort NoopSort sortnoop SortNoop".split(), 1),
    **dict.fromkeys(
        "noindent indent centering raggedright protect relax xspace maketitle newpage clearpage bigskip medskip"
        " smallskip unskip ignorespaces allowbreak nolinebreak nobreak linebreak pagebreak leavevmode null hfill vfill"
        " sloppy fussy displaystyle textstyle limits nolimits left right big Big bigg Bigg bigl bigr selectfont"
        " nonumber notag hline toprule midrule bottomrule - / ! ) ] @".split(),
        0,
    ),
}
"""Command that prints nothing -> the number of its arguments that print nothing either."""

SPACES = frozenset(
    ", ; : > quad qquad enspace enskip thinspace medspace thickspace space newline nobreakspace nbsp".split()
) | frozenset(" \t\n")
"""Commands that print a space."""

ARGUMENTS = {"tabular": 1, "tabularx": 2, "tabulary": 2, "minipage": 1, "multicols": 1}
"""Environment -> how many arguments behind its name say how it looks."""

ENVIRONMENTS = frozenset(
    "abstract center quote quotation verse flushleft flushright document small"
    " footnotesize sloppypar table figure theorem lemma proof definition corollary proposition remark claim"
    " example conjecture assumption".split()
) | frozenset(ARGUMENTS)
"""Environments whose content is read as text."""

MATH_ENVIRONMENTS: dict[str, str] = {
    "math": "", "displaymath": "", "equation": "", "align": "aligned", "gather": "gathered", "multline": "gathered",
    "eqnarray": "aligned", "alignat": "aligned", "flalign": "aligned",
}  # fmt: skip
"""Environment of display math -> the environment that does the same inside dollar signs."""

LISTS = frozenset(["itemize", "enumerate", "description"])

_CITATIONS = frozenset(
    "cite citep citet citealp citealt citeauthor citeyear citeyearpar citenum parencite textcite footcite autocite"
    " fullcite shortcite Cite Citep Citet Parencite Textcite Autocite nocite cites"
    " ref eqref cref Cref autoref pageref nameref".split()
)
"""Commands that lead to something else than the text: with it gone they say nothing."""


SPECIAL: dict[str, str] = {
    "href": "link", "url": "address", "path": "address", "nolinkurl": "address", "verb": "verbatim",
    "lstinline": "verbatim", "texorpdfstring": "alternatives",
    "ensuremath": "math", "par": "paragraph", "item": "item", "begin": "begin", "end": "end",
    **dict.fromkeys(_CITATIONS, "citation"),
}  # fmt: skip
"""Command -> the part of the parser that reads it."""

LIGATURES = {"--": "–", "---": "—", "``": "“", "''": "”"}

ACCENTS: dict[str, str] = {
    '"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328", "b": "\u0331", "d": "\u0323",
    "r": "\u030a", "t": "\u0361", "h": "\u0309", "G": "\u030f", "U": "\u030e",
}  # fmt: skip
"""Command -> the combining character that it puts on the first letter of its argument."""

SPACING_ACCENTS = {'"': '"', "'": "'", "`": "`", "^": "^", "~": "~", "=": "¯", ".": "˙"}
r"""An accent on nothing (``\~{}``) -> the character."""

SYMBOLS: dict[str, str] = {
    "ss": "ß", "SS": "ẞ", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "aa": "å",
    "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ",
    "NG": "Ŋ", "textendash": "–", "textemdash": "—", "textquoteleft": "‘", "textquoteright": "’",
    "textquotedblleft": "“", "textquotedblright": "”", "quotesinglbase": "‚", "quotedblbase": "„", "lq": "‘",
    "rq": "’", "textquotesingle": "'", "textquotedbl": '"', "guillemotleft": "«", "guillemotright": "»",
    "guillemetleft": "«", "guillemetright": "»", "guilsinglleft": "‹", "guilsinglright": "›",
    "glqq": "„", "grqq": "“", "glq": "‚", "grq": "‘", "flqq": "«", "frqq": "»", "flq": "‹", "frq": "›", "ldots": "…",
    "dots": "…", "textellipsis": "…", "textasciitilde": "~", "textasciicircum": "^", "textbackslash": "\\",
    "textunderscore": "_", "textbraceleft": "{", "textbraceright": "}", "lbrace": "{", "rbrace": "}", "textbar": "|",
    "textless": "<", "textgreater": ">", "textdollar": "$", "textpercent": "%", "textampersand": "&", "textbullet": "•",
    "textperiodcentered": "·", "textcopyright": "©", "copyright": "©", "textregistered": "®", "texttrademark": "™",
    "textdegree": "°", "degree": "°", "textordfeminine": "ª", "textordmasculine": "º", "texteuro": "€", "euro": "€",
    "EUR": "€", "pounds": "£", "textsterling": "£", "textyen": "¥", "textcent": "¢", "S": "§", "P": "¶",
    "textsection": "§", "textparagraph": "¶", "dag": "†", "ddag": "‡", "textdagger": "†", "textdaggerdbl": "‡",
    "textexclamdown": "¡", "textquestiondown": "¿", "textmu": "µ", "textonehalf": "½", "textonequarter": "¼",
    "textthreequarters": "¾", "texttimes": "×", "textdiv": "÷", "textpm": "±", "textminus": "−", "textonesuperior": "¹",
    "texttwosuperior": "²", "textthreesuperior": "³", "textrightarrow": "→", "textleftarrow": "←", "textnumero": "№",
    "textohm": "Ω", "textvisiblespace": "␣", "slash": "/", "textasciidieresis": "¨", "LaTeX": "LaTeX",
    "LaTeXe": "LaTeX2ε", "TeX": "TeX", "BibTeX": "BibTeX", "XeTeX": "XeTeX", "LuaTeX": "LuaTeX", "eg": "e.g.",
    "ie": "i.e.", "etal": "et al.", "etc": "etc.", "checkmark": "✓", "cmark": "✓", "xmark": "✗", "textasciigrave": "`",
    "texttildelow": "~", "textperthousand": "‰", "permil": "‰", "textpertenthousand": "‱", "textfractionsolidus": "⁄",
    "textinterrobang": "‽", "ohorn": "ơ", "OHORN": "Ơ", "uhorn": "ư", "UHORN": "Ư",
}  # fmt: skip
"""Command -> the text that it prints."""

ESCAPED = frozenset("&%$#_{}<>\"'|*+:;?!()[].@`")
"""Characters that a backslash before them makes plain, or that writers believe need one."""
