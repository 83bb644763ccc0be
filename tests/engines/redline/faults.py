"""The faults that people report of other readers of tracked changes, and which tests here would show each of them."""

from collections.abc import Callable
from typing import Final

FAULTS: Final = {
    1: ("jgm/pandoc 3927", "parted and joined paragraphs ignored"),
    2: ("jgm/pandoc 9833", "comments on added words lost"),
    3: ("jgm/pandoc 4303 and 4346", "deletions written as live text"),
    4: ("tribalxg/redoc 19", "changes of format never told"),
    5: ("python-openxml/python-docx 1123, 340 and 6", "the two states of a text mixed"),
    6: ("thomas-villani/all2md 480", "insertions and deletions dropped, added paragraphs gone"),
    7: ("plutext/docx4j 531", "accepting all leaves a change behind"),
    8: ("mwilliamson/mammoth.js 243", "a deleted line end still parts two paragraphs"),
    9: ("mwilliamson/mammoth.js 474", "changes of paragraphs, rows and properties dropped without a word"),
    10: ("ui-insight/vandalizer 822", "comments in notes and headers missed"),
    11: ("superdoc/docx-editor 3709", "moved text gone"),
    12: ("superdoc/docx-editor 3999", "a move of several paragraphs told as unrelated changes"),
    13: ("bokuweb/docx-rs 879", "moved text counted twice"),
    14: ("JSv4/Docxodus 96", "written moves that Word cannot read"),
    15: ("UseJunior/safe-docx 446", "a range for each run of a move"),
    16: ("anthropics/skills 489", "ids of marks and of bookmarks clash"),
    17: ("UseJunior/safe-docx 742", "input with changes gives output that cannot be opened"),
    18: ("ONLYOFFICE/DocumentServer 3698", "comparing fails where the other text has changes"),
    19: ("ONLYOFFICE/DesktopEditors 1375", "saving accepts every change"),
    20: ("ONLYOFFICE/DocumentServer 2556", "of several pasted paragraphs only the first is marked"),
    21: ("superdoc/docx-editor 3978; ONLYOFFICE/DocumentServer 1858", "local time read as universal time"),
    22: ("nearai/ironclaw 7163", "touching changes of two authors joined"),
    23: ("SiderealPress/Lobster 2222", "earlier authors and history wiped"),
    24: ("JSv4/Docxodus 318", "author, date and identity lost by comparing anew"),
    25: ("UseJunior/safe-docx 845 and 868", "marks of rows stripped, the rows kept"),
    26: ("superdoc/docx-editor 3981", "rejecting leaves a mark in a cell"),
    27: (
        "OfficeDev/Open-Xml-PowerTools 140; JSv4/Docxodus 311",
        "a deleted item without its number, later ones shifted",
    ),
    28: ("developer0hye/office2pdf 1710", "a moved paragraph leaves a bare number"),
    29: ("UseJunior/safe-docx 448", "an answer bound to another file's comment"),
    30: ("kklimuk/docx-cli 1 and 3", "an answer without a place, and an identity over the limit"),
    31: ("JSv4/Docxodus 540", "answers flattened, settled threads open again"),
    32: ("JSv4/Docxodus 792", "accepting a replacement leaves half a comment"),
    33: ("superdoc/docx-editor 1631", "threads of Google Docs not read"),
    34: ("JSv4/Docxodus 591", "the text of a deleted note stays in the file"),
    35: ("dotnet/Open-XML-SDK 925", "identities that Word gives anew"),
    36: ("eigenpal/docx-editor 202", "one decision told as many fragments"),
    37: ("CollaboraOnline/online 6178", "a comment removed while tracking is on stays"),
}
# What this engine does on purpose all the same, and why.
NOT_SO_HERE: Final = {
    37: "A reference inside a deletion may as well be a comment on the words that were deleted, the very reason for "
    "deleting them; so the comment is told."
}

tested: dict[int, list[str]] = {}


def fault(*numbers: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Say which faults a test would show."""

    def note(test: Callable[..., None]) -> Callable[..., None]:
        for number in numbers:
            tested.setdefault(number, []).append(f"{test.__module__}.{test.__qualname__}")
        return test

    return note
