"""The page of benchmarks keeps what was not measured again, and has a section for each benchmark."""

from datetime import date

from scripts.write_benchmarks import BENCHMARKS, OPENING, PAGE, rewritten, sections_of

DAY = date(2026, 11, 25)


def test_a_benchmark_that_was_not_run_keeps_its_section() -> None:
    first = rewritten("", {"consensus": "12 ms", "redline": "0.5 s"}, DAY)
    again = rewritten(first, {"redline": "0.4 s"}, DAY)
    assert again.startswith(OPENING)
    assert "12 ms" in again and "0.4 s" in again and "0.5 s" not in again
    assert sections_of(again)["consensus"] == sections_of(first)["consensus"]


def test_a_benchmark_that_is_gone_loses_its_section() -> None:
    page = rewritten("", {"consensus": "12 ms"}, DAY) + "\n## unicorn\n\nFast.\n"
    assert list(sections_of(rewritten(page, {}, DAY))) == ["consensus"]


def test_a_section_says_what_when_and_on_what_was_measured() -> None:
    text = sections_of(rewritten("", {"consensus": "12 ms"}, DAY))["consensus"]
    assert "How long consensus takes" in text
    assert "25 November 2026" in text and "cores" in text and "Python 3.11" in text


def test_every_benchmark_has_been_measured() -> None:
    names = {file.stem for file in BENCHMARKS.glob("*.py")}
    assert set(sections_of(PAGE.read_text(encoding="utf-8"))) == names
