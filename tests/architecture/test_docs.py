"""Every permission, role, setting and command has its paragraph, and the pages say what the code does."""

from pathlib import Path

import pytest
from scripts.write_reference import PAGES, REFERENCE, commands, settings_of_the_environment

from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.access.roles import Role
from folkmoot.config.environment import Environment


def paragraphs(name: str) -> dict[str, str]:
    """Each heading of a page with the text under it."""
    sections = (REFERENCE / name).read_text(encoding="utf-8").split("\n#")
    return {section.partition("\n")[0].strip("# `"): section.partition("\n")[2].strip() for section in sections}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_what_the_code_does(name: str) -> None:
    assert (REFERENCE / name).read_text(encoding="utf-8") == PAGES[name](), "Run scripts/write_reference.py."


def test_every_permission_and_role_has_a_paragraph() -> None:
    found = paragraphs("permissions.md")
    headings = [*(permission.value for permission in Permission), *(heading for heading in found if "(" in heading)]
    assert all(found[heading] for heading in headings)
    assert sum("(" in heading for heading in found) == len(Role)


def test_every_setting_has_a_paragraph() -> None:
    settings = settings_of_the_environment()
    assert len(settings) == len(Environment.__dataclass_fields__)
    assert set(settings) <= set(paragraphs("settings.md"))


def test_every_command_has_a_paragraph() -> None:
    found = paragraphs("commands.md")
    assert [command.prog for command, _ in commands() if not found.get(command.prog)] == []


def test_every_reference_page_is_in_plain_sentences() -> None:
    for path in Path(REFERENCE).glob("*.md"):
        assert path.read_text(encoding="utf-8").startswith("# "), path
