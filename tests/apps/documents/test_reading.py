"""A file from outside is read in a process with limits, and every ending is a sentence."""

import importlib
import io
import pickle
import signal
import subprocess
import sys
import time
import zipfile
from datetime import date
from pathlib import Path

import pytest

from folkmoot.apps.documents import reading
from folkmoot.apps.documents.limits import MEGABYTE, READERS, Limits
from folkmoot.apps.documents.reading import TOO_LARGE, TOO_SLOW, Reading, Unreadable, read
from folkmoot.engines import redline

pytestmark = pytest.mark.one_database

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>'
)
RELATIONS = (
    f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{OFFICE}" Target="word/document.xml"/></Relationships>'
)


def word_file(body: str = "<w:p><w:r><w:t>Fares are capped.</w:t></w:r></w:p>", before: str = "") -> bytes:
    """The smallest Word file with this body."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr("word/document.xml", f'{before}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
    return file.getvalue()


def answer_of(data: bytes, limits: Limits | None = None) -> Reading | Unreadable:
    return read("redline.text", data, view="accepted", limits=limits)


def test_a_good_file_is_read() -> None:
    assert answer_of(word_file()) == Reading(("Fares are capped.",))


def test_every_reader_is_on_an_engines_public_page() -> None:
    for name, reader in READERS.items():
        module = importlib.import_module(reader.module)
        assert reader.function in module.__all__, name
        assert callable(getattr(module, reader.function)), name


class TestHostile:
    """Each of these ends in a sentence that says what to ask the office for."""

    def unreadable(self, data: bytes) -> Unreadable:
        answer = answer_of(data)
        assert isinstance(answer, Unreadable), answer
        assert answer.reason.endswith(".")
        assert answer.advice.endswith(".")
        assert "Traceback" not in answer.reason
        return answer

    def test_bytes_that_are_no_word_file(self) -> None:
        assert self.unreadable(b"nonsense").reason == "The file is not a Word document."

    def test_a_zip_that_was_cut_off(self) -> None:
        self.unreadable(word_file()[:-40])

    def test_a_zip_bomb(self) -> None:
        self.unreadable(word_file("<w:p><w:r><w:t>" + "0" * (300 * MEGABYTE) + "</w:t></w:r></w:p>"))

    def test_an_entity_bomb(self) -> None:
        levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
        doctype = f'<!DOCTYPE w:document [<!ENTITY e0 "0123456789">{levels}]>'
        self.unreadable(word_file("<w:p><w:r><w:t>&e9;</w:t></w:r></w:p>", before=doctype))

    def test_a_part_that_reaches_for_a_file_of_ours(self, tmp_path: Path) -> None:
        secret = tmp_path / "secret"
        secret.write_text("the secret key")
        doctype = f'<!DOCTYPE w:document [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        self.unreadable(word_file("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", before=doctype))


CELL = "<w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>"
LEVELS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
RESEND = "Ask the office to open it in Word, save it again as a Word document (.docx) and send that."


@pytest.mark.parametrize(
    ("body", "before", "reason"),
    [
        (
            f"<w:tbl><w:tr>{CELL * 300_000}</w:tr></w:tbl>",
            "",
            "The file holds millions of elements, far more than a draft.",
        ),
        ("0" * (70 * MEGABYTE), "", "The file unpacks to far more than a draft ever holds."),
        (
            "<w:sdt><w:sdtContent>" * 3000 + "</w:sdtContent></w:sdt>" * 3000,
            "",
            "The file nests its parts hundreds deep, as Word never does.",
        ),
        (
            "<w:p><w:r><w:t>&e9;</w:t></w:r></w:p>",
            f'<!DOCTYPE w:document [<!ENTITY e0 "0123456789">{LEVELS}]>',
            "The file declares a document type, which Word never writes.",
        ),
        (
            "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>",
            '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
            "The file declares a document type, which Word never writes.",
        ),
    ],
    ids=["300,000 cells", "zip bomb", "3,000 deep", "entity bomb", "an entity from outside"],
)
@pytest.mark.parametrize("reader", ["redline.changes", "redline.flatten"])
def test_each_attack_gets_its_sentence_before_any_limit_is_met(
    reader: str, body: str, before: str, reason: str
) -> None:
    assert read(reader, word_file(body, before)) == Unreadable(reason, RESEND)


def test_one_word_file_may_use_600_megabytes_and_ten_seconds() -> None:
    # A consolidation reads many files; every other reader of the engine reads one.
    single = {name: reader.limits for name, reader in READERS.items() if name.startswith("redline.")}
    many = {name for name, limits in single.items() if limits.cpu_seconds > 10 or limits.memory > 600 * MEGABYTE}
    assert many == {"redline.consolidate", "redline.consolidate_and_merge", "redline.next_draft"}


class TestLimits:
    """The limits hold whatever an engine does; here they are drawn tight around a good file."""

    MANY = word_file("<w:p><w:r><w:t>Fares are capped.</w:t></w:r></w:p>" * 150_000)

    def test_memory(self) -> None:
        assert isinstance(answer_of(self.MANY, Limits(memory=100 * MEGABYTE)), Unreadable)
        assert in_the_reader("bytearray(300 * 1024 * 1024)", Limits(memory=200 * MEGABYTE)) == (1, "MemoryError")

    def test_processor_time(self) -> None:
        assert in_the_reader("while True: pass", Limits(cpu_seconds=1)) == (-signal.SIGXCPU, "")

    def test_time_on_the_wall(self) -> None:
        assert answer_of(self.MANY, Limits(wall_seconds=0.15)) == TOO_SLOW

    def test_the_size_of_the_answer(self) -> None:
        assert answer_of(self.MANY, Limits(answer=1000)) == TOO_LARGE


def in_the_reader(code: str, limits: Limits) -> tuple[int, str]:
    """How this code ends, and what it says last, after the reader has given up what it does not need."""
    start = "from folkmoot.apps.documents.limits import Limits; from folkmoot.apps.documents import reader"
    run = subprocess.run(
        [sys.executable, "-I", "-B", "-c", f"{start}; reader.confine({limits})\n{code}"],
        capture_output=True,
        text=True,
        check=False,
    )
    return run.returncode, (run.stdout + run.stderr).strip().rpartition("\n")[2]


class TestConfinement:
    def test_it_writes_no_file(self, tmp_path: Path) -> None:
        target = tmp_path / "written"
        status, said = in_the_reader(f"file = open({str(target)!r}, 'w'); file.write('x'); file.flush()", Limits())
        assert (status, said) == (1, "OSError: [Errno 27] File too large")
        assert target.read_text() == ""

    def test_it_reaches_no_network_where_the_system_permits_to_close_it(self) -> None:
        code = "import socket\nsocket.create_connection(('127.0.0.1', 9), timeout=2)"
        permitted = in_the_reader("print(reader.close_network())", Limits())[1] == "True"
        # Nothing listens on port 9, so a network that is open refuses, and one that is closed does not reach it.
        expected = "[Errno 101] Network is unreachable" if permitted else "[Errno 111] Connection refused"
        assert in_the_reader(code, Limits())[1].endswith(expected)

    def test_it_is_told_nothing_of_ours(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DATABASE_URL", "postgresql://folkmoot:secret@localhost/folkmoot")
        with reading._start() as process:
            place = Path(f"/proc/{process.pid}")
            deadline = time.monotonic() + 30
            # Until the new program runs, the process is still a copy of ours.
            while b"documents.reader" not in (place / "cmdline").read_bytes() and time.monotonic() < deadline:
                time.sleep(0.01)
            environment = (place / "environ").read_bytes()
            process.kill()
        assert environment == b"LC_ALL=C.UTF-8\0"


class TestAnswers:
    """An answer holds values; one that would run something in our process is thrown away."""

    def loaded(self, value: object) -> object:
        return reading._Answer(io.BytesIO(pickle.dumps(value))).load()

    def test_values_of_engines_pass(self) -> None:
        status = redline.ReturnStatus("a.docx", "Harrowmoor", "tracked", "")
        assert self.loaded(("value", (status, date(2026, 12, 4)))) == ("value", (status, date(2026, 12, 4)))

    def test_a_call_does_not(self) -> None:
        class Attack:
            def __reduce__(self) -> tuple[object, ...]:
                return subprocess.getoutput, ("id",)

        with pytest.raises(pickle.UnpicklingError, match=r"may not hold subprocess.getoutput"):
            self.loaded(Attack())

    def test_a_function_of_an_engine_does_not(self) -> None:
        with pytest.raises(pickle.UnpicklingError, match="may not hold"):
            self.loaded(redline.text)
