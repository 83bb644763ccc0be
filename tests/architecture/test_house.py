"""The house stays in order: layers, docstrings, migrations, templates without inline style or script."""

import ast
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/folkmoot"
MODULES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted((SOURCE / "web/templates").rglob("*.html"))
LONGEST = 500


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_each_room_imports_only_from_the_rooms_under_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0, capsys.readouterr().out


def test_every_module_opens_with_a_sentence() -> None:
    without = [name(path) for path in MODULES if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]
    assert without == []


def test_no_module_grows_past_one_purpose() -> None:
    long = [name(path) for path in MODULES if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST]
    assert long == []


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def inline_in(text: str) -> list[str]:
    """What a Content-Security-Policy without inline style and script would refuse."""
    without_comments = re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)
    refused = re.findall(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", without_comments)
    return refused + [tag for tag in re.findall(r"<script\b[^>]*>", without_comments) if "src=" not in tag]


def test_no_template_holds_inline_style_or_script() -> None:
    assert {name(path): inline_in(path.read_text(encoding="utf-8")) for path in TEMPLATES} == {
        name(path): [] for path in TEMPLATES
    }


@pytest.mark.parametrize(
    "text",
    ['<p style="color: red">', "<style>p {}</style>", "<script>go()</script>", '<a onclick="go()">', "javascript:go()"],
)
def test_inline_style_and_script_are_recognised(text: str) -> None:
    assert inline_in(text)


def test_only_doors_read_the_clock() -> None:
    """Everything below a door is told the moment; a task is the door by which the worker comes in."""
    clock = re.compile(r"\b(?:datetime\.now|datetime\.today|date\.today|timezone\.now|time\.time)\(")
    readers = {path for path in MODULES if clock.search(path.read_text(encoding="utf-8"))}
    assert SOURCE / "apps/access/clock.py" in readers
    below = {name(path) for path in readers if path.name != "tasks.py" and path.parent != SOURCE / "cli"}
    assert below == {"src/folkmoot/apps/access/clock.py"}
