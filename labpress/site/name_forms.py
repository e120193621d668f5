"""Spellings of names, as far as they can be of one person: initials, middle names, accents, umlauts, hyphens, order."""

from __future__ import annotations

from typing import NamedTuple

from labpress.core.names import Name
from labpress.core.patterns import when_needed
from labpress.core.text import fold

_NOT_LETTERS = when_needed(r"[\W_]+")
_SPELT_OUT = str.maketrans({
    "ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Ø": "Oe", "Å": "Aa",
})  # fmt: skip
_INITIALS = when_needed(r"[A-Z]{2,3}")
_EAST_ASIAN = when_needed(r"[\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]+")
FAMILY_FIRST = frozenset(
    """
    an bae baek bai bao cai cao chae chan chang chen cheng cheung chi chiang chien chin cho choe choi chong chou chow
    chu chua chuang chun chung cui dai deng ding dinh do dong dou du duan duong fan fang feng fu fung gan gao ge geng
    gong gu guo ha han hao he hong hou hsieh hsu hu hua huang huynh hwang im jang jeon jeong ji jia jiang jin jo joo
    jung kang kao kim ko kong koo kuo kwak kwan kwok kwon lai lam lau le lee lei leung li liang liao lim lin liu lo long
    lou lu luo luong ma mai mao meng min mo moon nam ngo nguyen noh oh ong ouyang pan pang park peng pham phan qi qian
    qin qiu qu ren rhee ryu seo shao shen shi shin sim sin so soh sohn son song su suh sun suzuki sato takahashi tanaka
    watanabe ito yamamoto nakamura kobayashi kato yoshida yamada sasaki tan tang tao teng tian tong tran truong tsai
    tsang tse tseng tung ung vo vu wan wang wei wen wong woo wu xi xia xiang xiao xie xin xing xiong xu xue yan yang yao
    ye yeh yi yim yin yip yoo yoon you yu yuan yue yun zeng zhai zhan zhang zhao zheng zhong zhou zhu zhuang zou nagy
    kovacs szabo toth horvath
    """.split()
)
"""Family names of languages that put them first, as Latin letters write them: such names come in both orders."""


class Form(NamedTuple):
    """One spelling, folded."""

    letters: str
    """All letters without spaces: equal for spellings that differ by accents, case, hyphens and punctuation only."""
    family: str
    """With its particle: ``vanderberg``."""
    given: tuple[str, ...]
    """Words of the given name; an initial is a word of one letter."""

    @property
    def fullness(self) -> tuple[bool, int, int]:
        """Whether the first given name is in full, how many are, and how many there are."""
        full = sum(len(word) > 1 for word in self.given)
        return (len(self.given[0]) > 1 if self.given else False, full, len(self.given))


def spelling_key(name: Name) -> str:
    """Equal for spellings that differ by accents, case, hyphens and punctuation only, or by an organisation's "The"."""
    shown = name.display.removeprefix("The ") if name.literal else name.display
    return _letters(shown) or name.display


def read_form(name: Name, letters: str = "") -> Form:
    """``name`` as it is written; ``letters`` is its spelling key, where that is known already."""
    given = name.given
    if _INITIALS.fullmatch(given) and not name.family.isupper():
        given = " ".join(given)  # "Müller, JK"
    words = tuple(_NOT_LETTERS.sub(" ", fold(given)).split()) if given and not name.literal else ()
    return Form(letters or spelling_key(name), _letters(name.family_with_particle), words)


def spelt_out(name: Name) -> Form | None:
    """``Juergen Mueller`` for ``Jürgen Müller``; None for a name without such letters."""
    if name.family.isascii() and name.given.isascii():
        return None
    parts = [part.translate(_SPELT_OUT) for part in (name.family, name.given, name.particle, name.suffix)]
    other = Name(parts[0], parts[1], parts[2], parts[3], name.literal)
    return read_form(other) if other != name else None


def turned_round(name: Name) -> str:
    """The spelling key of the name in the other order, "" where names of its kind are never turned round."""
    if name.literal or name.particle or name.suffix:
        return ""
    family, given = _letters(name.family), _letters(name.given)
    if not name.display.isascii() and _EAST_ASIAN.fullmatch(name.display):
        whole = name.display
        return whole[1:] + whole[:1] if len(whole) <= 4 else ""
    if family in FAMILY_FIRST and given and given not in FAMILY_FIRST:
        return family + given
    return ""


def may_be_one(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether two given names can be of one person, the family names being the same.

    The first words agree, and every further word of the one that has fewer agrees with one of the other's, in order:
    ``J. Smith``, ``John Smith`` and ``John A. Smith`` can, ``John A.`` and ``John B. Smith`` cannot.
    """
    if not (mine and theirs and _agree(mine[0], theirs[0])):
        return False
    fewer, more = sorted((mine[1:], theirs[1:]), key=len)
    rest = iter(more)
    return all(any(_agree(word, other) for other in rest) for word in fewer)


def _agree(one: str, other: str) -> bool:
    return one == other or (one[0] == other[0] and (len(one) == 1 or len(other) == 1))


def _letters(text: str) -> str:
    folded = fold(text)
    return folded if folded.isalpha() else _NOT_LETTERS.sub("", folded)
