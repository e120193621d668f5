"""The headings of tables, and what each means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from labpress.core.patterns import when_needed
from labpress.core.text import fold
from labpress.sources.collect import IGNORED
from labpress.sources.notes import PRIVATE

_SYNONYMS = {
    "title": (
        "title|article title|document title|paper title|paper|name|titel|titre|titulo|titolo"
        "|title of paper|titulo del articulo|标题|题名|篇名|论文题目|论文标题|题目|タイトル|論文名|제목"
    ),
    "names": (
        "authors|author|author s|author names|authors names|author list|list of authors|all authors|autoren|autor"
        "|autor innen|auteurs|auteur|auteur s|autores|autor a|autor es|autori|autore|auteurs trices|by|作者|著者|저자"
    ),
    "full_names": "author full names",
    "editors": "editors|editor|editor s|book editors|herausgeber|editeurs|editores|a cura di|curatori",
    "year": (
        "year|publication year|pub year|pubyear|published year|year published|year of publication|jahr"
        "|erscheinungsjahr|annee|annee de publication|ano|ano de publicacion|ano de publicacao|anno"
        "|anno di pubblicazione|年份|年|发表年份|出版年|出版年份|연도"
    ),
    "date": (
        "date|pub date|publication date|published|published on|issued|online date|datum|fecha|data di pubblicazione"
        "|fecha de publicacion|data de publicacao|date de publication|日期|发表时间|发表日期|出版日期"
    ),
    "month": "month|monat|mois|mes|mese|月份|月",
    "venue": (
        "venue|journal|source title|publication title|publication|journal title|conference|booktitle|book title"
        "|proceedings|published in|conference name|source|container title|venue name|journal book|journal conference"
        "|journal name|conference journal|anthology title|source title anthology title|zeitschrift|konferenz|tagung"
        "|erschienen in|revue|journal revue|conference revue|publie dans|revista|congreso|conferencia|publicado en"
        "|publicado em|periodico|evento|rivista|convegno|pubblicato in|期刊|刊名|来源|期刊名称|期刊 会议|会议|出处"
        "|雑誌|学術誌|저널|학술지"
    ),
    "abstract": (
        "abstract|abstract note|summary|excerpt|description|zusammenfassung|resume|resumen|resumo|riassunto|摘要|要旨"
        "|초록"
    ),
    "doi": "doi|doi link|digital object identifier",
    "arxiv": "arxiv|arxiv id|arxiv number|eprint",
    "category": "category|arxiv category|primary category",
    "url": (
        "url|link|links|paper url|web link|doi url|article url|html|source linkout|enlace|enlaces|liens|lien|链接|网址"
    ),
    "link:pdf": "pdf|pdf url|pdf link|link to pdf",
    "link:code": "code|code url|github|repository|source code|代码",
    "link:website": "website|project page|project|project website",
    "link:slides": "slides|slides url|slidesurl",
    "link:poster": "poster",
    "link:video": "video|talk",
    "link:data": "data|dataset",
    "volume": "volume|vol|band|jahrgang|volumen|tome|卷|卷号|卷次|巻|권",
    "issue": "issue|number|no|nr|n|heft|ausgabe|numero|num|fascicolo|fasciculo|期|期号|号|호",
    "pages": (
        "pages|page|page numbers|page range|art no|pagination|seiten|seite|paginas|pagina|pagine|页码|页|页数|ページ"
        "|쪽|페이지"
    ),
    "first_page": "page start|start page|first page|beginning page",
    "last_page": "page end|end page|last page|ending page",
    "publisher": "publisher|verlag|editeur|editorial|editora|editore|casa editrice|出版社|出版者",
    "institution": "institution|school|university",
    "place": "place|location|address|city|ort|lieu|lugar|local|luogo|地点",
    "isbn": "isbn|isbns",
    "issn": "issn|issns",
    "series": "series",
    "edition": "edition",
    "language": "language|sprache|langue|idioma|lingua|语言",
    "note": "note|extra|comment|comments|anmerkung|bemerkung|备注",
    PRIVATE: "notes|anmerkungen|bemerkungen|notas",
    "award": "award|awards",
    "status": "status",
    "pmid": "pmid|pubmed id",
    "tag": (
        "keywords|author keywords|tags|tag|keyword|manual tags|topics|index terms|schlagworter|schlagworte"
        "|stichworter|mots cles|palabras clave|palavras chave|parole chiave|关键词|キーワード|키워드"
    ),
    "affiliation": "affiliation",
    "id": "id|key|citation key|bibtex key|cite key|slug|url slug",
    "type": "type|item type|document type|publication type|kind|typ|art|tipo|类型",
    IGNORED: (
        "date added|date modified|access date|file attachments|link attachments|automatic tags|library catalog"
        "|num pages|journal abbreviation|short title|call number|rights|archive|archive location|cited by|citations"
        "|citation|rank|times cited|authors raw affiliation|corresponding authors|dimensions url|序号|编号"
    ),
}
_NOT_WORD = when_needed(r"[\W_]+")
_NOT_ASCII = when_needed(r"[^a-z0-9]+")


def _words(cell: str) -> str:
    return _NOT_WORD.sub(" ", fold(cell)).strip()


_MEANINGS = {_words(word): meaning for meaning, words in _SYNONYMS.items() for word in words.split("|")}


def meaning_of(cell: str) -> str:
    """What a column is that is headed ``cell``, or by two words for the same: ``Journal / Conference``."""
    parts = {_MEANINGS.get(_words(part), "") for part in cell.split("/")}
    return _MEANINGS.get(_words(cell)) or (parts.pop() if len(parts) == 1 else "")


def is_rule(line: str) -> bool:
    """Whether a line is what Markdown has under the header of a table: ``|---|:--:|``."""
    return "|" in line and "-" in line and set(line) <= set("|-: \t")


def meanings_of(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """What each column is. One that is not known is kept under its name, and one that only numbers the rows is not."""
    meanings = [meaning_of(cell) or _unknown(cell) for cell in header]
    if meanings and (meanings[0] == "issue" or not _words(header[0])) and _count_up(rows):
        meanings[0] = IGNORED
    return meanings


def _unknown(cell: str) -> str:
    return f"extra:{_NOT_ASCII.sub('_', fold(cell)).strip('_') or 'column'}" if cell.strip() else IGNORED


def _count_up(rows: Iterable[Sequence[str]]) -> bool:
    """Whether the first cells are numbers, each one more than the one before, or one less."""
    numbers = [row[0].strip(" .)#[]") for row in rows if row and row[0].strip()]
    if not all(number.isdecimal() and len(number) < 10 for number in numbers):
        return False
    steps = {int(after) - int(before) for before, after in pairwise(numbers)}
    return len(steps) < 2 and steps <= {1, -1}
