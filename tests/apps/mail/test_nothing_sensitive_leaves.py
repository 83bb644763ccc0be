"""Every place in the product that queues a mail is known here, and none lets a sensitive text into a mail."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest

import folkmoot
from folkmoot.apps.access.audience import Handling
from folkmoot.apps.mail import actions
from folkmoot.apps.mail.actions import queue
from folkmoot.apps.mail.delivery import worker
from folkmoot.apps.mail.models import OutboxMessage
from folkmoot.apps.mail.sorting import sort
from folkmoot.apps.mail.taking import keep
from folkmoot.apps.mail.tray import ask_sender
from folkmoot.apps.positions import actions as positions
from folkmoot.apps.positions.models import Circulation
from folkmoot.engines import redline
from tests.apps.mail.letters import mail
from tests.apps.positions.conftest import read_here
from tests.cast import MOMENT, Cast
from tests.positions_world import CLOSES, circulate, draft, fill_register, invitation_of

__all__ = ["read_here"]

# Each module that queues mails, with why nothing sensitive stands in one of them.
QUEUES = {
    "apps/issues/reminders.py": "names an action by its title only where it is not sensitive",
    "apps/mail/actions.py": "the invitation of a person",
    "apps/mail/delegations.py": "two names, what may be done, and until when",
    "apps/mail/plus.py": "a fixed text",
    "apps/mail/second_factors.py": "a fixed text",
    "apps/mail/server_actions.py": "a fixed text",
    "apps/mail/tray.py": "repeats the subject of a mail only where that is not sensitive",
    "apps/positions/actions/announcing.py": "letters.news",
    "apps/positions/actions/circulating.py": "letters.invitation, reminder and moved",
    "apps/signals/alerting.py": "what was published, and of a marked issue only that it is marked (tests/web/signals)",
    "apps/signals/leading.py": "what was published and its day; the issue is not named",
    "web/access/notices.py": "a fixed text and the person's own link",
    "web/shell/digest.py": "numbers and days",
}

WORDS = "Wyvern"


def _queues(path: Path) -> bool:
    """True of the module that defines `queue` and of each that imports it."""
    nodes = list(ast.walk(ast.parse(path.read_text())))
    imports = [node for node in nodes if isinstance(node, ast.ImportFrom) and node.module == queue.__module__]
    return any(name.name == "queue" for node in imports for name in node.names) or str(path) == actions.__file__


def test_a_new_kind_of_mail_is_looked_at_here_first() -> None:
    root = Path(folkmoot.__file__).parent
    found = {str(path.relative_to(root)) for path in root.rglob("*.py") if _queues(path)}
    assert found == set(QUEUES), "Say above why nothing sensitive stands in the new mail, and prove it in its room."


def test_nobody_writes_into_the_outbox_by_another_way() -> None:
    root = Path(folkmoot.__file__).parent
    past = [path for path in root.rglob("*.py") if "OutboxMessage.objects.create(" in path.read_text()]
    assert [str(path) for path in past] == [actions.__file__]


@pytest.mark.usefixtures("read_here")
def test_no_mail_of_a_sensitive_position_holds_its_words(cast: Cast) -> None:
    """Circulated, reminded, moved, answered by mail, asked back and withdrawn: each kind of mail that follows."""
    fill_register()
    clauses = [redline.DraftClause(1, f"{WORDS} clause", (f"{WORDS} text of the clause.",))]
    position = draft(cast, clauses, title=f"{WORDS} title", handling=Handling.OFFICIAL_SENSITIVE)
    officer = cast.actor("officer")
    round_ = circulate(cast, position)
    Circulation.objects.filter(pk=round_.pk).update(letter=f"{WORDS} letter", question=f"{WORDS} question?")
    round_.refresh_from_db()
    positions.remind(officer, circulation=round_, invitations=list(round_.invitations.all()), page="https://x.invalid/")
    positions.extend(officer, circulation=round_, closes_at=CLOSES + timedelta(days=3), page="https://x.invalid/")
    to = f"network+{invitation_of(round_, 'aldermere').token}@example.org"
    data = mail(f"{WORDS} subject", f"{WORDS} answer", to=to, files=[("x.pdf", b"%PDF-1.4")])
    message, _ = keep(worker(MOMENT), data=data, source="imap")
    ask_sender(cast.actor("coordinator"), message=sort(worker(MOMENT), message=message))
    positions.close_circulation(officer, circulation=round_)
    positions.withdraw(cast.actor("head"), position=position, reason=f"{WORDS} reason.")

    sent = OutboxMessage.objects.all()
    assert {each.about_record for each in sent} == {
        *("positions.circulation", "positions.position", "mail.inboxmessage"),
    }
    assert sent.count() >= 20
    for each in sent:
        assert each.is_sensitive, each
        assert WORDS not in f"{each.subject} {each.body}", each
        assert not each.attachments.exists(), each
