"""Edit Word files through LibreOffice as their offices would; runs under the system's Python, which has `uno`.

Reads one JSON object of jobs on standard input; every job opens a file, takes its steps in order and stores it.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import uno
from com.sun.star.beans import NamedValue, PropertyValue


def setting(name, value):
    prop = PropertyValue()
    prop.Name, prop.Value = name, value
    return prop


def connect(pipe, process):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(150):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except uno.getClass("com.sun.star.connection.NoConnectException"):
            if process.poll() not in (None, 0, 81):
                raise SystemExit(f"LibreOffice ended with {process.returncode}.") from None
            time.sleep(0.2)
    raise SystemExit("LibreOffice did not answer within thirty seconds.")


class Office:
    """What the steps need of the running program."""

    def __init__(self, context):
        self.manager, self.context = context.ServiceManager, context
        self.desktop = self.service("com.sun.star.frame.Desktop")
        self.dispatcher = self.service("com.sun.star.frame.DispatchHelper")

    def service(self, name, *arguments):
        if arguments:
            return self.manager.createInstanceWithArgumentsAndContext(name, arguments, self.context)
        return self.manager.createInstanceWithContext(name, self.context)

    def become(self, author):
        """Recorded changes and comments bear this name from now on."""
        provider = self.service("com.sun.star.configuration.ConfigurationProvider")
        profile = provider.createInstanceWithArguments(
            "com.sun.star.configuration.ConfigurationUpdateAccess",
            (setting("nodepath", "/org.openoffice.UserProfile/Data"),),
        )
        given, _, surname = author.partition(" ")
        profile.setPropertyValue("givenname", given)
        profile.setPropertyValue("sn", surname)
        profile.commitChanges()

    def open(self, path):
        # Not "Hidden": moving a paragraph is a command of the view.
        return self.desktop.loadComponentFromURL(
            uno.systemPathToFileUrl(path),
            "_blank",
            0,
            (setting("Hidden", False), setting("MacroExecutionMode", 0), setting("UpdateDocMode", 0)),
        )

    def dispatch(self, document, command, *arguments):
        self.dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, arguments)


def found(document, text):
    """The one place where the text stands."""
    search = document.createSearchDescriptor()
    search.SearchString = text
    search.SearchCaseSensitive = True
    places = document.findAll(search)
    if places.Count != 1:
        raise SystemExit(f"Stands {places.Count} times, not once: {text!r}")
    return places.getByIndex(0)


def paragraph_with(document, text):
    place = found(document, text)
    cursor = place.Text.createTextCursorByRange(place.Start)
    cursor.gotoStartOfParagraph(False)
    cursor.gotoEndOfParagraph(True)
    return cursor


def change_text(office, document, step):
    place = found(document, step["prefix"] + step["before"] + step["suffix"])
    cursor = place.Text.createTextCursorByRange(place.Start)
    cursor.goRight(len(step["prefix"]), False)
    cursor.goRight(len(step["before"]), True)
    cursor.setString(step["after"])


def insert_paragraph(office, document, step):
    cursor = paragraph_with(document, step["follows"])
    cursor.collapseToEnd()
    cursor.Text.insertControlCharacter(cursor, 0, False)  # PARAGRAPH_BREAK
    cursor.Text.insertString(cursor, step["text"], False)


def delete_paragraph(office, document, step):
    """With its own line end, as a person selects it who wants no empty line left."""
    cursor = paragraph_with(document, step["text"])
    cursor.goRight(1, True)
    cursor.setString("")


def move_paragraph_down(office, document, step):
    view = document.CurrentController.ViewCursor
    view.gotoRange(paragraph_with(document, step["text"]).Start, False)
    office.dispatch(document, ".uno:MoveDown")


def insert_row(office, document, step):
    table = document.TextTables.getByIndex(0)
    table.Rows.insertByIndex(step["at"], 1)
    for column, text in enumerate(step["cells"]):
        table.getCellByPosition(column, step["at"]).setString(text)


def make_bold(office, document, step):
    place = found(document, step["text"])
    place.setPropertyValue("CharWeight", 150.0)


def add_comment(office, document, step):
    document.CurrentController.select(found(document, step["on"]))
    office.dispatch(document, ".uno:InsertAnnotation", setting("Text", step["text"]))


def record(office, document, step):
    document.RecordChanges = step["on"]


def accept_all(office, document, step):
    office.dispatch(document, ".uno:AcceptAllTrackedChanges")


STEPS = {
    "text": change_text,
    "paragraph-insert": insert_paragraph,
    "paragraph-delete": delete_paragraph,
    "move-down": move_paragraph_down,
    "row-insert": insert_row,
    "bold": make_bold,
    "comment": add_comment,
    "record": record,
    "accept-all": accept_all,
}


def encryption(password):
    """What Word itself calls "Encrypt with Password"; the plain Password setting only knows LibreOffice's format."""
    pairs = (NamedValue("OOXPassword", password), NamedValue("CryptoType", "Standard"))
    return uno.Any("[]com.sun.star.beans.NamedValue", pairs)


def do_job(office, job):
    office.become(job["author"])
    document = office.open(job["opens"])
    for step in job["steps"]:
        STEPS[step["op"]](office, document, step)
    document.DocumentProperties.Author = job["author"]
    filters = [setting("FilterName", "MS Word 2007 XML")]
    if job.get("password"):
        filters.append(setting("EncryptionData", encryption(job["password"])))
    document.storeToURL(uno.systemPathToFileUrl(job["stores"]), tuple(filters))
    document.close(True)


def main():
    """Drives a private LibreOffice whose profile is thrown away."""
    profile = tempfile.mkdtemp(prefix="demo_returns_")
    pipe = f"demo_returns_{os.getpid()}"
    command = ["soffice", "--headless", "--invisible", "--norestore", "--nologo", "--nodefault", "--nolockcheck"]
    command += [f"-env:UserInstallation=file://{profile}", f"--accept=pipe,name={pipe};urp;"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        office = Office(connect(pipe, process))
        for job in json.load(sys.stdin)["jobs"]:
            do_job(office, job)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=30)
        shutil.rmtree(profile, ignore_errors=True)


if __name__ == "__main__":
    main()
