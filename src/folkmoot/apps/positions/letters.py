"""The words of the mails that a circulation sends. A sensitive text never stands in a mail: only the way to it.

The mark stands above them as they leave: the mail room writes it over every mail.
"""

from zoneinfo import ZoneInfo

from folkmoot.apps.positions.models import Circulation, Position

LONDON = ZoneInfo("Europe/London")

WHO_SEES = {
    "secretariat": (
        "Your answer is seen by your office and the secretariat. After closing, offices are told totals of at least "
        "three offices, and nothing from which one office’s answer follows."
    ),
    "at-closing": (
        "When the circulation closes, all offices asked see each other’s amendments, comments and stances, except "
        "answers that you keep to the secretariat."
    ),
    "at-once": (
        "As soon as you submit, all offices asked see your amendments, comments and stances, except answers that you "
        "keep to the secretariat."
    ),
}


def closing(circulation: Circulation) -> str:
    """The closing time as a person writes it."""
    at = circulation.closes_at.astimezone(LONDON)
    return f"{at:%A} {at.day} {at:%B %Y}, {at:%H:%M}"


def copy_name(circulation: Circulation) -> str:
    """The file name of the copy that goes to the offices."""
    return f"{circulation.position.title}, version {circulation.version.number}.docx"


def subject(circulation: Circulation) -> str:
    if circulation.position.is_sensitive:
        return f"A draft position for your answer by {closing(circulation)}"
    return f"{circulation.position.title}: your answer by {closing(circulation)}"


def invitation(circulation: Circulation, name: str, link: str) -> str:
    """The covering letter, the question, the closing time, who will see what, and the person's own link."""
    if circulation.position.is_sensitive:
        return _sensitive_invitation(circulation, name, link)
    return (
        f"Dear {name},\n\n{circulation.letter}\n\n"
        f"The question: {circulation.question}\n\n"
        f"Please answer by {closing(circulation)}.\n\n"
        f"You can change the attached Word file, in which change tracking is switched on, and upload it; or answer "
        f"clause by clause in the form. Both stand here, for you alone and without a password:\n\n{link}\n\n"
        f"Please do not pass the link on. It ends when the circulation closes, and it cannot be used to sign.\n\n"
        f"Who will see your answer: {WHO_SEES[circulation.disclosure]}\n"
    )


def _sensitive_invitation(circulation: Circulation, name: str, link: str) -> str:
    return (
        f"Dear {name},\n\nA draft position waits for your office’s answer by "
        f"{closing(circulation)}. It is marked OFFICIAL-SENSITIVE, so it does not travel by mail. Please sign in to "
        f"read it and to answer:\n\n{link}\n\n"
        f"Who will see your answer: {WHO_SEES[circulation.disclosure]}\n"
    )


def reminder(circulation: Circulation, name: str, page: str) -> str:
    """A reminder holds no secret: the first mail's link still works, and so does signing in."""
    what = "A draft position" if circulation.position.is_sensitive else f"“{circulation.position.title}”"
    return (
        f"Dear {name},\n\n{what} waits for your office’s answer by "
        f"{closing(circulation)}. Please use the link in our first mail, or sign in:\n\n{page}\n\n"
        f"If your office has no changes, one click on “Support all clauses” says so.\n"
    )


def moved_subject(circulation: Circulation) -> str:
    """The heading of a mail that says that the closing time has moved."""
    if circulation.position.is_sensitive:
        return f"A draft position: your answer is now due by {closing(circulation)}"
    return f"{circulation.position.title}: your answer is now due by {closing(circulation)}"


def moved(circulation: Circulation, name: str, page: str) -> str:
    """The new closing time, and where to answer; nothing that the first mail's link did not say."""
    what = "a draft position" if circulation.position.is_sensitive else f"“{circulation.position.title}”"
    return (
        f"Dear {name},\n\nThe time for answers has moved: {what}. "
        f"Your office’s answer is now due by {closing(circulation)}. Please use the link in our first mail, or sign in:"
        f"\n\n{page}\n"
    )


def news_subject(position: Position, happened: str) -> str:
    """The heading of a mail that says what became of a position."""
    return f"A draft position {happened}" if position.is_sensitive else f"{position.title} {happened}"


def news(position: Position, name: str, happened: str, reason: str) -> str:
    """What became of a position and why; of a sensitive one, only that it did."""
    if position.is_sensitive:
        return (
            f"Dear {name},\n\nA draft position on which your office was asked {happened}. Please sign in to read why.\n"
        )
    return f"Dear {name},\n\n“{position.title}” {happened}.\n\nThe reason: {reason}\n"
