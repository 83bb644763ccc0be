"""What the log may not hold: the secret part of an address that lets its bearer in."""

import logging
import re

_SECRET = re.compile(r"(/positions/link/|/(?:set|reset)-password/[^/\s]+/|/begin/)[^/\s]+")


class HideSecrets(logging.Filter):
    """Writes a line without the secrets of links: personal ones, those for a password, and that to the first page."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        hidden = _SECRET.sub(r"\1[hidden]", said)
        if hidden != said:
            record.msg, record.args = hidden, ()
        return True
