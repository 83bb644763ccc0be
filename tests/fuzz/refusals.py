"""Every sentence with which a Word file may be refused, and what it asks for; each has a test of its own.

`test_package.py` holds a file for each of the engine's, `test_reading.py` those of the process with limits.
"""

import re
from typing import Final

AGAIN: Final = "Ask the office to send it again."
RESEND: Final = "Ask the office to open it in Word, save it again as a Word document (.docx) and send that."
PLAIN: Final = "Ask the office to send it without a password."

REFUSALS: Final = (
    ("The file is empty.", AGAIN),
    ("The file is a PDF, not a Word document.", RESEND),
    ("The file is a rich text file, not a Word document.", RESEND),
    ("The file is not a Word document.", RESEND),
    ("The file is protected with a password.", "Ask the office to send it without one."),
    ("The file is in the old Word format (.doc).", RESEND),
    ("The file is cut short or damaged.", AGAIN),
    ("The file is a zip archive, not a Word document.", RESEND),
    ("The file is a spreadsheet, not a Word document.", RESEND),
    ("The file is a presentation, not a Word document.", RESEND),
    ("The file is another kind of Office file, not a Word document.", RESEND),
    ("The file is encrypted.", PLAIN),
    ("The file declares a document type, which Word never writes.", RESEND),
    ("The file holds a part with a name that Word never writes.", RESEND),
    ("The file holds the same part twice.", RESEND),
    ("The file holds # parts, far more than a draft.", RESEND),
    ("The file holds millions of elements, far more than a draft.", RESEND),
    ("The file nests its parts hundreds deep, as Word never does.", RESEND),
    ("The file unpacks to far more than a draft ever holds.", RESEND),
    ("The PART inside the file is damaged.", RESEND),
    ("The file is damaged: its part PART cannot be unpacked.", AGAIN),
)


def listed(said: str) -> str | None:
    """The entry that a refusal is one of, by its reason; None for a sentence that nobody has listed."""
    for reason, advice in REFUSALS:
        pattern = re.escape(f"{reason} {advice}").replace(r"\#", r"[\d,]+").replace("PART", r"[^/]+")
        if re.fullmatch(pattern, said):
            return reason
    return None
