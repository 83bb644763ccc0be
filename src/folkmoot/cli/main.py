"""`folkmoot`: one command; each group of subcommands lives in a module of its own beside this one."""

import argparse
import importlib
import sys
from collections.abc import Sequence
from types import ModuleType

# Each module has `add_parser(subparsers)` and sets `run(args) -> int` as the default of its parsers. Loaded by name,
# so that an engine's command starts without Django.
ENGINE_COMMANDS = {
    "redline": "folkmoot.cli.redline",
    "consensus": "folkmoot.cli.consensus",
    "radar": "folkmoot.cli.radar",
}
INSTALLATION = (
    *("serve", "demo", "first-administrator", "worker"),
    *("migrate", "check", "backup", "restore", "audit", "import"),
)
APP_COMMANDS = dict.fromkeys(INSTALLATION, "folkmoot.cli.installation") | {
    "retention": "folkmoot.cli.retention",
    "search": "folkmoot.cli.searching",
}


def _modules(wanted: str | None) -> list[ModuleType]:
    names = {**ENGINE_COMMANDS, **APP_COMMANDS}
    chosen = [names[wanted]] if wanted in names else list(dict.fromkeys(names.values()))
    return [importlib.import_module(name) for name in chosen]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 done, 2 wrong usage, 3 bad input."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    parser = argparse.ArgumentParser(prog="folkmoot", description="The workbench of a network of mayors.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in _modules(arguments[0] if arguments else None):
        module.add_parser(commands)
    args = parser.parse_args(arguments)
    status: int = args.run(args)
    return status


if __name__ == "__main__":
    raise SystemExit(main())
