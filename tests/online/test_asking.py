"""Each service: the good answer, not found, rate-limited, broken, slow, half. No test leaves this machine."""

from datetime import UTC, date, datetime, timedelta

import pytest

from labpress.edges.fetching.answers import LASTING, Answers
from labpress.edges.fetching.asking import Asker, by_id, by_title
from labpress.edges.fetching.collecting import fetched
from labpress.edges.fetching.transport import LONGEST_WAIT, TRIES, Transport, retry_after, user_agent
from labpress.sources.online.services import SERVICES

GOOD = {
    "arxiv": ("2206.06565", "arxiv:2206.06565"),
    "doi": ("https://doi.org/10.5555/LIFT.2022", "doi:10.5555/lift.2022"),
    "crossref": ("10.5555/lift.2022", "doi:10.5555/lift.2022"),
    "openalex": ("W1000", "openalex:W1000"),
    "dblp": ("conf/nips/2206.06565", "dblp:conf/nips/2206.06565"),
    "orcid": ("0000-0002-1825-0097", "orcid:0000-0002-1825-0097/work/7"),
}
UNKNOWN = {
    "arxiv": "2206.00001",
    "doi": "10.5555/nothing",
    "crossref": "10.5555/nothing",
    "openalex": "10.5555/nothing",
    "dblp": "conf/nips/nothing",
    "orcid": "0000-0001-5109-3700",
}
TITLE = "LIFT: Language-Interfaced Fine-Tuning for Non-Language Machine Learning Tasks"
AUTHORS = ("Tuan Dinh", "Yuchen Zeng", "Ruisu Zhang", "Kangwook Lee")


class Clock:
    """Time that passes only when somebody sleeps."""

    def __init__(self):
        self.now = 0.0
        self.slept = []

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def asker(services, clock, tmp_path):
    transport = Transport("lab@example.org", timeout=0.3, sleep=clock.sleep, clock=clock)
    return Asker(Answers(tmp_path, date(2026, 4, 20)), transport, dict.fromkeys(SERVICES, services.url))


def codes(faults):
    return [fault.code for fault in faults]


@pytest.mark.parametrize("service", GOOD)
def test_a_good_answer_is_a_record_under_the_name_of_its_source(service, asker, services):
    asked, name = GOOD[service]
    records, faults = by_id(asker, service, [asked])
    record = records[0]

    assert faults == ()
    assert (record.path, record.title.replace("{", "").replace("}", "")) == (name, TITLE)
    assert record.authors == (() if service == "orcid" else AUTHORS)
    assert record.date[:4] == "2022"
    assert (record.extra, record.tags, "note" in record.fields) == ({}, (), False)
    assert record.doi.lower() == ("" if service == "arxiv" else "10.5555/lift.2022")
    assert services.agents == {user_agent("lab@example.org")}


def test_openalex_says_all_that_it_knows(asker):
    (record,) = by_id(asker, "openalex", ["https://openalex.org/W1000"]).value

    assert (record.arxiv, record.type, record.venue) == (
        "2206.06565",
        "conference",
        "Advances in Neural Information Processing Systems",
    )
    assert record.fields == {"volume": "35", "pages": "11763-11784"}
    assert record.abstract == "We fine-tune language models on other tasks."
    assert record.links == {"pdf": "https://example.org/paper.pdf"}


@pytest.mark.parametrize("service", GOOD)
def test_what_a_service_does_not_know_is_said_and_remembered(service, asker, services):
    records, faults = by_id(asker, service, [UNKNOWN[service]])
    again = by_id(asker, service, [UNKNOWN[service]])

    assert (records, codes(faults)) == ((), ["not-found"])
    assert codes(again.diagnostics) == ["not-found"]
    assert len(services.asked) == 1


@pytest.mark.parametrize("service", GOOD)
def test_an_identifier_of_the_wrong_form_is_not_even_asked_for(service, asker, services):
    records, faults = by_id(asker, service, ["nonsense of mine"])

    assert (records, codes(faults), services.asked) == ((), ["bad-identifier"], [])


@pytest.mark.parametrize("service", GOOD)
def test_who_is_told_to_wait_waits_and_gets_the_answer(service, asker, services, clock):
    services.behaviours = [429]
    services.headers = {"Retry-After": "7"}
    records, faults = by_id(asker, service, [GOOD[service][0]])

    assert (len(records) > 0, faults) == (True, ())
    assert 7.0 in clock.slept


@pytest.mark.parametrize("service", GOOD)
@pytest.mark.parametrize("behaviour", [500, 503, "half"])
def test_a_failure_that_passes_is_asked_again(service, behaviour, asker, services, clock):
    services.behaviours = [behaviour, behaviour]
    records, faults = by_id(asker, service, [GOOD[service][0]])

    assert (len(records) > 0, faults) == (True, ())
    assert len(services.asked) == 3
    assert sum(clock.slept) >= 3


@pytest.mark.parametrize("service", GOOD)
@pytest.mark.parametrize(
    ("behaviour", "problem"),
    [
        (429, "answered 429 Too Many Requests"),
        (502, "answered 502 Bad Gateway"),
        ("nothing", "answered with nothing"),
        ("half", "stopped half-way through its answer"),
    ],
)
def test_a_failure_that_stays_is_said_once_and_not_remembered(service, behaviour, problem, asker, services):
    services.behaviours = [behaviour] * TRIES
    records, faults = by_id(asker, service, [GOOD[service][0]])

    assert (records, codes(faults)) == ((), ["service-failed"])
    assert faults[0].message == f"{SERVICES[service].label} {problem}"
    assert len(services.asked) == TRIES
    assert by_id(asker, service, [GOOD[service][0]]).value


@pytest.mark.parametrize("service", GOOD)
@pytest.mark.parametrize("behaviour", ["junk", "half without a length"])
def test_an_answer_that_is_none_is_said_and_not_remembered(service, behaviour, asker, services):
    services.behaviours = [behaviour]
    _, faults = by_id(asker, service, [GOOD[service][0]])

    assert all(fault.code in ("broken-answer", "broken-entry") for fault in faults)
    assert faults
    assert by_id(asker, service, [GOOD[service][0]]).diagnostics == ()


def test_a_slow_service_is_given_up_after_a_while(asker, services):
    services.behaviours = ["slow", "slow", "answer", *["slow"] * TRIES]

    assert by_id(asker, "doi", ["10.5555/lift.2022"]).value
    _, faults = by_id(asker, "doi", ["10.5555/gems.2022"])
    assert [fault.message for fault in faults] == ["doi.org gave no answer in 0 seconds"]


def test_a_refusal_is_final(asker, services):
    services.behaviours = [403]
    _, faults = by_id(asker, "doi", ["10.5555/lift.2022"])

    assert (codes(faults), len(services.asked)) == (["service-failed"], 1)


def test_a_service_that_asks_for_too_long_a_wait_is_left_alone(asker, services, clock):
    services.behaviours = [429]
    services.headers = {"Retry-After": "3600"}
    _, faults = by_id(asker, "doi", ["10.5555/lift.2022", "10.5555/gems.2022"])

    assert faults[0].message == "doi.org answered 429 Too Many Requests and asks to wait 3600 seconds"
    assert len(services.asked) == 1
    assert sum(clock.slept) < LONGEST_WAIT


def test_nobody_there_is_a_failure_in_words(asker, services):
    services.close()
    _, faults = by_id(asker, "doi", ["10.5555/lift.2022"])
    services.server, services.thread = Closed(), Closed()

    assert "cannot be reached" in faults[0].message


@pytest.mark.parametrize("address", ["http://localhost:abc/", "http://a..b/"])
def test_a_service_that_leads_nowhere_is_a_failure_in_words(address, asker, services):
    services.behaviours = [302]
    services.headers = {"Location": address}
    _, faults = by_id(asker, "doi", ["10.5555/lift.2022"])

    assert codes(faults) == ["service-failed"]
    assert faults[0].message.startswith("doi.org cannot be reached: ")


@pytest.mark.parametrize("url", ["http://[x/", "http://127.0.0.1:abc/", "http://127.0.0.1:9/é", "file:///etc/passwd"])
def test_an_address_that_cannot_be_asked_is_a_failure_once_and_for_all(url, clock):
    answer = Transport(sleep=clock.sleep, clock=clock).get(url, "*/*", 0)

    assert answer.problem
    assert clock.slept == []


class Closed:
    def __getattr__(self, _name):
        return lambda: None


def test_questions_to_one_host_keep_the_distance_that_the_service_asks_for(asker, clock):
    by_id(asker, "doi", ["10.5555/lift.2022", "10.5555/gems.2022"])

    assert clock.slept == [SERVICES["doi"].pause]


def test_many_arxiv_ids_are_one_question(asker, services):
    records, _ = by_id(asker, "arxiv", ["2206.06565v1", "arXiv:2202.12002", "2206.06565"])

    assert len(records) == 2
    assert len(services.asked) == 1


@pytest.mark.parametrize("service", ["arxiv", "crossref", "openalex", "dblp"])
def test_a_title_finds_its_work(service, asker):
    records, faults = by_title(asker, service, TITLE, "Dinh")

    assert faults == ()
    assert [record.title for record in records] == [TITLE]


def test_an_answer_is_asked_for_once_and_again_after_a_month(asker, services, tmp_path):
    for days, asked in ((0, 1), (LASTING, 1), (LASTING + 1, 2)):
        later = asker._replace(answers=Answers(tmp_path, date(2026, 4, 20) + timedelta(days)))
        assert by_id(later, "doi", ["10.5555/lift.2022"]).value
        assert len(services.asked) == asked


def test_kept_answers_of_any_age_do_without_the_net(asker, services, tmp_path):
    by_id(asker, "doi", ["10.5555/lift.2022"])
    offline = asker._replace(answers=Answers(tmp_path, date(2036, 1, 1)), is_offline=True)

    assert by_id(offline, "doi", ["10.5555/lift.2022"]).value
    assert codes(by_id(offline, "doi", ["10.5555/gems.2022"]).diagnostics) == ["not-found"]
    assert len(services.asked) == 1


@pytest.mark.parametrize("damaged", [b'{"url": "htt', b'{"x": ' + b"[" * 100_000])
def test_a_damaged_kept_answer_is_asked_for_again(asker, services, tmp_path, damaged):
    by_id(asker, "doi", ["10.5555/lift.2022"])
    (kept,) = (tmp_path / ".fetched" / "doi").iterdir()
    kept.write_bytes(damaged)

    assert by_id(asker, "doi", ["10.5555/lift.2022"]).value
    assert len(services.asked) == 2


def test_what_orcid_does_not_say_is_asked_for_by_doi(asker):
    records, faults = fetched(asker, "orcid", ["0000-0002-1825-0097"])

    assert faults == ()
    assert [record.path.split(":")[0] for record in records] == ["doi", "doi", "orcid", "orcid"]
    assert records[0].authors == AUTHORS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", 0.0),
        (" 120 ", 120.0),
        ("Mon, 20 Apr 2026 12:00:30 GMT", 30.0),
        ("Mon, 20 Apr 2026 11:00:00 GMT", 0.0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1e9", None),
        (f"Mon, 20 Apr {'9' * 20} 12:00:00 GMT", None),
        (f"Mon, 20 Apr 2026 12:00:00 +{'9' * 20}", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(text, expected):
    assert retry_after(text, datetime(2026, 4, 20, 12, tzinfo=UTC)) == expected


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        ("", ""),
        ("lab@example.org", " (mailto:lab@example.org)"),
        ("https://example.org/lab", " (https://example.org/lab)"),
        ("a@b\r\nX-Evil: 1", " (mailto:a@bX-Evil:1)"),
        ("mailto:a@b (me)", " (mailto:a@bme)"),
    ],
)
def test_a_service_learns_who_asks_and_a_header_stays_one_line(contact, expected):
    agent = user_agent(contact)

    assert agent.partition(" ")[1] + agent.partition(" ")[2] == expected
    assert "\n" not in agent
