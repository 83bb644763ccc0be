"""The four scripts at the root: what they say when something is missing, and how ./test counts."""

import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.one_database

CLONE = Path(__file__).resolve().parents[2]
SCRIPTS = ("run", "test", "fix", "bench", ".ci/run", "scripts/setup.sh", "scripts/postgres.sh")


def bash(code: str) -> "subprocess.CompletedProcess[str]":
    """This code in bash, with the set-up script sourced."""
    return subprocess.run(
        ["bash", "-uc", f". scripts/setup.sh\n{code}"], cwd=CLONE, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("script", SCRIPTS)
def test_bash_can_read_it(script: str) -> None:
    assert subprocess.run(["bash", "-n", str(CLONE / script)], check=False).returncode == 0


@pytest.mark.parametrize("script", SCRIPTS[:5])
def test_a_clone_can_start_it(script: str) -> None:
    assert (CLONE / script).stat().st_mode & 0o111
    assert (CLONE / script).read_text(encoding="utf-8").startswith("#!/usr/bin/env bash\n")


def test_whoever_is_not_root_is_told_what_to_type() -> None:
    done = bash("id() { echo 1000; }\ndpkg-query() { return 1; }\ninstall_debian_packages chromium fonts-liberation")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "folkmoot: these Debian packages are missing. Please run:",
        "    sudo apt-get install --no-install-recommends chromium fonts-liberation",
    ]


def test_packages_that_are_there_are_not_installed_again() -> None:
    done = bash(
        "dpkg-query() { echo 'install ok installed'; }\napt-get() { echo called; }\ninstall_debian_packages a b"
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_machine_without_python_311_is_told_so() -> None:
    done = bash("command() { return 1; }\npython_311")
    assert done.returncode == 1
    assert done.stderr == "folkmoot: Python 3.11 is needed and was not found. On Debian 12: apt-get install python3\n"


def test_a_wider_set_up_covers_a_narrower_one(tmp_path: Path) -> None:
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/bin/folkmoot").touch(mode=0o755)
    (tmp_path / ".venv/.folkmoot-run").write_text("the stamp")
    asked = ("run 'the stamp'", "run 'another stamp'", "test 'the stamp'")
    code = "\n".join(f"is_set_up {question} && echo yes || echo no" for question in asked)
    assert bash(f"cd {tmp_path}\n{code}").stdout.split() == ["yes", "no", "no"]


def test_an_unknown_benchmark_names_those_that_there_are() -> None:
    done = subprocess.run(["bash", str(CLONE / "bench"), "unicorn"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("folkmoot: there is no benchmark “unicorn”. There are: ")


class TestSummary:
    """The last lines of ./test: what was slowest, and one count over both databases."""

    def summary(self, tmp_path: Path, **reports: str) -> list[str]:
        for name, cases in reports.items():
            (tmp_path / f"{name}.xml").write_text(f"<testsuites>{cases}</testsuites>")
        done = subprocess.run(
            ["python3", str(CLONE / "scripts/summarise_tests.py"), str(tmp_path)],
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.splitlines()

    def suite(self, *, tests: int, ends: tuple[str, ...] = ()) -> str:
        """So many tests, the first of which ended as said; the others passed."""
        how = [f"<{end}/>" for end in ends] + [""] * (tests - len(ends))
        cases = "".join(
            f'<testcase classname="tests.a" name="t{n}" time="{n}.5">{end}</testcase>' for n, end in enumerate(how)
        )
        return f'<testsuite name="pytest">{cases}</testsuite>'

    def test_both_runs_are_counted_together(self, tmp_path: Path) -> None:
        sqlite, postgresql = self.suite(tests=5, ends=("failure",)), self.suite(tests=3, ends=("error", "skipped"))
        lines = self.summary(tmp_path, sqlite=sqlite, postgresql=postgresql)
        assert lines[-1] == "5 passed, 2 failed, 1 skipped"

    def test_the_slowest_are_named_with_their_database(self, tmp_path: Path) -> None:
        lines = self.summary(tmp_path, sqlite=self.suite(tests=12), postgresql=self.suite(tests=2))
        assert lines[1].split() == ["11.50", "s", "tests.a::t11", "(sqlite)"]
        assert len(lines) == 12
