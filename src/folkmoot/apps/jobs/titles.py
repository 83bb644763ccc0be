"""What the tasks that a page asks for are called, and what went wrong with one, as a person reads it."""

_titles: dict[str, str] = {}

UNFORESEEN = (
    "Something went wrong that nobody foresaw. The worker’s log says what; try again, and send the log to whoever "
    "keeps Folkmoot for you if it fails once more."
)
# The beginning of an exception's path, and what it means. What it says itself may be confidential and is left out.
MEANINGS = {
    "django.db.utils.OperationalError": "The database could not be reached or was busy.",
    "django.db.utils.IntegrityError": "Somebody else changed the same record at the same time.",
    "smtplib.": "The mail server did not take it.",
    "imaplib.": "The mailbox could not be read.",
    "imapclient.": "The mailbox could not be read.",
    "builtins.ConnectionError": "A server could not be reached.",
    "builtins.ConnectionRefusedError": "A server could not be reached.",
    "builtins.ConnectionResetError": "A server broke off the connection.",
    "builtins.BrokenPipeError": "A server broke off the connection.",
    "builtins.TimeoutError": "A server did not answer in time.",
    "socket.gaierror": "The name of a server is not known.",
    "ssl.": "A server’s certificate was not accepted.",
    "builtins.PermissionError": "A file or a folder may not be written by this user.",
    "builtins.OSError": "The system refused something, such as a full disk.",
    "folkmoot.apps.jobs.limits.TookTooLong": "It took longer than it may and was ended.",
    "folkmoot.apps.jobs.backups.BackupFailed": "No backup could be made. Run folkmoot backup to see why.",
    "builtins.MemoryError": "There was not enough memory.",
    "folkmoot.apps.access.gate.": "It is no longer allowed, or no longer in a state that allows it.",
    "folkmoot.apps.documents.vault.Damaged": "A stored file is missing or damaged. Restore it from a backup.",
}


def describe(path: str, title: str) -> None:
    """A room tells here what its task ("folkmoot.apps.mail.tasks.deliver_message") is called."""
    _titles[path] = title


def title_of(path: str) -> str:
    """What a task is called; its name in words where no room has told."""
    return _titles.get(path) or path.rpartition(".")[2].replace("_", " ").capitalize()


def in_plain_words(exception_path: str) -> str:
    """What an exception means to a person, by its class alone."""
    if not exception_path:
        return "Its worker stopped in the middle."
    return next((words for start, words in MEANINGS.items() if exception_path.startswith(start)), UNFORESEEN)


def path_of(error: BaseException) -> str:
    """The class of an exception with its module."""
    kind = type(error)
    return f"{kind.__module__}.{kind.__qualname__}"
