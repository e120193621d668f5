"""The pages of docs/reference/ that are made from the code: what is written there cannot drift from what is done."""

import argparse
import ast
import inspect
from collections.abc import Iterable, Iterator, Mapping
from textwrap import dedent, indent

import msgspec
import yaml

from labpress.core.codes import CODES
from labpress.edges.cli import EPILOG, parser
from labpress.entries.config import (
    FEATURE_FIELDS,
    HOME_FIELDS,
    MARKUP_FIELDS,
    SITE_FIELDS,
    STYLES,
    Features,
    HomeConfig,
    SiteConfig,
)
from labpress.entries.fields import AUTHOR_FIELDS, ENTRY_FIELDS
from labpress.entries.paper import LINK_KINDS, TYPES
from labpress.entries.people import PERSON_FIELDS
from labpress.entries.text_page import PAGE_FIELDS
from labpress.entries.topics import TOPIC_FIELDS
from labpress.entries.writing import write_value
from labpress.render.filters import FILTERS
from labpress.render.theme_file import EXPECTED
from labpress.site import chart_views, data_views, people_views, statistics_view, views
from labpress.site.words import ENGLISH, Counted, Dates, Words
from tests.conftest import TESTS

MADE = "<!-- Made from the code by tests/test_docs.py; LABPRESS_UPDATE=1 writes it anew. -->\n\n"


def commands() -> Iterator[str]:
    yield f"# Commands\n\n{MADE}"
    yield f"{EPILOG}\n\n"
    for name, command in tasks_of(parser()).items():
        yield f"## labpress {name}\n\n{' '.join(command.description.split())}\n\n"
        yield from _options(command)
        for task, facts in tasks_of(command).items():
            yield f"`labpress {name} {task}`: {_help_of(command, task)}\n\n"
            yield from _options(facts)
        examples = dedent(command.epilog.partition("example:\n")[2])
        yield f"For example:\n\n{indent(examples, '    ')}\n\n"


def tasks_of(command: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The commands of the parser, or the tasks of a command."""
    return command._subparsers._group_actions[0].choices if command._subparsers else {}


def _help_of(command, task: str) -> str:
    return next(one.help for one in command._subparsers._group_actions[0]._choices_actions if one.dest == task)


def _options(command) -> Iterator[str]:
    actions = [
        one for one in command._actions if not isinstance(one, argparse._HelpAction | argparse._SubParsersAction)
    ]
    if actions:
        yield "| | |\n| --- | --- |\n"
        yield from (f"| {_invocation(action)} | {_cell(action.help)} |\n" for action in actions)
        yield "\n"


def _invocation(action) -> str:
    words = action.metavar if isinstance(action.metavar, str | None) else " ".join(action.metavar)
    value = words or (f"{{{','.join(map(str, action.choices))}}}" if action.choices else action.dest.upper())
    if not action.option_strings:
        return f"`{value}`"
    return ", ".join(f"`{option}`" for option in action.option_strings) + ("" if action.nargs == 0 else f" `{value}`")


def site_yml() -> Iterator[str]:
    yield f"# site.yml\n\n{MADE}Every key may be left out. An editor that knows the schema of this file completes all of it.\n\n"
    yield from _settings(SITE_FIELDS, msgspec.to_builtins(SiteConfig()))
    yield "\n## `home:` what the home page shows\n\n"
    yield from _settings(HOME_FIELDS, msgspec.to_builtins(HomeConfig()))
    yield "\n## `features:` what is published beside the papers\n\n"
    yield from _settings(FEATURE_FIELDS, msgspec.to_builtins(Features()))
    yield "\n## `markup:` how texts are read\n\n"
    yield from _settings(MARKUP_FIELDS, {"raw_html": "clean"})
    yield "\n## `citation_style:`\n\n"
    yield from (f"- `{word}`: {label}\n" for word, label in STYLES.items())


def _settings(fields: Mapping, defaults: Mapping) -> Iterator[str]:
    yield "| key | meaning | takes | unless set |\n| --- | --- | --- | --- |\n"
    for name, field in fields.items():
        default = defaults.get(name)
        shown = f"`{str(default).lower() if isinstance(default, bool) else default}`"
        shown = shown if (default and isinstance(default, str | int)) or default is False else ""
        yield f"| `{name}` | {_cell(field.doc)} | {_cell(_values(field.kind.schema))} | {shown} |\n"


def _values(schema: Mapping) -> str:
    """The values that a key takes, where they can be told in a few words."""
    if "enum" in schema:
        return ", ".join(f"`{word}`" for word in schema["enum"])
    if schema.get("type") == "integer":
        return f"{schema['minimum']} to {schema['maximum']:,}"
    return "`true`, `false`" if schema.get("type") == "boolean" else ""


def entries() -> Iterator[str]:
    yield f"# Entries, pages, people.yml, topics.yml\n\n{MADE}## Entries\n\n"
    yield (
        "A paper is `papers/ID.md`: front matter between two `---` lines, then the abstract, then, from the first heading "
        "on, whatever else you want to say. Only `title` is needed.\n\n"
    )
    yield from _table(ENTRY_FIELDS)
    yield "\n### `authors:` and `editors:`\n\nEach is a name, or a mapping of\n\n"
    yield from _table(AUTHOR_FIELDS)
    yield "\n### `type:`\n\n"
    yield from (f"- `{word}`: {label}\n" for word, label in TYPES.items())
    yield "\n### `links:`\n\nThese kinds have a name of their own; any other word is shown as it is.\n\n"
    yield from (f"- `{word}`: {label}\n" for word, label in LINK_KINDS.items())
    yield (
        "\n## Pages\n\n`pages/NAME.md` becomes the page `/NAME/`, and `pages/FOLDER/NAME.md` becomes `/FOLDER/NAME/`; `index.md` is "
        "the page of its folder, and at the top the home page's introduction. All keys may be left out.\n\n"
    )
    yield from _table(PAGE_FIELDS)
    yield "\n## people.yml\n\nA mapping from a key of your choice, the last part of the person's address, to\n\n"
    yield from _table(PERSON_FIELDS)
    yield "\n## topics.yml\n\nA mapping from a topic to its words, or to\n\n"
    yield from _table(TOPIC_FIELDS)


def _table(fields: Mapping) -> Iterator[str]:
    yield "| key | meaning |\n| --- | --- |\n"
    for name, field in fields.items():
        keys = f"`{name}`" + (f" or `{field.singular}`" if field.singular else "")
        yield f"| {keys} | {_cell(field.doc)} |\n"


def diagnostics() -> Iterator[str]:
    yield f"# Diagnostics\n\n{MADE}"
    yield (
        "An **error** is something that labpress could not do; the rest is done, and the exit code is 1. A **warning** is "
        "something that is probably not meant. A **note** is worth knowing.\n\n"
    )
    for severity in ("error", "warning", "note"):
        yield f"## {severity.capitalize()}s\n\n| code | meaning |\n| --- | --- |\n"
        for code, facts in sorted(CODES.items()):
            if facts.severity == severity:
                yield f"| `{code}` | {_cell(facts.summary)} |\n"
        yield "\n"


def templates() -> Iterator[str]:
    yield f"# What templates get\n\n{MADE}{_paragraphs(views.__doc__)}\n\n"
    yield from _structs(views)
    yield from _structs(people_views)
    yield from _structs(statistics_view)
    yield "## Filters\n\nBeside those of Jinja, but `random`: `{{ page.metas|meta_tags }}`.\n\n"
    yield "| filter | |\n| --- | --- |\n"
    for name, function in sorted(FILTERS.items()):
        others = list(inspect.signature(function).parameters)[1:]
        call = f"{name}({', '.join(others)})" if others else name
        yield f"| `{call}` | {_cell(_prose(function.__doc__.split(chr(10) * 2)[0]))} |\n"
    yield "\n## Charts\n\n" + _paragraphs(chart_views.__doc__) + "\n\n"
    yield from _structs(chart_views)
    yield "## Views of data files\n\n" + _paragraphs(data_views.__doc__) + "\n\n"
    yield from _structs(data_views)


def _structs(module) -> Iterator[str]:
    for node in ast.parse(inspect.getsource(module)).body:
        if isinstance(node, ast.ClassDef):
            yield f"## {node.name}\n\n{_prose(ast.get_docstring(node))}\n\n| field | type | |\n| --- | --- | --- |\n"
            for at, field in enumerate(node.body):
                if isinstance(field, ast.AnnAssign):
                    after = node.body[at + 1] if at + 1 < len(node.body) else None
                    said = (
                        after.value.value
                        if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
                        else ""
                    )
                    yield f"| `{field.target.id}` | `{_cell(ast.unparse(field.annotation))}` | {_cell(_prose(said))} |\n"
            yield "\n"


def _paragraphs(text: str) -> str:
    return inspect.cleandoc(text).replace("``", "`")


def _prose(text: str) -> str:
    return " ".join(inspect.cleandoc(text).split()).replace("``", "`")


def themes() -> Iterator[str]:
    yield f"# Themes and their options\n\n{MADE}"
    yield "Choose one with `theme:` in site.yml, and set its options under `options:`.\n\n"
    for path in sorted((TESTS.parent / "themes").glob("*/theme.yml")):
        facts = yaml.safe_load(path.read_text(encoding="utf-8"))
        yield f"## {path.parent.name}\n\n{facts.get('description', '')}\n\n"
        if facts.get("parent"):
            yield f"Begins from `{facts['parent']}`, and takes its options too.\n\n"
        if facts.get("options"):
            yield "| option | takes | unless set | |\n| --- | --- | --- | --- |\n"
            for name, option in facts["options"].items():
                yield f"| `{name}` | {_taken(option)} | {_default(option)} | {_cell(option.get('description', ''))} |\n"
            yield "\n"


def _taken(option: Mapping) -> str:
    return _cell(
        " ".join([EXPECTED[option.get("type", "text")], ", ".join(map(str, option.get("choices", ())))]).strip()
    )


def _default(option: Mapping) -> str:
    default = option.get("default", "")
    return f"`{str(default).lower() if isinstance(default, bool) else default}`" if default != "" else ""


def _cell(text: str | None) -> str:
    return " ".join((text or "").split()).replace("|", "\\|")


def words() -> Iterator[str]:
    yield f"# Words of the interface\n\n{MADE}"
    yield (
        "A file `locales/fi.yml` in the content folder says in Finnish what it has of these words, and what it leaves out "
        "stays English. Plural forms are those of the language: `one`, `few`, `many`, `other`. What stands in braces is "
        "filled in.\n\n```yaml\n"
    )
    for one in msgspec.structs.fields(Words):
        value = getattr(ENGLISH, one.name)
        if not isinstance(value, Dates):
            yield write_value(one.name, value.forms if isinstance(value, Counted) else value)
    yield "```\n"


PAGES: dict[str, Iterable[str]] = {
    "commands": commands,
    "site-yml": site_yml,
    "entries": entries,
    "diagnostics": diagnostics,
    "templates": templates,
    "themes": themes,
    "words": words,
}


def page(name: str) -> str:
    return "".join(PAGES[name]()).rstrip() + "\n"
