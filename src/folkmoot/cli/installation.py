"""The commands that run and keep an installation; each does its work in a module beside this one."""

import argparse
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from folkmoot.cli.start import (
    BAD_INPUT,
    DEMO,
    LOCK,
    NETWORK,
    WRONG_USAGE,
    CannotGoOn,
    Installation,
    alone,
    claim,
    data_folder,
    guarded,
    load,
    open_installation,
    read_marker,
    say,
    write_marker,
)

if TYPE_CHECKING:
    from folkmoot.cli.serving import Door

Arguments = argparse.Namespace


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise ValueError
    return port


def _count(text: str) -> int:
    count = int(text)
    if count < 1:
        raise ValueError
    return count


def add_parser(commands: Any) -> None:
    """One parser a command; each ends in a function of this module."""

    def command(name: str, run: Any, sentence: str) -> argparse.ArgumentParser:
        parser: argparse.ArgumentParser = commands.add_parser(name, help=sentence, description=sentence)
        parser.add_argument(
            "--data",
            metavar="DIR",
            help="the folder that holds everything it keeps; else FOLKMOOT_DATA, else data/ in the clone",
        )
        parser.set_defaults(run=lambda args: guarded(lambda: run(args)))
        return parser

    def serving(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
        parser.add_argument(
            "--host", default="127.0.0.1", help="where to listen (127.0.0.1); 0.0.0.0 for every interface"
        )
        parser.add_argument("--port", type=_port, default=8000, help="the port (8000); 0 takes any that is free")
        return parser

    serving(command("serve", _serve, "Serve the network's installation, with its worker, until SIGTERM."))
    serving(
        command("demo", _demo, "Open the demonstration network, made if absent, in the folder demo of the data folder.")
    ).add_argument("--fresh", action="store_true", help="make the demonstration anew")
    first = command("first-administrator", _first_administrator, "Give a new installation its first person.")
    first.add_argument("name", metavar="NAME", help="as the network knows them")
    first.add_argument("address", metavar="ADDRESS", help="their mail address, with which they sign in")
    command("worker", _work, "Send mail and do background work, beside a server that runs elsewhere.")
    command("migrate", _migrate, "Bring the database up to this version; serve does so as it starts.")
    command("check", _check, "Say what is wrong with an installation and how to mend it; 3 when something is.")
    backup = command("backup", _back_up, "Write the database, the files and the key into one new file.")
    backup.add_argument(
        "file",
        metavar="FILE",
        help="a zip that is not there yet, or a folder for one named after the moment; keep it safe: it holds the key",
    )
    backup.add_argument(
        "--keep",
        type=_count,
        metavar="N",
        help="with a folder: afterwards keep the newest N backups there and drop the older ones",
    )
    command("restore", _restore, "Lay an installation out from a backup, into an empty folder.").add_argument(
        "file", metavar="FILE", help="a backup; DATABASE_URL names an empty database if it is of PostgreSQL"
    )
    command("audit", _audit, "Prove the audit trail whole; 3 when it is not.").add_argument(
        "what", metavar="verify", choices=["verify"], help="reads every row and the hash that seals it"
    )
    importing = command("import", _import, "Bring facts into the register, or past papers into the memory.")
    importing.add_argument(
        "kind", metavar="KIND", choices=["facts", "archive"], help="facts: the register's tables; archive: past papers"
    )
    importing.add_argument("file", metavar="FILE", help="a table or a folder of them; a folder of past papers")
    importing.add_argument("--dry-run", action="store_true", help="say what would change and change nothing")


def _prepare(data: Path, door: "Door") -> None:
    """Start Django behind this door, with tables and style sheets up to date."""
    if not os.environ.get("FOLKMOOT_ADDRESS", "").strip():
        os.environ["FOLKMOOT_ADDRESS"] = door.address
    load(data)
    from folkmoot.cli.upkeep import collect_static, migrate, reach_database

    reach_database()
    migrate()
    collect_static()


def _serve(args: Arguments) -> int:
    from folkmoot.cli.serving import free_door, leave_when_told, serve

    leave_when_told()
    data = data_folder(args.data)
    door = free_door(args.host, args.port)
    claim(data, NETWORK)
    with alone(data):
        _prepare(data, door)
        _fill_register()
    _show_the_way_in()
    return serve(door, data)


def _fill_register() -> None:
    """A new installation knows the real authorities, mayors and departments, each fact with its source and date."""
    from folkmoot.apps.members.importing import SHIPPED, import_at_the_terminal
    from folkmoot.apps.members.models import Organization
    from folkmoot.web.clock import moment

    if Organization.objects.exists():
        return
    say("Filling the register of members with the facts that folkmoot ships.")
    now = moment()
    status, lines = import_at_the_terminal(SHIPPED, now=now, today=now.date())
    for line in lines if status else ():
        say(line)


def _show_the_way_in() -> None:
    """While nobody has an account, whoever reads this terminal becomes the first administrator by a link."""
    from django.conf import settings
    from django.urls import reverse

    from folkmoot.apps.access.models import Account
    from folkmoot.web.beginning import ticket
    from folkmoot.web.clock import moment

    if Account.objects.exists():
        return
    link = settings.ENVIRONMENT.address + reverse("begin", args=[ticket.issue(moment())])
    say("Nobody has an account yet. Open this link to begin; it works once, and for a day:")
    say(link)


def _demo(args: Arguments) -> int:
    from folkmoot.cli.serving import free_door, leave_when_told, serve

    leave_when_told()
    data = data_folder(args.data, demo=True)
    door = free_door(args.host, args.port)
    claim(data, DEMO)
    with alone(data):
        complete = claim(data, DEMO).complete and not args.fresh
        if not complete:
            _empty(data)
            write_marker(data, Installation(DEMO, complete=False))
        _prepare(data, door)
        if not complete:
            _build_demo()
            write_marker(data, Installation(DEMO))
    say("The demonstration network is invented. Choose on its sign-in page whom you want to be.")
    return serve(door, data)


def _build_demo() -> None:
    from folkmoot.demo import build
    from folkmoot.web.clock import moment

    say("Making the demonstration network.")
    build(today=moment().date())


def _empty(data: Path) -> None:
    """Clear a demonstration's folder, of which the caller has seen the marker, all but the lock that we hold."""
    for entry in data.iterdir():
        if entry.name == LOCK:
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def _first_administrator(args: Arguments) -> int:
    open_installation(args.data)
    from folkmoot.apps.access.actions import create_first_administrator
    from folkmoot.apps.access.gate import Conflict, Invalid
    from folkmoot.apps.access.queries import actor_for
    from folkmoot.web.access.invitations import send_invitation
    from folkmoot.web.clock import moment

    now = moment()
    try:
        account = create_first_administrator(email=args.address, name=args.name, now=now)
    except (Conflict, Invalid) as error:
        raise CannotGoOn(str(error)) from None
    print(send_invitation(actor_for(account, now=now, today=now.date()), account))
    return 0


def _work(args: Arguments) -> int:
    open_installation(args.data)
    from folkmoot.cli.working import run

    return run()


def _migrate(args: Arguments) -> int:
    data = data_folder(args.data)
    if read_marker(data) is None:
        claim(data, NETWORK)
    open_installation(args.data)
    from folkmoot.cli.upkeep import migrate

    with alone(data):
        changed = migrate()
    for name in changed:
        print(name)
    say("The database is up to date.")
    return 0


def _check(args: Arguments) -> int:
    from folkmoot.cli.health import examine

    findings = list(examine(data_folder(args.data)))
    for finding in findings:
        print(finding)
    return 0 if all(finding.good for finding in findings) else BAD_INPUT


def _back_up(args: Arguments) -> int:
    data = open_installation(args.data)
    from folkmoot.apps.access.clock import machine_time
    from folkmoot.cli.keeping import back_up, drop_old, named_after

    place = Path(args.file).resolve()
    if args.keep and not place.is_dir():
        raise CannotGoOn(f"--keep goes with a folder, and {place} is none.", WRONG_USAGE)
    target = named_after(machine_time(), place) if place.is_dir() else place
    back_up(data, target)
    say(f"Everything is in {target}. It holds the secret key, so keep it as safe as the installation.")
    for old in drop_old(place, args.keep) if args.keep else ():
        say(f"Dropped the older backup {old.name}.")
    return 0


def _restore(args: Arguments) -> int:
    from folkmoot.cli.keeping import restore

    data = data_folder(args.data)
    restore(Path(args.file).resolve(), data)
    say(f"The installation lies in {data}. Start it with folkmoot serve --data {data}")
    return 0


def _audit(args: Arguments) -> int:
    open_installation(args.data)
    from folkmoot.apps.access.audit import verify
    from folkmoot.apps.access.models import AuditEntry

    faults = verify()
    for fault in faults:
        print(fault)
    if faults:
        raise CannotGoOn(
            "The audit trail is not whole. Keep the database as it is and compare it with the last backup."
        )
    print(f"The audit trail is whole: {AuditEntry.objects.count()} rows.")
    return 0


def _import(args: Arguments) -> int:
    open_installation(args.data)
    from folkmoot.apps.archive.terminal import import_folder
    from folkmoot.apps.members.importing import import_at_the_terminal
    from folkmoot.web.clock import moment

    now = moment()
    bring = import_folder if args.kind == "archive" else import_at_the_terminal
    status, lines = bring(Path(args.file), now=now, today=now.date(), dry_run=args.dry_run)
    if status and len(lines) == 1:
        raise CannotGoOn(lines[0], status)
    for line in lines:
        print(line)
    return status
