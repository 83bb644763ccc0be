"""Writes the pages of docs/reference from the code: permissions and roles, settings, commands.

    .venv/bin/python scripts/write_reference.py

A test fails when a page no longer says what the code does.
"""

import argparse
import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from folkmoot.apps.access.gate import BY_LINK, FOR_ONE_OFFICE
from folkmoot.apps.access.permissions import PASSABLE, SENTENCES
from folkmoot.apps.access.roles import ROLES
from folkmoot.cli import main as command_line
from folkmoot.config import environment

REFERENCE = Path(__file__).resolve().parents[1] / "docs/reference"
WRITTEN = "This page is written by `scripts/write_reference.py` from the code; change the code, then run the script."

SETTINGS = [
    "Each is a variable of the environment. A wrong value stops the start with a sentence that says which, why, and",
    "what to write instead.",
]
DELEGATION = [
    "A person may let a colleague act in their place between two moments, for the permissions that they name and",
    "have themselves. It stays within the secretariat, or within one office. What one may read never travels, and",
    "nobody passes on what was passed to them. The audit trail holds both names. It ends by itself, or early by",
    "either of the two or an administrator.",
]


def permissions_page() -> str:
    """Every role and every permission, each with its sentence."""
    lines = ["# Roles and permissions", "", WRITTEN, "", "## Roles", ""]
    for role, described in ROLES.items():
        held = ", ".join(f"`{p.value}`" for p in SENTENCES if p in described.permissions) or "nothing"
        lines += [f"### {described.name} (`{role.value}`)", "", f"{described.sentence} May: {held}.", ""]
    lines += ["## Permissions", ""]
    for permission, sentence in SENTENCES.items():
        notes = [
            "It is asked for one office and holds only there." if permission in FOR_ONE_OFFICE else "",
            "It may be passed on by a delegation." if permission in PASSABLE else "It cannot be passed on.",
            "A personal link allows it." if permission in BY_LINK else "",
        ]
        roles = ", ".join(described.name for described in ROLES.values() if permission in described.permissions)
        lines += [f"### `{permission.value}`", "", " ".join([sentence, *filter(None, notes)]), ""]
        lines += [f"Held by: {roles}.", ""]
    lines += ["## What a delegation is", "", *DELEGATION]
    return "\n".join(lines) + "\n"


def settings_of_the_environment() -> dict[str, str]:
    """Each setting's variable with its sentence, as the comments beside the fields say."""
    source = inspect.getsource(environment.Environment)
    return dict(re.findall(r"#\s*([A-Z][A-Z_]+): (.+)", source))


def _sentence(text: str) -> str:
    """A comment as a sentence; an address at its head keeps its small letter."""
    first = text if "://" in text.split()[0] else text[:1].upper() + text[1:]
    return first.rstrip(".") + "."


def settings_page() -> str:
    """Every setting that an installation reads from its environment."""
    lines = ["# Settings", "", WRITTEN, "", *SETTINGS, ""]
    for variable, sentence in settings_of_the_environment().items():
        lines += [f"## `{variable}`", "", _sentence(sentence), ""]
    return "\n".join(lines).rstrip() + "\n"


def _subcommands(parser: argparse.ArgumentParser) -> Iterator[tuple[argparse.ArgumentParser, str]]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            helps = {choice.dest: choice.help or "" for choice in action._choices_actions}
            for name, command in action.choices.items():
                yield command, helps.get(name, "")
                yield from _subcommands(command)


def commands() -> list[tuple[argparse.ArgumentParser, str]]:
    """Every command with its sentence."""
    parser = argparse.ArgumentParser(prog="folkmoot")
    subparsers = parser.add_subparsers()
    for module in command_line._modules(None):
        module.add_parser(subparsers)
    return list(_subcommands(parser))


def _arguments(command: argparse.ArgumentParser) -> Iterator[str]:
    for action in command._actions:
        if isinstance(action, argparse._HelpAction | argparse._SubParsersAction) or action.help == argparse.SUPPRESS:
            continue
        name = ", ".join(action.option_strings) or str(action.metavar or action.dest)
        yield f"- `{name}`: {action.help or 'no more to say'}"


def commands_page() -> str:
    """Every command with its arguments."""
    lines = ["# Commands", "", WRITTEN, "", "Exit codes: 0 done, 2 wrong usage, 3 bad input.", ""]
    for command, sentence in commands():
        text = sentence or command.description or ""
        lines += [f"## `{command.prog}`", "", _sentence(text), ""]
        lines += [*_arguments(command), ""]
    return "\n".join(lines).rstrip() + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "permissions.md": permissions_page,
    "settings.md": settings_page,
    "commands.md": commands_page,
}


def main() -> None:
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
