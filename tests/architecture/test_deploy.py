"""The systemd units start commands that exist, and the settings that they read are known."""

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from folkmoot.cli.main import APP_COMMANDS

ROOT = Path(__file__).resolve().parents[2]
UNITS = sorted((ROOT / "deploy").glob("*.service")) + sorted((ROOT / "deploy").glob("*.timer"))
pytestmark = pytest.mark.one_database


def unit(path: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(path, encoding="utf-8")
    return parser


@pytest.mark.parametrize("path", [each for each in UNITS if each.suffix == ".service"], ids=lambda path: path.name)
def test_each_unit_starts_a_command_with_options_that_it_has(path: Path) -> None:
    program, command, *options = unit(path)["Service"]["ExecStart"].split()

    assert program == "/opt/folkmoot/.venv/bin/folkmoot"
    assert command in APP_COMMANDS
    shown = subprocess.run(
        [str(ROOT / ".venv/bin/folkmoot"), command, "--help"], capture_output=True, text=True, check=True
    ).stdout
    assert [option for option in options if option.startswith("--") and option not in shown] == []


def test_the_settings_of_the_environment_are_known() -> None:
    known = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")
    named = re.findall(
        r"^#? ?([A-Z][A-Z_]+)=", (ROOT / "deploy/folkmoot.env").read_text(encoding="utf-8"), re.MULTILINE
    )

    assert named
    assert [name for name in named if f"`{name}`" not in known] == []


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_systemd_finds_no_fault(path: Path, tmp_path: Path) -> None:
    """With a program that is there instead of the installed one, and without the folders of an installation."""
    checker = shutil.which("systemd-analyze")
    assert checker or path.exists()
    if checker is None:  # a machine without systemd: the other tests stand in for it
        return
    for each in UNITS:
        text = each.read_text(encoding="utf-8").replace("/opt/folkmoot/.venv/bin/folkmoot", "/bin/true")
        (tmp_path / each.name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        [checker, "verify", "--man=no", str(tmp_path / path.name)], capture_output=True, text=True, check=False
    )

    faults = [
        line for line in done.stderr.splitlines() if str(tmp_path) in line or "Unknown" in line or "Invalid" in line
    ]
    assert faults == []


def test_the_guide_names_every_unit_and_only_commands_that_exist() -> None:
    guide = (ROOT / "docs/operating.md").read_text(encoding="utf-8")

    commands = set(re.findall(r"\bfolkmoot (backup|restore|audit|check)\b", guide))
    assert commands == {"backup", "restore", "audit", "check"} <= set(APP_COMMANDS)
    assert [path.name for path in UNITS if path.stem not in guide] == []
