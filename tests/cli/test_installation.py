"""`folkmoot serve` and its neighbours, as real processes: they start, answer, end with 0, and refuse in one line."""

import json
import os
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.terminal import PATIENCE, Running, Terminal, children_of, fetch

pytestmark = pytest.mark.slow


def one_line(text: str) -> str:
    """The one line that a refusal is."""
    lines = text.strip().splitlines()
    assert len(lines) == 1, text
    assert lines[0].startswith("folkmoot: ")
    return lines[0]


class TestServe:
    def test_it_answers_and_ends_with_everything_it_started(self, network: Terminal, running: list[Running]) -> None:
        server = network.start("serve", "--port", "0")
        running.append(server)
        address = server.address()

        assert address.startswith("http://localhost:")
        page = fetch(address, "/sign-in/")
        assert page.status == 200
        assert "Sign in" in page.text
        assert fetch(address, "/mail/").status == 302
        assert fetch(address, "/no-such-page/").status in {302, 404}
        [style] = [part for part in page.text.split('"') if "/folkmoot." in part and part.endswith(".css")]
        assert fetch(address, style).headers["Cache-Control"].endswith("immutable")

        children = children_of(server.process.pid)
        assert len(children) >= 3  # the web server, its process that answers, and the worker
        assert server.stop() == 0
        assert not [child for child in children if Path(f"/proc/{child}").exists()]
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", int(address.rpartition(":")[2]))) != 0

    def test_a_worker_that_dies_is_replaced(self, network: Terminal, running: list[Running]) -> None:
        server = network.start("serve", "--port", "0")
        running.append(server)
        server.address()
        [worker] = [pid for pid in children_of(server.process.pid) if " worker " in command_of(pid)]
        os.kill(worker, 9)

        deadline = time.monotonic() + PATIENCE
        while "another is started" not in server.said() and time.monotonic() < deadline:
            time.sleep(0.2)
        assert "folkmoot: the worker stopped; another is started." in server.said()
        assert server.stop() == 0

    def test_two_starts_at_once_prepare_one_after_the_other(
        self, new_terminal: Callable[[str], Terminal], running: list[Running]
    ) -> None:
        terminal = new_terminal("twice")
        running.extend([terminal.start("serve", "--port", "0"), terminal.start("serve", "--port", "0")])
        addresses = {command.address() for command in running}
        assert len(addresses) == 2
        assert [command.stop() for command in running] == [0, 0]
        assert terminal.run("audit", "verify").returncode == 0

    def test_a_port_that_is_taken_is_refused_in_one_line(self, network: Terminal) -> None:
        with socket.socket() as holder:
            holder.bind(("127.0.0.1", 0))
            holder.listen()
            port = str(holder.getsockname()[1])
            done = network.run("serve", "--port", port)
        assert done.returncode == 2
        assert f"port {port}, cannot be used: Address already in use." in one_line(done.stderr)

    def test_links_in_mails_lead_to_where_it_is_served(self, network: Terminal) -> None:
        door = "from folkmoot.cli.serving import Door; print(Door('0.0.0.0', 8123).address)"
        assert network.inside(door) == "http://localhost:8123"


def command_of(pid: int) -> str:
    """A process's command, empty when it is gone."""
    path = Path(f"/proc/{pid}/cmdline")
    return path.read_bytes().replace(b"\0", b" ").decode() if path.exists() else ""


@pytest.mark.one_database
class TestWrongSettings:
    @pytest.mark.parametrize(
        ("name", "value", "sentence"),
        [
            ("FOLKMOOT_DEBUG", "maybe", "FOLKMOOT_DEBUG is “maybe”. Write yes or no."),
            ("FOLKMOOT_UPLOAD_MB", "0", "Write a whole number from 1 to 200."),
            ("DATABASE_URL", "mysql://db/folkmoot", "DATABASE_URL does not begin as it should."),
        ],
    )
    def test_a_wrong_setting_stops_the_start_with_its_sentence(
        self, network: Terminal, name: str, value: str, sentence: str
    ) -> None:
        done = network.run("serve", "--port", "0", **{name: value})
        assert done.returncode == 2
        assert sentence in one_line(done.stderr)
        assert done.stdout == ""

    def test_a_database_that_is_away_is_said_in_one_line(self, network: Terminal) -> None:
        done = network.run("migrate", DATABASE_URL="postgresql://nobody@127.0.0.1:1/folkmoot?connect_timeout=1")
        assert done.returncode == 3
        assert "The database cannot be reached" in one_line(done.stderr)

    def test_a_folder_that_cannot_be_made_is_said_in_one_line(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("not a folder")
        done = Terminal(tmp_path / "file" / "data").run("serve", "--port", "0")
        assert done.returncode == 2
        assert "cannot be made: Not a directory. Choose another with --data." in one_line(done.stderr)

    @pytest.mark.parametrize("command", [["worker"], ["backup", "b.zip"], ["audit", "verify"]])
    def test_a_folder_without_an_installation_is_not_filled_by_mistake(
        self, tmp_path: Path, command: list[str]
    ) -> None:
        done = Terminal(tmp_path / "nothing").run(*command)
        assert done.returncode == 3
        assert "holds no installation" in one_line(done.stderr)
        assert not (tmp_path / "nothing").exists()


@pytest.mark.one_database
class TestFolders:
    def test_the_demonstration_leaves_the_folder_of_a_network_alone(self, network: Terminal) -> None:
        before = sorted(path.name for path in network.data.iterdir())
        for extra in ([], ["--fresh"]):
            done = network.run("demo", "--port", "0", *extra)
            assert done.returncode == 2
            assert "holds the installation of a network" in one_line(done.stderr)
        assert sorted(path.name for path in network.data.iterdir()) == before

    def test_the_demonstration_leaves_any_other_folder_alone(self, tmp_path: Path) -> None:
        letter = tmp_path / "letters" / "to-the-minister.txt"
        letter.parent.mkdir()
        letter.write_text("Dear Minister")
        done = Terminal(tmp_path / "letters").run("demo", "--port", "0", "--fresh")
        assert done.returncode == 2
        assert "holds something else" in one_line(done.stderr)
        assert [path.name for path in letter.parent.iterdir()] == [letter.name]

    def test_a_network_is_not_served_from_the_folder_of_a_demonstration(self, tmp_path: Path) -> None:
        (tmp_path / "installation.json").write_text(json.dumps({"kind": "demo", "complete": True, "version": "0"}))
        done = Terminal(tmp_path).run("serve", "--port", "0")
        assert done.returncode == 2
        assert "holds a demonstration" in one_line(done.stderr)

    def test_a_marker_that_cannot_be_read_is_not_overruled(self, tmp_path: Path) -> None:
        (tmp_path / "installation.json").write_text("{")
        done = Terminal(tmp_path).run("demo", "--port", "0", "--fresh")
        assert done.returncode == 3
        assert "It says what the folder holds; restore it from a backup." in one_line(done.stderr)

    def test_the_settings_of_a_network_do_not_make_it_a_demonstration(self, network: Terminal) -> None:
        asked = Terminal(network.data, {**network.settings, "FOLKMOOT_DEMO": "yes"})
        assert asked.inside("from django.conf import settings; print(settings.ENVIRONMENT.demo)") == "False"

    def test_a_demonstration_keeps_to_its_own_database_and_sends_no_mail(self, tmp_path: Path) -> None:
        (tmp_path / "installation.json").write_text(json.dumps({"kind": "demo", "complete": True, "version": "0"}))
        settings = {"DATABASE_URL": "postgresql://u@db.example.org/real", "FOLKMOOT_SMTP": "smtp://mail.example.org"}
        said = Terminal(tmp_path, settings).inside(
            "from django.conf import settings; from folkmoot.apps.mail.delivery import sends_mail\n"
            "print(settings.ENVIRONMENT.demo, settings.DATABASES['default']['NAME'], sends_mail())"
        )
        assert said == f"True {tmp_path / 'folkmoot.sqlite3'} False"


@pytest.mark.one_database
class TestDemo:
    def test_it_opens_invented_people_to_sign_in_as_and_is_kept(self, tmp_path: Path, running: list[Running]) -> None:
        terminal = Terminal(tmp_path / "demo")
        demonstration = terminal.start("demo", "--port", "0")
        running.append(demonstration)
        address = demonstration.address()

        page = fetch(address, "/sign-in/")
        assert page.status == 200
        assert "Demonstration network: invented" in page.text
        assert demonstration.stop() == 0
        assert json.loads((terminal.data / "installation.json").read_text())["complete"]

        accounts = "from folkmoot.apps.access.models import Account\n"
        assert int(terminal.inside(f"{accounts}print(Account.objects.count())")) > 20
        terminal.inside(f"{accounts}Account.objects.update(name='Kept')")
        again = terminal.start("demo", "--port", "0")
        running.append(again)
        again.address()
        assert again.stop() == 0
        assert (
            terminal.inside("from folkmoot.apps.access.models import Account\nprint(Account.objects.first())") == "Kept"
        )

    def test_one_that_was_stopped_in_the_making_is_not_taken_for_whole(
        self, tmp_path: Path, running: list[Running]
    ) -> None:
        terminal = Terminal(tmp_path / "demo")
        demonstration = terminal.start("demo", "--port", "0")
        running.append(demonstration)
        deadline = time.monotonic() + PATIENCE
        while "Making the demonstration" not in demonstration.said() and time.monotonic() < deadline:
            time.sleep(0.1)

        assert demonstration.stop() == 0
        assert not json.loads((terminal.data / "installation.json").read_text())["complete"]

    def test_fresh_makes_it_anew(self, tmp_path: Path, running: list[Running]) -> None:
        terminal = Terminal(tmp_path / "demo")
        terminal.data.mkdir()
        (terminal.data / "installation.json").write_text(json.dumps({"kind": "demo", "complete": True, "version": "0"}))
        (terminal.data / "folkmoot.sqlite3").write_text("an old one that does not open")
        (terminal.data / "files").mkdir()

        demonstration = terminal.start("demo", "--port", "0", "--fresh")
        running.append(demonstration)
        assert fetch(demonstration.address(), "/sign-in/").status == 200
        assert demonstration.stop() == 0


class TestFirstAdministrator:
    def test_a_new_installation_gets_one_who_is_sent_a_link(self, new_terminal: Callable[[str], Terminal]) -> None:
        terminal = new_terminal("new")
        assert terminal.run("migrate").returncode == 0
        refused = terminal.run("first-administrator", "Ada Bright", "ada at example")
        assert refused.returncode == 3
        assert "is not a mail address" in one_line(refused.stderr)

        done = terminal.run(
            "first-administrator", "Ada Bright", "ada@example.org", FOLKMOOT_ADDRESS="https://f.example"
        )
        assert done.returncode == 0, done.stderr
        assert "give Ada Bright this link" in done.stdout
        assert "https://f.example/set-password/" in done.stdout

        again = terminal.run("first-administrator", "Eve", "eve@example.org")
        assert again.returncode == 3
        assert "has accounts already" in one_line(again.stderr)


class TestMigrate:
    def test_it_says_that_nothing_is_left_to_do(self, network: Terminal) -> None:
        done = network.run("migrate")
        assert done.returncode == 0
        assert done.stdout == ""
        assert done.stderr.strip() == "The database is up to date."

    def test_a_worker_does_not_work_on_an_older_database(self, tmp_path: Path) -> None:
        (tmp_path / "installation.json").write_text(json.dumps({"kind": "network", "complete": True, "version": "0"}))
        done = Terminal(tmp_path).run("worker")
        assert done.returncode == 3
        assert "Run folkmoot migrate first." in one_line(done.stderr)


class TestImport:
    def test_a_file_that_is_not_there_is_said_in_one_line(self, network: Terminal, tmp_path: Path) -> None:
        done = network.run("import", "facts", str(tmp_path / "authorities.csv"), "--dry-run")
        assert done.returncode == 3
        one_line(done.stderr)

    def test_a_kind_that_is_none_is_wrong_usage(self, network: Terminal, tmp_path: Path) -> None:
        done = network.run("import", "recipes", str(tmp_path))
        assert done.returncode == 2
        assert "invalid choice: 'recipes'" in done.stderr


class TestAudit:
    def test_a_whole_trail_is_proved(self, network: Terminal) -> None:
        done = network.run("audit", "verify")
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith("The audit trail is whole: ")

    @pytest.mark.requirement("A15")
    def test_a_row_that_was_changed_behind_our_back_is_named(self, new_terminal: Callable[[str], Terminal]) -> None:
        terminal = new_terminal("changed")
        assert terminal.run("migrate").returncode == 0
        terminal.inside(WRITE_THREE_ROWS)
        assert terminal.run("audit", "verify").stdout == "The audit trail is whole: 3 rows.\n"
        terminal.inside(CHANGE_THE_SECOND)

        done = terminal.run("audit", "verify")
        assert done.returncode == 3
        assert done.stdout == "Row 2 was changed after it was written.\n"
        assert "The audit trail is not whole." in one_line(done.stderr)


WRITE_THREE_ROWS = """
from datetime import UTC, datetime
from django.db import transaction
from folkmoot.apps.access.actor import stranger
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.models import Account
now = datetime.now(UTC)
account = Account.objects.create(email="a@example.org", name="Ada", role="head", created_at=now)
with transaction.atomic():
    for verb in ("one", "two", "three"):
        record(stranger(now, now.date()), verb, account)
"""
CHANGE_THE_SECOND = """
from django.db import connection
from folkmoot.apps.access.models import AuditEntry
with connection.cursor() as cursor:
    if connection.vendor == "postgresql":
        cursor.execute("ALTER TABLE access_auditentry DISABLE TRIGGER ALL")
    else:
        cursor.execute("DROP TRIGGER access_auditentry_no_update")
AuditEntry.objects.filter(number=2).update(verb="forged")
"""
