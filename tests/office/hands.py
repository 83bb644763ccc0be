"""Carries out a script of edits in a document that LibreOffice holds open, step by step as a person would.

A step is {"do": name, ...}. It finds its place by words that stand once in the document (`find`), or by paragraph and
offsets as they were before any edit (`at`, `start`, `end`). Imported by asked.py, which the system's Python runs.
"""

import uno

PARAGRAPH_BREAK = 0
BOLD = 150.0
FRAME = (8000, 2000)
PICTURE = (2000, 2000)
IN_TEXT = "com.sun.star.text.TextContentAnchorType.AS_CHARACTER"


class Hands:
    def __init__(self, context, prop, paragraphs):
        self.context = context
        self.prop = prop
        self.paragraphs = paragraphs
        manager = context.ServiceManager
        self.dispatcher = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)

    def carry_out(self, document, steps):
        self.document = document
        self.held = list(self.paragraphs(document.Text)) if any("at" in step for step in steps) else []
        for step in steps:
            told = dict(step)
            getattr(self, told.pop("do"))(**told)

    # Who edits, and whether it is recorded

    def author(self, name):
        manager = self.context.ServiceManager
        settings = manager.createInstanceWithContext("com.sun.star.configuration.ConfigurationProvider", self.context)
        place = self.prop("nodepath", "/org.openoffice.UserProfile/Data")
        access = settings.createInstanceWithArguments("com.sun.star.configuration.ConfigurationUpdateAccess", (place,))
        given, _, family = name.partition(" ")
        access.setPropertyValue("givenname", given)
        access.setPropertyValue("sn", family)
        access.commitChanges()

    def record(self, on):
        self.document.RecordChanges = on

    def accept(self, find):
        self.at_words(find)
        self.dispatch(".uno:AcceptTrackedChange")

    # Words

    def replace(self, text, **place):
        taken = self.place(**place)
        behind = taken.Text.createTextCursorByRange(taken.End)
        taken.String = ""
        behind.Text.insertString(behind, text, False)

    def delete(self, until="", **place):
        taken = self.place(**place)
        if until:
            taken.gotoRange(self.find(until).End, True)
        taken.String = ""

    def insert(self, text, before=False, **place):
        found = self.place(**place)
        cursor = found.Text.createTextCursorByRange(found.Start if before else found.End)
        cursor.Text.insertString(cursor, text, False)

    def bold(self, **place):
        self.place(**place).CharWeight = BOLD

    # Paragraphs

    def split(self, **place):
        cursor = self.place(**place)
        cursor.collapseToStart()
        cursor.Text.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)

    def join(self, **place):
        cursor = self.place(**place)
        cursor.gotoEndOfParagraph(False)
        cursor.goRight(1, True)
        cursor.String = ""

    def add(self, text, **place):
        cursor = self.place(**place)
        cursor.gotoEndOfParagraph(False)
        cursor.Text.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)
        cursor.Text.insertString(cursor, text, False)

    def drop(self, **place):
        cursor = self.place(**place)
        cursor.gotoStartOfParagraph(False)
        cursor.gotoEndOfParagraph(True)
        cursor.goRight(1, True)
        cursor.String = ""

    def move(self, after, **place):
        """Cut out and put in again: what Word's users do, and what LibreOffice records as a move."""
        cursor = self.place(**place)
        cursor.gotoStartOfParagraph(False)
        cursor.gotoEndOfParagraph(True)
        text = cursor.String
        target = self.held[after] if isinstance(after, int) else self.find(after)
        self.drop(**place)
        behind = target.Text.createTextCursorByRange(target.End)
        behind.gotoEndOfParagraph(False)
        behind.Text.insertControlCharacter(behind, PARAGRAPH_BREAK, False)
        behind.Text.insertString(behind, text, False)

    def style(self, name, **place):
        self.place(**place).ParaStyleName = name

    # Tables

    def in_table(self, find, command):
        self.at_words(find)
        self.dispatch(command)

    def fill(self, beside, texts):
        """The row under the one that holds these words."""
        table = self.find(beside).TextTable
        row = int("".join(sign for sign in self.find(beside).Cell.CellName if sign.isdigit()))
        for column, text in enumerate(texts):
            table.getCellByPosition(column, row).String = text

    def merge(self, find, last):
        cell = self.find(find).Cell.CellName
        cursor = self.find(find).TextTable.createCursorByCellName(cell)
        cursor.gotoCellByName(last, True)
        cursor.mergeRange()

    # Beside the text

    def comment(self, text, by="", **place):
        cursor = self.place(**place)
        comment = self.document.createInstance("com.sun.star.text.textfield.Annotation")
        comment.Content, comment.Author = text, by
        cursor.Text.insertTextContent(cursor, comment, True)

    def resolve(self, comment):
        self.comments()[comment].Resolved = True

    def note(self, kind, text, **place):
        found = self.place(**place)
        note = self.document.createInstance(f"com.sun.star.text.{kind}")
        found.Text.insertTextContent(found.Text.createTextCursorByRange(found.End), note, False)
        note.Text.insertString(note.Text.createTextCursor(), text, False)

    def picture(self, file, **place):
        found = self.place(**place)
        picture = self.document.createInstance("com.sun.star.text.TextGraphicObject")
        picture.GraphicURL = uno.systemPathToFileUrl(file)
        picture.AnchorType = uno.Enum(*IN_TEXT.rsplit(".", 1))
        picture.Width, picture.Height = PICTURE
        found.Text.insertTextContent(found.Text.createTextCursorByRange(found.End), picture, False)

    # The draft itself, before anybody marks it

    def line(self, text, style="", level=-1):
        """The next paragraph at the end; `level` numbers it as the draft's list does."""
        body = self.document.Text
        cursor = body.createTextCursorByRange(body.End)
        if body.createTextCursor().gotoNextParagraph(False) or body.String:
            body.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)
        body.insertString(cursor, text, False)
        cursor.ParaStyleName = style or "Standard"
        cursor.NumberingStyleName = "Numbering 123" if level >= 0 else ""
        if level >= 0:
            cursor.NumberingLevel = level

    def table(self, rows, inside=""):
        """A table at the end; in its last cell stands another where `inside` names one cell's words."""
        body = self.document.Text
        table = self.document.createInstance("com.sun.star.text.TextTable")
        table.initialize(len(rows), len(rows[0]))
        body.insertTextContent(body.createTextCursorByRange(body.End), table, False)
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                table.getCellByPosition(column, row).String = text
        if inside:
            cell = table.getCellByPosition(len(rows[0]) - 1, len(rows) - 1)
            nested = self.document.createInstance("com.sun.star.text.TextTable")
            nested.initialize(1, 1)
            cell.insertTextContent(cell.createTextCursorByRange(cell.End), nested, False)
            nested.getCellByPosition(0, 0).String = inside

    def box(self, text, **place):
        found = self.place(**place)
        frame = self.document.createInstance("com.sun.star.text.TextFrame")
        frame.Width, frame.Height = FRAME
        found.Text.insertTextContent(found.Text.createTextCursorByRange(found.End), frame, False)
        frame.Text.insertString(frame.Text.createTextCursor(), text, False)

    def margin(self, header, footer):
        page = self.document.StyleFamilies.getByName("PageStyles").getByName("Standard")
        page.HeaderIsOn = page.FooterIsOn = True
        page.HeaderText.String, page.FooterText.String = header, footer

    # Places

    def place(self, find="", at=-1, start=0, end=-1):
        if find:
            return self.find(find)
        paragraph = self.held[at]
        cursor = paragraph.Text.createTextCursorByRange(paragraph.Start)
        if start:
            cursor.goRight(start, False)
        if end > start:
            cursor.goRight(end - start, True)
        return cursor

    def find(self, words):
        sought = self.document.createSearchDescriptor()
        sought.SearchString, sought.SearchCaseSensitive = words, True
        found = self.document.findFirst(sought)
        if found is None:
            raise ValueError(f"{words!r} is nowhere.")
        return found.Text.createTextCursorByRange(found)

    def at_words(self, words):
        self.document.CurrentController.ViewCursor.gotoRange(self.find(words).Start, False)

    def dispatch(self, command, *arguments):
        self.dispatcher.executeDispatch(self.document.CurrentController.Frame, command, "", 0, arguments)

    def comments(self):
        """The comments by what they say."""
        fields = self.document.TextFields.createEnumeration()
        found = {}
        while fields.hasMoreElements():
            field = fields.nextElement()
            if field.supportsService("com.sun.star.text.textfield.Annotation"):
                found[field.Content] = field
        return found
