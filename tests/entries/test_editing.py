"""Imports of several sources and people's work take turns, in any order: no edit is lost, and no news either.

The machine knows nothing of how an import works. It keeps what people did to each file, and what each source has said,
and looks at the files after each import.
"""

import re

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from labpress.entries.edit_text import entry_text, plain
from labpress.entries.existing import Existing
from labpress.entries.importing import plan_import
from labpress.entries.renames import following_renames
from labpress.entries.voices import told
from labpress.sources.record import Record
from tests.torture import examples

WORKS = (
    "LIFT: Language-Interfaced Fine-Tuning for Non-Language Tasks",
    "The Expressive Power of Tuning Only the Normalization Layers",
    "On the Utility of Gradient Compression in Distributed Training",
)
ARXIV = ("2206.06565", "2302.07937", "2103.00543")
SOURCES = {"listing.txt": "pasted listing", "papers.bib": "BibTeX", "papers.csv": "table"}
VENUES = {"listing.txt": ("",), "papers.bib": ("NeurIPS", "NeurIPS 2022", "Proc. NeurIPS"), "papers.csv": ("NeurIPS",)}
ABSTRACTS = ("", "One.", "One. Two.", "One. Two. Three.", "Two. Four.\n\nFive.", "None.")

some_work = st.integers(0, len(WORKS) - 1)
some_source = st.sampled_from(sorted(SOURCES))
some_file = st.integers(0, 20)
texts = st.sampled_from(["{}", "{}: yes", "'{}' # no comment", '"{}" and $\\ell$', "- {}", "{} é"])
text_keys = st.sampled_from(["venue", "note", "award", "pages", "publisher", "volume", "mine", "doi", "date", "type"])
other_keys = st.sampled_from(["tags", "authors", "links", "extra", "title"])


def quoted(text):
    return "'{}'".format(text.replace("'", "''"))


class Editing(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.files = {}
        self.lock = {}
        self.sources = {name: {} for name in SOURCES}
        self.imported = {name: {} for name in SOURCES}
        self.work_of = {}
        self.set = {}
        """(file, key) -> the lines that a person wrote for it."""
        self.removed = set()
        self.touched = set()
        """(file, key) that a person has ever changed."""
        self.lines = {}
        """file -> lines of comments and of the body that a person wrote."""
        self.deleted = set()
        self.fresh = 0

    def token(self):
        self.fresh += 1
        return f"hand{self.fresh}x"

    def pick(self, number):
        return sorted(self.files)[number % len(self.files)]

    def save(self, name, text):
        self.files[name] = Existing(f"papers/{name}.md", text)

    # What sources do.

    @rule(
        work=some_work,
        source=some_source,
        venue=st.integers(0, 2),
        abstract=st.sampled_from(ABSTRACTS),
        date=st.sampled_from(["2022", "2022-06", "2022-06-14"]),
        pages=st.sampled_from(["", "1-9", "11-19"]),
        tags=st.sampled_from([(), ("dust",), ("dust", "optics")]),
        authors=st.integers(1, 3),
    )
    def a_source_says(self, work, source, venue, abstract, date, pages, tags, authors):
        names = ("Tuan Dinh", "Yuchen Zeng", "Kangwook Lee")[:authors]
        venues = VENUES[source]
        place = venues[venue % len(venues)]
        self.sources[source][work] = Record(
            title=WORKS[work] if source != "papers.bib" else "{" + WORKS[work] + "}",
            authors=tuple(f"{name.split()[1]}, {name.split()[0]}" for name in names)
            if source == "papers.bib"
            else names,
            et_al=authors < 3,
            date=date,
            venue=place,
            type="conference" if place else "preprint",
            arxiv=ARXIV[work] if source == "listing.txt" else "",
            doi=f"10.1000/{work}" if source == "papers.bib" else "",
            abstract=abstract,
            tags=tags,
            fields={"pages": pages} if place else {},
            path=source,
            format=SOURCES[source],
        )

    @rule(work=some_work, source=some_source)
    def a_source_leaves_a_paper_out(self, work, source):
        self.sources[source].pop(work, None)

    # What people do.

    @precondition(lambda self: self.files)
    @rule(file=some_file, key=text_keys, form=texts)
    def person_sets_a_text(self, file, key, form):
        self.set_key(self.pick(file), key, f"{key}: {quoted(form.format(self.token()))}  # {self.token()}")

    @precondition(lambda self: self.files)
    @rule(file=some_file, key=other_keys)
    def person_sets_another_field(self, file, key):
        name = self.pick(file)
        token = self.token()
        forms = {
            "tags": f"tags: [dust, {token}]  # {token}",
            "authors": f"authors:\n  - Tuan Dinh\n  - name: {token}  # {token}\n    equal: true",
            "links": f"links:  # {token}\n  code: https://example.org/{token}",
            "extra": f"extra: {{mine: {token}}}",
            "title": f"title: '{WORKS[self.work_of[name]].upper()}'  # {token}",
        }
        self.set_key(name, key, forms[key])

    def set_key(self, name, key, lines):
        text = self.without(name, key)
        at = text.index("\n") + 1
        self.save(name, f"{text[:at]}{lines}\n{text[at:]}")
        self.set[name, key] = lines
        self.removed.discard((name, key))

    def without(self, name, key):
        """The file's text without the lines of ``key``; comments among them go too, as a person means it."""
        head, front, body = self.files[name].text.split("---\n", 2)
        kept = re.sub(rf"(?m)^{key}:.*\n(?:[ -].*\n)*", "", front)
        self.set.pop((name, key), None)
        self.touched.add((name, key))
        gone = {line for line in self.lines.get(name, ()) if line in front and line not in kept}
        self.lines[name] = self.lines.get(name, set()) - gone
        return f"{head}---\n{kept}---\n{body}"

    @precondition(lambda self: self.files)
    @rule(file=some_file, key=st.sampled_from(["venue", "pages", "tags", "date", "doi", "arxiv"]))
    def person_removes_a_field(self, file, key):
        name = self.pick(file)
        by_hand = (name, key) in self.set
        was_there = key in entry_text(self.files[name].text).keys
        self.save(name, self.without(name, key))
        if was_there and not by_hand and name in self.lock:
            self.removed.add((name, key))

    @precondition(lambda self: self.files)
    @rule(file=some_file, where=st.integers(0, 30))
    def person_comments(self, file, where):
        name = self.pick(file)
        head, front, body = self.files[name].text.split("---\n", 2)
        lines = front.splitlines(keepends=True)
        at = where % (len(lines) + 1)
        while at < len(lines) and lines[at].startswith((" ", "-")) and self.is_by_hand(name, lines[:at]):
            at += 1
        following = lines[at] if at < len(lines) else ""
        depth = len(following) - len(following.lstrip(" "))
        comment = f"{' ' * depth}# {self.token()}\n"
        self.save(name, "---\n".join((head, "".join([*lines[:at], comment, *lines[at:]]), body)))
        self.lines.setdefault(name, set()).add(comment)

    @precondition(lambda self: self.files)
    @rule(file=some_file, where=st.integers(0, 30))
    def person_comments_beside_a_line(self, file, where):
        name = self.pick(file)
        head, front, body = self.files[name].text.split("---\n", 2)
        lines = front.splitlines()
        at = where % len(lines)
        if "#" in lines[at] or self.is_by_hand(name, lines[: at + 1]):
            return
        comment = f"# {self.token()}"
        lines[at] += f"  {comment}"
        self.save(name, "---\n".join((head, "".join(f"{line}\n" for line in lines), body)))
        self.lines.setdefault(name, set()).add(comment)

    def is_by_hand(self, name, lines):
        """Whether a person wrote the key that the last of ``lines`` belongs to."""
        keys = [line.partition(":")[0] for line in lines if not line.startswith((" ", "-", "#"))]
        return bool(keys) and (name, keys[-1]) in self.set

    @precondition(lambda self: self.files)
    @rule(
        file=some_file,
        where=st.integers(0, 30),
        line=st.sampled_from(["{}.", "## {}", "- {}", "\n{}\n"]),
        instead=st.booleans(),
    )
    def person_edits_the_body(self, file, where, line, instead):
        name = self.pick(file)
        parts = entry_text(self.files[name].text).parts
        text = self.files[name].text
        lines = text[parts.body_start :].splitlines(keepends=True) or ["\n"]
        at = where % len(lines)
        written = line.format(self.token()) + "\n"
        if instead:
            self.lines[name] = {
                one for one in self.lines.get(name, ()) if one != lines[at] and one.strip("\n") != lines[at].strip("\n")
            }
        self.save(name, text[: parts.body_start] + "".join([*lines[:at], written, *lines[at + instead :]]))
        self.lines.setdefault(name, set()).add(written.strip("\n"))

    @precondition(lambda self: self.files)
    @rule(file=some_file)
    def person_deletes(self, file):
        name = self.pick(file)
        del self.files[name]
        if any(self.work_of[name] in said for said in self.imported.values()):
            self.deleted.add(self.work_of[name])
        self.forget(name)

    def forget(self, name):
        self.set = {place: lines for place, lines in self.set.items() if place[0] != name}
        self.removed = {place for place in self.removed if place[0] != name}
        self.lines.pop(name, None)
        self.work_of.pop(name)

    @precondition(lambda self: self.files)
    @rule(file=some_file)
    def person_renames(self, file):
        name = self.pick(file)
        new = self.token()
        self.save(new, self.files.pop(name).text)
        self.work_of[new] = self.work_of.pop(name)
        self.set = {(new if place[0] == name else place[0], place[1]): lines for place, lines in self.set.items()}
        self.removed = {(new if place[0] == name else place[0], place[1]) for place in self.removed}
        self.touched = {(new if place[0] == name else place[0], place[1]) for place in self.touched}
        self.lines[new] = self.lines.pop(name, set())

    @rule(work=some_work)
    def person_writes_an_entry(self, work):
        if work in self.work_of.values() or work in self.deleted:
            return
        name, token = self.token(), self.token()
        lines = f"title: {quoted(WORKS[work])}\nauthors: [Tuan Dinh]"
        self.save(name, f"---\n{lines}\nnote: {token}\n---\n")
        self.work_of[name] = work
        self.set[name, "note"] = f"note: {token}"

    # Imports.

    def forget_removals_that_no_source_gainsays(self):
        """When no source says anything of a field any more, one that says something says it for the first time."""
        self.removed = {
            (name, key)
            for name, key in self.removed
            if any(key in said.values for said in self.lock[name].sources.values())
        }

    def records(self, names, sources):
        return [record for name in names for record in sources[name].values()]

    def recall(self):
        """What an import does first."""
        self.lock = following_renames(self.lock, self.files)

    def plan(self, records, **options):
        plan, faults = plan_import(records, self.files, self.lock, (), **options)
        texts = {**{key: file.text for key, file in self.files.items()}, **plan.writes}
        return {key: Existing(f"papers/{key}.md", text) for key, text in texts.items()}, plan, faults

    @rule(
        names=st.lists(some_source, min_size=1, unique=True),
        insist=st.sets(st.sampled_from(["venue", "tags", "abstract", "pages", "doi"]), max_size=2) | st.just(set()),
    )
    def imports(self, names, insist):
        before = set(self.files)
        self.recall()
        files, plan, _faults = self.plan(self.records(names, self.sources), insist=frozenset(insist))
        for name in names:
            self.imported[name].update(self.sources[name])
        self.give_up(names, insist)
        self.files, self.lock = files, plan.lock
        for name in set(files) - before:
            (work,) = [work for work, title in enumerate(WORKS) if title in files[name].text]
            assert work not in self.deleted
            assert work not in self.work_of.values()
            self.work_of[name] = work
        self.forget_removals_that_no_source_gainsays()
        self.no_news_is_lost()
        self.nothing_changes_when_nothing_has_changed()

    def give_up(self, names, insist):
        """With ``--theirs`` the source's value of a field comes on purpose."""
        for name, work in self.work_of.items():
            said = [self.sources[source][work] for source in names if work in self.sources[source]]
            if not said:
                continue
            self.touched |= {(name, key) for key in insist}
            for key in insist - {"abstract"}:
                self.set.pop((name, key), None)
                self.removed.discard((name, key))
            if "abstract" in insist and any(record.abstract for record in said):
                body = entry_text(self.files[name].text).body
                self.lines[name] = {line for line in self.lines.get(name, ()) if line not in body.split("\n## ")[0]}

    def nothing_changes_when_nothing_has_changed(self):
        for name in SOURCES:
            files, plan, faults = self.plan(self.records([name], self.imported))
            assert files == self.files
            assert plan.lock == self.lock
            assert faults == ()

    def no_news_is_lost(self):
        """What nobody has edited says what the sources say together."""
        for name, locked in self.lock.items():
            if name not in self.files:
                continue
            said = told(locked.sources).values
            keys = entry_text(self.files[name].text).keys
            for key in ("venue", "pages", "tags", "doi", "arxiv", "date", "type"):
                if (name, key) not in self.touched:
                    mine = plain(keys[key].node) if key in keys else None
                    assert mine == (plain(said[key]) if key in said else None)

    @rule(names=st.lists(some_source, min_size=1, unique=True), kept=st.integers(0, 5))
    def import_is_killed(self, names, kept):
        """Some of the entries are written; what those are is known to the next import."""
        self.recall()
        files, plan, _faults = self.plan(self.records(names, self.sources))
        for name in [*plan.writes][:kept]:
            if name not in self.files:
                (self.work_of[name],) = [work for work, title in enumerate(WORKS) if title in files[name].text]
            self.files[name], self.lock[name] = files[name], plan.lock[name]
            for source in names:
                if self.work_of[name] in self.sources[source]:
                    self.imported[source][self.work_of[name]] = self.sources[source][self.work_of[name]]
        self.forget_removals_that_no_source_gainsays()

    # What must hold.

    @invariant()
    def nothing_that_a_person_did_is_undone(self):
        assert set(self.files) == set(self.work_of)
        assert not self.deleted & set(self.work_of.values())
        for (name, _key), lines in self.set.items():
            assert f"\n{lines}\n" in self.files[name].text
        for name, lines in self.lines.items():
            for line in lines:
                assert line in self.files[name].text
        for name, key in self.removed:
            assert key not in entry_text(self.files[name].text).keys


TestEditing = pytest.mark.torture(Editing.TestCase)
TestEditing.settings = settings(examples(60), stateful_step_count=25)
