"""Completion scripts: what Tab gives, tried in bash; for the others, that every command and option is in them."""

import shlex
import shutil
import subprocess

import pytest

from labpress.edges.cli import parser
from labpress.edges.completion import SHELLS, bash, completed, fish

COMMANDS = completed(parser())


def tab(tmp_path, *words):
    """What bash offers after ``words``, the last of which is being typed."""
    script = f"""{bash(COMMANDS)}
COMP_WORDS=({shlex.join(words)}) COMP_CWORD={len(words) - 1}
_labpress
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["labpress", "bu"], ["build"]),
        (["labpress", "build", "--base"], ["--base-url"]),
        (["labpress", "build", "--format", ""], ["text", "json", "github"]),
        (["labpress", "build", "--format", "g"], ["github"]),
        (["labpress", "import", "pap"], []),
        (["labpress", "theme", "ne"], ["new"]),
        (["labpress", "completion", "f"], ["fish"]),
        (["labpress", "fetch", "op"], ["openalex"]),
        (["labpress", "theme", "new", "--par"], ["--parent"]),
        (["labpress", "nothing", "--x"], []),
    ],
)
def test_tab_in_bash(words, offered, tmp_path):
    if not shutil.which("bash"):
        pytest.skip("no bash")
    assert tab(tmp_path, *words) == offered


@pytest.mark.parametrize("shell", SHELLS)
def test_every_command_and_option_is_in_every_script(shell):
    script = SHELLS[shell](COMMANDS)

    for command in COMMANDS:
        assert command.name in script
        for option in command.options:
            assert option.lstrip("-") in script


def test_every_line_for_fish_is_one_command():
    for line in fish(COMMANDS).splitlines()[1:]:
        assert shlex.split(line)[:3] == ["complete", "-c", "labpress"]


def test_every_command_says_what_it_does_and_shows_an_example():
    actions = parser()._subparsers._group_actions[0].choices
    for command in COMMANDS:
        assert command.help
        assert command.options["--help"]
        tasks = actions[command.name]._subparsers._group_actions[0].choices if actions[command.name]._subparsers else {}
        for one in (actions[command.name], *tasks.values()):
            assert one.prog in one.format_help().partition("example:\n  ")[2]
            assert one.description
