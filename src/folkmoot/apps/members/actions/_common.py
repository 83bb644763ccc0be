"""Checks that several actions share."""

from datetime import date

from folkmoot.apps.access.gate import Invalid
from folkmoot.apps.members.partial import NotADate, span

INVENTED = "Invented for the demonstration."


def origin(source: str, as_of: str, *, invented: bool, today: date) -> dict[str, str]:
    """Source and as-of date of a record that a person adds; what is invented says so itself."""
    if invented:
        return {"source": INVENTED, "as_of": today.isoformat()}
    if not source.strip():
        raise Invalid("A fact needs a source. Say where it can be read.")
    checked_date(as_of, "as-of date", required=True)
    if (span(as_of)[0] or today) > today:
        raise Invalid("The as-of date lies in the future. Give the day on which the source was true.")
    return {"source": source.strip(), "as_of": as_of.strip()}


def checked_date(text: str, what: str, *, required: bool = False) -> str:
    """The text, if it is a date of any shape; else Invalid."""
    try:
        span(text)
    except NotADate as error:
        raise Invalid(f"The {what}: {error}") from None
    if required and not text.strip():
        raise Invalid(f"The {what} is missing. Give a day, a month or a year.")
    return text.strip()


def checked_order(valid_from: str, valid_to: str) -> None:
    """Refuse an end before the beginning."""
    begins, ends = span(valid_from)[0], span(valid_to)[1]
    if begins and ends and ends <= begins:
        raise Invalid(f"The end, {valid_to}, is not after the beginning, {valid_from}. Check both dates.")
