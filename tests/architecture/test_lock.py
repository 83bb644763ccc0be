"""The lock holds hashes and no host; no tracked file names a registry or a path of somebody's machine."""

import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))

# Put together here, so that this file itself names none of them.
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("deb", "debian", "org"),
        ("proxy", "golang", "org"),
        ("crates", "io"),
    )
]
INDEX_VARIABLES = ("PIP_INDEX_URL", "UV_INDEX_URL", "UV_DEFAULT_INDEX", "NPM_CONFIG_REGISTRY")
OUR_MACHINES = ["/".join(("", *parts)) for parts in (("work", "main"), ("work", "shared"), ("root",))]


def registries_of_this_machine() -> list[str]:
    """The hosts that this machine's package clients are set up to ask."""
    named = (os.environ.get(variable, "") for variable in INDEX_VARIABLES)
    return [found[1] for value in named if (found := re.match(r"\w+://(?:[^@/]*@)?([^:/]+)", value))]


def tracked_texts() -> dict[str, str]:
    """Every tracked file that is text."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    texts = {}
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path.is_file():
            data = path.read_bytes()
            if b"\0" not in data[:8000]:
                texts[name] = data.decode("utf-8", errors="replace")
    return texts


def test_every_locked_package_has_a_hash_and_none_an_address() -> None:
    assert len(LOCKS) >= 3
    for lock in LOCKS:
        text = lock.read_text(encoding="utf-8")
        packages = re.split(r"\n(?=[A-Za-z0-9])", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE).strip())
        assert packages
        assert [package for package in packages if "==" not in package or "--hash=sha256:" not in package] == []
        assert "://" not in text


def test_no_tracked_file_names_a_registry() -> None:
    hosts = [*REGISTRIES, *registries_of_this_machine()]
    found = {name: [host for host in hosts if host in text] for name, text in tracked_texts().items()}
    assert {name: hosts for name, hosts in found.items() if hosts} == {}


def test_no_tracked_file_names_a_path_of_a_machine() -> None:
    wrong = re.compile("|".join(rf"(?<![\w.}}/]){re.escape(path)}\b" for path in OUR_MACHINES))
    assert {name: found[0] for name, text in tracked_texts().items() if (found := wrong.findall(text))} == {}
