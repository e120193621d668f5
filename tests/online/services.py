"""A server on this machine that speaks the services' formats, well or badly, and remembers what it was asked."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

WORKS = [
    {
        "title": "LIFT: Language-Interfaced Fine-Tuning for Non-Language Machine Learning Tasks",
        "authors": ["Tuan Dinh", "Yuchen Zeng", "Ruisu Zhang", "Kangwook Lee"],
        "arxiv": "2206.06565",
        "doi": "10.5555/lift.2022",
        "venue": "Advances in Neural Information Processing Systems",
        "date": "2022-11-28",
        "abstract": "We fine-tune language models on other tasks.",
    },
    {
        "title": "Rare Gems: Finding Lottery Tickets at Initialization",
        "authors": ["Kartik Sreenivasan", "Jy-yong Sohn"],
        "arxiv": "2202.12002",
        "doi": "10.5555/gems.2022",
        "venue": "Journal of Tickets",
        "date": "2022-02-24",
        "abstract": "Large networks can be pruned.",
    },
]


def atom(works):
    entries = "".join(
        f"""<entry><id>http://arxiv.org/abs/{work["arxiv"]}v2</id><published>2022-06-14T00:00:00Z</published>
<title>{work["title"]}</title><summary>{work["abstract"]}</summary>
{"".join(f"<author><name>{name}</name></author>" for name in work["authors"])}
<arxiv:comment xmlns:arxiv="http://arxiv.org/schemas/atom">12 pages</arxiv:comment>
<category term="cs.LG"/><arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="cs.LG"/></entry>"""
        for work in works
    )
    return f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>answer</title>{entries}</feed>'


def csl(work):
    names = [name.rsplit(" ", 1) for name in work["authors"]]
    return {
        "type": "paper-conference",
        "DOI": work["doi"],
        "title": work["title"],
        "container-title": work["venue"],
        "author": [{"given": given, "family": family} for given, family in names],
        "issued": {"date-parts": [[int(part) for part in work["date"].split("-")]]},
        "publisher": "Press",
        "indexed": {"date-time": "2026-01-01"},
        "prefix": "10.5555",
    }


def crossref(work):
    return {**csl(work), "type": "proceedings-article", "title": [work["title"]], "container-title": [work["venue"]]}


def openalex(work, number=1):
    words = work["abstract"].split()
    return {
        "id": f"https://openalex.org/W{1000 + number}",
        "doi": f"https://doi.org/{work['doi']}",
        "title": work["title"],
        "publication_date": work["date"],
        "type": "article",
        "authorships": [{"author": {"display_name": name, "orcid": None}} for name in work["authors"]],
        "primary_location": {"source": {"display_name": work["venue"], "type": "conference"}},
        "locations": [{"landing_page_url": f"https://arxiv.org/abs/{work['arxiv']}"}],
        "best_oa_location": {"pdf_url": "https://example.org/paper.pdf"},
        "biblio": {"volume": "35", "issue": None, "first_page": "11763", "last_page": "11784"},
        "ids": {},
        "abstract_inverted_index": {word: [at for at, one in enumerate(words) if one == word] for word in words},
    }


def dblp_hit(work):
    return {
        "info": {
            "key": f"conf/nips/{work['arxiv']}",
            "title": f"{work['title']}.",
            "authors": {"author": [{"text": f"{name} 0001"} for name in work["authors"]]},
            "venue": "NeurIPS",
            "year": "2022",
            "type": "Conference and Workshop Papers",
            "doi": work["doi"],
        }
    }


def dblp_bib(work):
    return f"""@inproceedings{{DBLP:conf/nips/{work["arxiv"]},
  author = {{{" and ".join(work["authors"])}}},
  title = {{{{LIFT:}} {work["title"][6:]}}},
  booktitle = {{NeurIPS}},
  year = {{2022}},
  doi = {{{work["doi"].upper()}}},
}}
"""


def orcid_works():
    def summary(work, **more):
        return {
            "put-code": 7,
            "path": "/0000-0002-1825-0097/work/7",
            "type": "conference-paper",
            "title": {"title": {"value": work["title"]}, "subtitle": None},
            "publication-date": {"year": {"value": "2022"}, "month": {"value": "11"}, "day": None},
            "journal-title": {"value": work["venue"]},
            "external-ids": {
                "external-id": [
                    {"external-id-type": "doi", "external-id-value": work["doi"], "external-id-relationship": "self"},
                    {
                        "external-id-type": "doi",
                        "external-id-value": "10.5555/book",
                        "external-id-relationship": "part-of",
                    },
                ]
            },
            "url": None,
            **more,
        }

    second = summary(WORKS[1], path="/0000-0002-1825-0097/work/8")
    return {"group": [{"work-summary": [summary(WORKS[0]), summary(WORKS[0])]}, {"work-summary": [second]}]}


class Services:
    """``behaviours`` says what is done instead of answering, once each: a status, ``slow``, ``half``, ``junk``."""

    def __init__(self):
        self.behaviours = []
        self.headers = {}
        self.asked = []
        self.agents = set()
        self.works = list(WORKS)
        services = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                services.serve(self)

            def log_message(self, *_arguments):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self.thread.start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def serve(self, handler):
        self.asked.append(unquote(handler.path))
        self.agents.add(handler.headers["User-Agent"])
        behaviour = self.behaviours.pop(0) if self.behaviours else "answer"
        if isinstance(behaviour, int):
            self.send(handler, behaviour, b"", self.headers)
            return
        if behaviour == "slow":
            time.sleep(0.6)
        body = b"<html>We are down for maintenance.</html>" if behaviour == "junk" else self.answer(handler)
        if behaviour == "nothing":
            body = b""
        if body is None:
            self.send(handler, 404, b"not found")
        elif behaviour == "half":
            self.send(handler, 200, body[: len(body) // 2], promised=len(body))
        elif behaviour == "half without a length":
            self.send(handler, 200, body[: len(body) // 2])
        else:
            self.send(handler, 200, body)

    def send(self, handler, status, body, headers=None, promised=None):
        try:
            handler.send_response(status)
            for name, value in (headers or {}).items():
                handler.send_header(name, value)
            handler.send_header("Content-Length", str(len(body) if promised is None else promised))
            handler.end_headers()
            handler.wfile.write(body)
        except OSError:
            pass  # The client has gone: that is what it is to do when it has waited long enough.

    def answer(self, handler):
        parts = urlsplit(handler.path)
        path, query = unquote(parts.path), {key: found[0] for key, found in parse_qs(parts.query).items()}
        accept = handler.headers["Accept"]
        found = self.found(path, query, accept)
        return None if found is None else found.encode() if isinstance(found, str) else json.dumps(found).encode()

    def found(self, path, query, accept):
        if path == "/api/query":
            ids = query.get("id_list", "").split(",")
            return atom(
                [
                    work
                    for work in self.works
                    if work["arxiv"] in ids or work["title"][:4] in query.get("search_query", "")
                ]
            )
        if path == "/search/publ/api":
            return {
                "result": {"hits": {"hit": [dblp_hit(work) for work in self.works if work["title"][:4] in query["q"]]}}
            }
        if path.startswith(("/rec/", "/pid/")):
            return next((dblp_bib(work) for work in self.works if work["arxiv"] in path or "pid" in path), None)
        if path.startswith("/v3.0/"):
            return orcid_works() if "0000-0002-1825-0097" in path else None
        if path == "/works":
            searched = query.get("filter", "") + query.get("query.bibliographic", "")
            hits = [work for work in self.works if work["title"][:4] in searched or "orcid" in searched]
            if "query.bibliographic" in query:
                return {"message": {"items": [crossref(work) for work in hits]}}
            return {"results": [openalex(work, number) for number, work in enumerate(hits)]}
        work = next((work for work in self.works if work["doi"] in path.lower() or "W1000" in path), None)
        if work is None:
            return None
        if path.startswith("/works/10."):
            return {"message": crossref(work)}
        return openalex(work, 0) if path.startswith("/works/") else csl(work) if "csl" in accept else None
