"""Run by the system's Python, which has `uno`: asks one LibreOffice about many files, one JSON line an answer.

    /usr/bin/python3 asked.py TASK PROFILE < paths

Tasks: `opens`, `texts` (accepted and rejected), `labels` (the number before each paragraph of the body), and `write`:
the path is a JSON file that says what to write with changes tracked, and where (see tests/office/edits.py). `fill`: the
path is a JSON file with `source`, `target`, `cells` (table, column, row, words) to type over, and `tracked`.
"""

import json
import subprocess
import sys
import time

import uno
from com.sun.star.beans import PropertyValue
from hands import Hands

NEVER = 0
PARAGRAPH_BREAK = 0


def prop(name, value):
    found = PropertyValue()
    found.Name, found.Value = name, value
    return found


def started(profile):
    """A hidden office with a profile of its own, and its desktop."""
    pipe = f"folkmoot{time.monotonic_ns()}"
    office = subprocess.Popen(
        [
            *("soffice", "--headless", "--invisible", "--norestore", "--nologo", "--nodefault", "--nolockcheck"),
            f"-env:UserInstallation=file://{profile}",
            f"--accept=pipe,name={pipe};urp;",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(300):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return office, context
        except uno.getClass("com.sun.star.connection.NoConnectException"):
            time.sleep(0.2)
    raise SystemExit("LibreOffice did not answer.")


class Asker:
    def __init__(self, context):
        self.context = context
        manager = context.ServiceManager
        self.desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        self.dispatcher = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)

    def load(self, path):
        document = self.desktop.loadComponentFromURL(
            uno.systemPathToFileUrl(path),
            "_blank",
            0,
            (prop("Hidden", True), prop("MacroExecutionMode", NEVER), prop("UpdateDocMode", NEVER)),
        )
        if document is None or not document.supportsService("com.sun.star.text.TextDocument"):
            raise ValueError("not a text document")
        return document

    def opens(self, path):
        document = self.load(path)
        said = walk(document.Text)
        document.close(True)
        return said

    def texts(self, path):
        return {view: self.view(path, view) for view in ("accepted", "rejected")}

    def view(self, path, view):
        document = self.load(path)
        command = {"accepted": ".uno:AcceptAllTrackedChanges", "rejected": ".uno:RejectAllTrackedChanges"}[view]
        self.dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, ())
        said = walk(document.Text)
        document.close(True)
        return said

    def labels(self, path):
        document = self.load(path)
        said = [paragraph.ListLabelString for paragraph in paragraphs(document.Text)]
        document.close(True)
        return said

    def write(self, path):
        with open(path, encoding="utf-8") as stream:
            told = json.load(stream)
        document = self.fresh()
        write_plain(document, told)
        document.RecordChanges = True
        for edit in told["edits"]:
            self.change(document, edit)
        document.RecordChanges = False
        document.storeToURL(
            uno.systemPathToFileUrl(told["target"]), (prop("FilterName", "MS Word 2007 XML"), prop("Overwrite", True))
        )
        document.close(True)
        return told["target"]

    def fill(self, path):
        with open(path, encoding="utf-8") as stream:
            told = json.load(stream)
        document = self.load(told["source"])
        document.RecordChanges = told["tracked"]
        for table, column, row, words in told["cells"]:
            document.TextTables.getByIndex(table).getCellByPosition(column, row).String = words
        document.RecordChanges = False
        return stored(document, told["target"])

    def edit(self, path):
        with open(path, encoding="utf-8") as stream:
            told = json.load(stream)
        document = self.load(told["source"]) if told["source"] else self.fresh()
        try:
            Hands(self.context, prop, paragraphs).carry_out(document, told["steps"])
        except Exception:
            document.close(True)  # an open file is locked for whoever comes next
            raise
        return stored(document, told["target"])

    def tracked(self, path):
        document = self.load(path)
        changes = document.Redlines.createEnumeration()
        found = []
        while changes.hasMoreElements():
            change = changes.nextElement()
            found.append([change.RedlineType, change.RedlineAuthor])
        document.close(True)
        return found

    def fresh(self):
        return self.desktop.loadComponentFromURL("private:factory/swriter", "_blank", 0, (prop("Hidden", True),))

    def change(self, document, edit):
        kind, at = edit["kind"], edit["paragraph"]
        if kind == "delete-row":
            view = document.CurrentController.ViewCursor
            view.gotoRange(document.TextTables.getByIndex(0).getCellByPosition(0, edit["row"]).Start, False)
            self.dispatcher.executeDispatch(document.CurrentController.Frame, ".uno:DeleteRows", "", 0, ())
            return
        found = list(paragraphs(document.Text))
        cursor = at_offset(found[at], edit["start"])
        if kind == "insert":
            cursor.Text.insertString(cursor, edit["text"], False)
        elif kind == "split":
            cursor.Text.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)
        elif kind == "add":
            cursor.Text.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)
            cursor.Text.insertString(cursor, edit["text"], False)
        elif kind == "delete":
            cursor.gotoRange(at_offset(found[edit["last"]], edit["end"]).Start, True)
            cursor.String = ""
        elif kind == "bold":
            cursor.gotoRange(at_offset(found[at], edit["end"]).Start, True)
            cursor.CharWeight = 150.0


def stored(document, target):
    filters = (prop("FilterName", "MS Word 2007 XML"), prop("Overwrite", True))
    document.storeToURL(uno.systemPathToFileUrl(target), filters)
    document.close(True)
    return target


def at_offset(paragraph, offset):
    cursor = paragraph.Text.createTextCursorByRange(paragraph.Start)
    if offset:
        cursor.goRight(offset, False)
    return cursor


def write_plain(document, told):
    """The text before any change: paragraphs, a table in the middle where there are rows, and paragraphs again."""
    text = document.Text
    cursor = text.createTextCursor()
    for number, line in enumerate(told["before"]):
        if number:
            text.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)
        text.insertString(cursor, line, False)
    if told["rows"]:
        table = document.createInstance("com.sun.star.text.TextTable")
        table.initialize(len(told["rows"]), len(told["rows"][0]))
        text.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)
        text.insertTextContent(cursor, table, False)
        for row, cells in enumerate(told["rows"]):
            for column, line in enumerate(cells):
                table.getCellByPosition(column, row).String = line
        cursor.gotoEnd(False)
    for number, line in enumerate(told["after"]):
        if number or not told["rows"]:
            text.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)
        text.insertString(cursor, line, False)


def paragraphs(text):
    """The paragraphs of a text, tables row by row."""
    elements = text.createEnumeration()
    while elements.hasMoreElements():
        element = elements.nextElement()
        if element.supportsService("com.sun.star.text.TextTable"):
            for name in sorted(element.CellNames, key=in_rows):
                yield from paragraphs(element.getCellByName(name))
        elif element.supportsService("com.sun.star.text.Paragraph"):
            yield element


def in_rows(name):
    letters = "".join(sign for sign in name.split(".")[0] if sign.isalpha())
    digits = "".join(sign for sign in name.split(".")[0] if sign.isdigit())
    return (int(digits or 0), len(letters), letters, [int(part) for part in name.split(".")[1:]])


def walk(text):
    return [said(paragraph) for paragraph in paragraphs(text)]


def said(holder):
    words = []
    portions = holder.createEnumeration()
    while portions.hasMoreElements():
        portion = portions.nextElement()
        if portion.TextPortionType in ("Text", "TextField"):
            words.append(portion.String)
        elif portion.TextPortionType in ("ContentControl", "InContentMetadata"):
            words.append(said(getattr(portion, portion.TextPortionType)))
    return "".join(words)


def say(answer):
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def main():
    task, profile = sys.argv[1:3]
    office, context = started(profile)
    asker = Asker(context)
    say("ready")
    for line in sys.stdin:
        try:
            answer = {"value": getattr(asker, task)(line.rstrip("\n"))}
        except Exception as error:  # whatever UNO raises for this file is its answer
            if office.poll() is not None or "disposed" in str(error):
                raise SystemExit("LibreOffice ended.") from error
            answer = {"error": str(error)[:200]}
        say(answer)
    office.terminate()


if __name__ == "__main__":
    main()
