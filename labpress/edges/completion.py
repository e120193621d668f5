"""Shell completion as a script that is written once: nothing of labpress runs when a person presses Tab."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Iterator
from typing import NamedTuple


class Completed(NamedTuple):
    """What can be typed after one command."""

    name: str
    help: str
    options: dict[str, str]
    """Option -> what it does."""
    choices: dict[str, tuple[str, ...]]
    """Option -> its values, where these are known."""
    words: tuple[str, ...] = ()
    """What may follow the command itself: its tasks, or the values of its first argument."""


def completed(parser: argparse.ArgumentParser) -> tuple[Completed, ...]:
    """Every command of the parser."""
    commands = _below(parser)
    if commands is None:
        return ()
    helps = {one.dest: one.help or "" for one in commands._choices_actions}  # noqa: SLF001  argparse shows them nowhere else.
    return tuple(_completed(name, helps.get(name, ""), command) for name, command in commands.choices.items())


def _completed(name: str, text: str, command: argparse.ArgumentParser) -> Completed:
    """One command, with the options of all its tasks."""
    tasks = _below(command)
    actions = [one for part in (command, *(tasks.choices.values() if tasks else ())) for one in _options(part)]
    options = {option: one.help or "" for one in actions for option in one.option_strings if option[:2] == "--"}
    choices = {one.option_strings[-1]: tuple(map(str, one.choices)) for one in actions if one.choices}
    return Completed(name, text, options, choices, _words(command))


def _words(command: argparse.ArgumentParser) -> tuple[str, ...]:
    arguments = [one for one in command._actions if not one.option_strings]  # noqa: SLF001
    return next((tuple(map(str, one.choices)) for one in arguments if one.choices), ())


def _options(command: argparse.ArgumentParser) -> list[argparse.Action]:
    return [one for one in command._actions if one.option_strings]  # noqa: SLF001


def _below(command: argparse.ArgumentParser) -> argparse._SubParsersAction[argparse.ArgumentParser] | None:
    """The commands of a parser, or the tasks of a command."""
    return next((one for one in command._actions if isinstance(one, argparse._SubParsersAction)), None)  # noqa: SLF001


def bash(commands: tuple[Completed, ...]) -> str:
    """For bash: commands, then their options and values; anything else is a file."""
    return "".join(_bash(commands))


def _bash(commands: tuple[Completed, ...]) -> Iterator[str]:
    yield "# labpress completion for bash: put  source <(labpress completion bash)  into ~/.bashrc\n"
    yield '_labpress() {\n    local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" words=""\n'
    yield '    if [ "$COMP_CWORD" -eq 1 ]; then\n'
    yield f'        words="{" ".join(one.name for one in commands)} --help --version"\n    else\n'
    yield '        case "${COMP_WORDS[1]} $before" in\n'
    for one in commands:
        for option, values in one.choices.items():
            yield f'            "{one.name} {option}") words="{" ".join(values)}" ;;\n'
    yield '            *) case "${COMP_WORDS[1]}" in\n'
    for one in commands:
        yield f'                {one.name}) words="{" ".join((*one.words, *one.options))}" ;;\n'
    yield "            esac ;;\n        esac\n"
    yield '        [ "${word#-}" = "$word" ] && case "$words" in --*) words="" ;; esac\n'
    yield '    fi\n    COMPREPLY=($(compgen -W "$words" -- "$word"))\n}\n'
    yield "complete -o default -F _labpress labpress\n"


def zsh(commands: tuple[Completed, ...]) -> str:
    """For zsh, through its own support of bash's completions."""
    head = "# labpress completion for zsh: put  source <(labpress completion zsh)  into ~/.zshrc\n"
    return f"{head}autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n{bash(commands)}"


def fish(commands: tuple[Completed, ...]) -> str:
    """For fish: one line a command and an option."""
    return "".join(_fish(commands))


def _fish(commands: tuple[Completed, ...]) -> Iterator[str]:
    yield "# labpress completion for fish: labpress completion fish > ~/.config/fish/completions/labpress.fish\n"
    for one in commands:
        yield f"complete -c labpress -n __fish_use_subcommand -f -a {one.name} -d {shlex.quote(one.help)}\n"
        if one.words:
            seen = f"'__fish_seen_subcommand_from {one.name}'"
            yield f"complete -c labpress -n {seen} -f -a {shlex.quote(' '.join(one.words))}\n"
        for option, text in one.options.items():
            values = f" -x -a {shlex.quote(' '.join(one.choices[option]))}" if option in one.choices else ""
            seen = f"'__fish_seen_subcommand_from {one.name}'"
            yield f"complete -c labpress -n {seen} -l {option[2:]} -d {shlex.quote(text)}{values}\n"


SHELLS = {"bash": bash, "zsh": zsh, "fish": fish}
