"""Where a mail stands, what kind of case it is, and what a person does with it: one sentence each."""

from django.db import models


class Standing(models.TextChoices):
    """Where a mail that came in is now."""

    NEW = "new", "Not looked at yet"
    WAITING = "waiting", "Waits for you"
    FILED = "filed", "Filed"
    ASIDE = "aside", "Set aside"


class Kind(models.TextChoices):
    """What kind of case a mail is."""

    RETURN = "return", "A return in Word"
    WORDS = "words", "An answer in words"
    LINK = "link", "A link to a file"
    WORD_OLD = "word-old", "An old Word file"
    ODT = "odt", "A LibreOffice file"
    RTF = "rtf", "An RTF file"
    PDF = "pdf", "A PDF"
    PICTURE = "picture", "A picture or scan"
    ZIP = "zip", "A zip"
    SEVERAL = "several", "Several Word files"
    FILE = "file", "Another kind of file"
    STRANGER = "stranger", "From a stranger"
    OTHER_PERSON = "other-person", "From somebody else"
    WRONG_COPY = "wrong-copy", "Another office’s copy"
    TWO_ROUNDS = "two-rounds", "Two circulations"
    NO_ROUND = "no-round", "No open circulation"
    LATE = "late", "After closing"
    IN_HAND = "in-hand", "An answer is in hand"
    UNREADABLE_WORD = "unreadable-word", "A Word file that cannot be read"
    CLOSED = "closed", "Encrypted"
    UNREADABLE = "unreadable", "Unreadable"
    TOO_LARGE = "too-large", "Too large"
    AUTO_REPLY = "auto-reply", "Automatic reply"
    BOUNCE = "bounce", "Not delivered"
    LIST = "list", "Newsletter or list"
    CALENDAR = "calendar", "Calendar"


WHAT_TO_DO = {
    Kind.RETURN: "Look at the answer that was prepared from it, say whose view it is, and submit it.",
    Kind.WORDS: "Turn the words into a stance, on all clauses or some. The mail is kept as the evidence.",
    Kind.LINK: "Ask for the file itself: a link shows whoever holds it what the office wrote, and may end any day.",
    Kind.WORD_OLD: "Ask for it saved as .docx, or open it in Word, save it as .docx and add that here.",
    Kind.ODT: "Ask for it saved as .docx, or open it in LibreOffice, save it as .docx and add that here.",
    Kind.RTF: "Ask for it saved as .docx, or open it in Word, save it as .docx and add that here.",
    Kind.PDF: "Ask for the Word file: a PDF holds no tracked changes. Or turn what it says into a stance.",
    Kind.PICTURE: "Read it, and turn what it says into a stance; or ask for the Word file.",
    Kind.ZIP: "Choose which of the files in the zip is the office’s return.",
    Kind.SEVERAL: "Choose which of the Word files is the office’s return.",
    Kind.FILE: "Look at the file. If it is an answer, turn it into a stance; or ask for the Word file.",
    Kind.STRANGER: "Nobody here has this address. Find out who wrote before you file it for an office.",
    Kind.OTHER_PERSON: "The sender does not speak for the office that was asked. Ring that office before you file it.",
    Kind.WRONG_COPY: "The file is another office’s copy. Ask the sender’s office for its own before you file it.",
    Kind.TWO_ROUNDS: "It could belong to more than one circulation. Choose which one it answers.",
    Kind.NO_ROUND: "No circulation waits for this person’s office. Read it and set it aside.",
    Kind.LATE: "It came after closing. File it into a later round, take it late with the reason, or set it aside.",
    Kind.IN_HAND: "An answer of this office is in preparation already. Compare the two before you change anything.",
    Kind.UNREADABLE_WORD: "The Word file cannot be read. Ask for it saved again without a password.",
    Kind.CLOSED: "It is encrypted, so it cannot be read here. Ask for it unencrypted, or for an answer in the form.",
    Kind.UNREADABLE: "It cannot be read as a mail. Download it, or ask the sender to send it again.",
    Kind.TOO_LARGE: "It is larger than can be taken and was left in the mailbox. Fetch its file there and add it here.",
    Kind.AUTO_REPLY: "Nothing: a machine wrote it, and it is never answered.",
    Kind.BOUNCE: "Correct the address or ring the person, then send the mail again.",
    Kind.LIST: "Nothing: it was sent to many.",
    Kind.CALENDAR: "Put the date into your calendar if it matters. It is not an answer.",
}

# For what its sender can be asked, as the mail to them says it.
ASKS = {
    Kind.LINK: "Could you please send the Word file itself as an attachment? We cannot follow links to files.",
    Kind.WORD_OLD: "Could you please open the file in Word, save it as a Word document (.docx), and send that?",
    Kind.ODT: "Could you please open the file, save it as a Word document (.docx), and send that?",
    Kind.RTF: "Could you please open the file in Word, save it as a Word document (.docx), and send that?",
    Kind.PDF: "Could you please send the Word file with your changes? A PDF does not show us what you changed.",
    Kind.PICTURE: "Could you please send the Word file with your changes? We cannot read them from a picture.",
    Kind.FILE: "Could you please send your changes as a Word document (.docx)?",
    Kind.WRONG_COPY: "The file is not the copy that your office was sent. Could you please send your own, marked up?",
    Kind.UNREADABLE_WORD: "We cannot open the file. Could you please save it without a password and send it again?",
    Kind.CLOSED: "Your mail reached us encrypted and we cannot read it. Could you please send it unencrypted?",
}

# What machines wrote: never answered, and filed by itself unless a mail of ours has come back.
BY_MACHINES = frozenset({Kind.AUTO_REPLY, Kind.BOUNCE, Kind.LIST})
