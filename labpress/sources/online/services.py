"""Every service that labpress can ask, by the name that the command line and the cache call it."""

from __future__ import annotations

from labpress.sources.online.arxiv import ARXIV
from labpress.sources.online.dblp import DBLP
from labpress.sources.online.doi import CROSSREF, DOI
from labpress.sources.online.openalex import OPENALEX
from labpress.sources.online.orcid import ORCID
from labpress.sources.online.request import Service

SERVICES: dict[str, Service] = {
    "arxiv": ARXIV,
    "doi": DOI,
    "crossref": CROSSREF,
    "openalex": OPENALEX,
    "dblp": DBLP,
    "orcid": ORCID,
}
