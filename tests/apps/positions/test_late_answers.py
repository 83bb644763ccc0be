"""Answers after closing: what the secretariat can still take and why, and what nobody can change any more."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest

from folkmoot.apps.access.audit import verify
from folkmoot.apps.access.gate import Conflict, Invalid
from folkmoot.apps.access.models import AuditEntry
from folkmoot.apps.documents.queries import content
from folkmoot.apps.mail import tray
from folkmoot.apps.mail.delivery import worker
from folkmoot.apps.mail.inbox import InboxMessage
from folkmoot.apps.mail.kinds import Kind, Standing
from folkmoot.apps.mail.sorting import sort
from folkmoot.apps.mail.taking import keep
from folkmoot.apps.positions import actions
from folkmoot.apps.positions.actions import by_mail
from folkmoot.apps.positions.actions.returning import GivenAnswer
from folkmoot.apps.positions.lateness import LONGEST_REASON, late_rounds, why_not_late
from folkmoot.apps.positions.models import Circulation, Return, Tally
from folkmoot.apps.positions.queries.by_mail import (
    not_confirmed_in_time,
    offices_to_file_for,
    to_confirm,
    what_can_be_done,
)
from folkmoot.apps.positions.queries.offices import filed_returns, offices_page
from tests.apps.mail.letters import mail
from tests.cast import Cast
from tests.positions_world import (
    AFTER_CLOSING,
    CLAUSES,
    CLOSES,
    circulate,
    close,
    draft,
    invitation_of,
    marked_up,
    offices,
)

pytestmark = pytest.mark.usefixtures("read_here")
WHY = "The line to Aldermere was down all Friday."
NEXT_WEEK = CLOSES + timedelta(days=7)


@pytest.fixture
def round_(network: Cast) -> Circulation:
    return circulate(network, draft(network))


def late_mail(round_: Circulation, **more: Any) -> InboxMessage:
    to = f"network+{invitation_of(round_, 'aldermere').token}@example.org"
    message, _ = keep(worker(AFTER_CLOSING), data=mail(to=to, **more), source="imap")
    return sort(worker(AFTER_CLOSING), message=message)


def again(round_: Circulation, cast: Cast, keys: Sequence[str] = ("aldermere", "harrowmoor")) -> Circulation:
    """A later round on the same text."""
    actor = cast.actor("officer", now=AFTER_CLOSING)
    return actions.open_circulation(
        actor,
        version=round_.version,
        offices=offices(cast, keys),
        question="And now?",
        letter="Again.",
        closes_at=NEXT_WEEK,
        disclosure="secretariat",
        link_address=lambda secret: f"https://folkmoot.invalid/a/{secret}",
    )


def words(cast: Cast, message: InboxMessage, round_: Circulation, why: str = WHY, begun: str = "") -> Return:
    keys = list(round_.version.clause_texts.values_list("clause__key", flat=True))
    return by_mail.words_to_stance(
        cast.actor("coordinator", now=AFTER_CLOSING),
        message=message,
        invitation=invitation_of(round_, "aldermere"),
        stance="support",
        clauses=keys,
        words="We are content.",
        late_because=why,
        begun=begun,
    )


class TestTakenLate:
    def test_words_become_an_answer_with_the_reason_and_count_once_submitted(
        self, network: Cast, round_: Circulation
    ) -> None:
        close(network, round_)
        told = list(Tally.objects.order_by("pk").values())
        message = late_mail(round_, text="We are content.")
        assert message.kind == Kind.LATE
        ret = words(network, message, round_)
        assert (ret.state, ret.channel, ret.late_because) == ("draft", "mail", WHY)
        message.refresh_from_db()
        assert message.state == Standing.FILED
        assert message.outcome.endswith(f"Taken after closing because: {WHY}")
        assert AuditEntry.objects.get(verb="return.taken-late").record_id == ret.pk

        coordinator = network.actor("coordinator", now=AFTER_CLOSING)
        actions.submit_return(coordinator, ret=ret, whose_view="officer", cleared_by="Maya Osei")
        row = next(
            row for row in offices_page(coordinator, round_, [round_]).rows if row.invitation.office == "aldermere"
        )
        assert row.is_answered
        assert row.how == f"Mail, filed by the secretariat. Taken after closing: {WHY}"
        # What offices were told at closing was worked out once.
        assert list(Tally.objects.order_by("pk").values()) == told

    def test_its_word_file_is_read(self, network: Cast, round_: Circulation) -> None:
        close(network, round_)
        invitation = invitation_of(round_, "aldermere")
        data = marked_up(content(invitation.package), [("at least three years", "at least five years")], author="M")
        ret = by_mail.file_word(
            network.actor("coordinator", now=AFTER_CLOSING),
            message=late_mail(round_, files=[("x.docx", data)]),
            invitation=invitation,
            name="x.docx",
            data=data,
            late_because=WHY,
        )
        assert (ret.status, ret.late_because, ret.amendments.count()) == ("tracked", WHY, 1)

    def test_before_the_round_is_closed_it_counts_at_closing(self, network: Cast, round_: Circulation) -> None:
        ret = words(network, late_mail(round_), round_)
        actor = network.actor("coordinator", now=AFTER_CLOSING)
        actions.submit_return(actor, ret=ret, whose_view="officer", cleared_by="Maya Osei")
        close(network, round_)
        assert {tally.answers["aldermere"] for tally in Tally.objects.all()} == {"support"}

    def test_a_reason_given_in_time_is_not_written(self, network: Cast, round_: Circulation) -> None:
        ret = actions.begin_return(
            network.actor("coordinator"), invitation=invitation_of(round_, "aldermere"), late_because=WHY
        )
        assert ret.late_because == ""

    def test_it_is_withdrawn_and_replaced_like_any_other(self, network: Cast, round_: Circulation) -> None:
        close(network, round_)
        actor = network.actor("coordinator", now=AFTER_CLOSING)
        message = late_mail(round_)
        first = words(network, message, round_)
        actions.submit_return(actor, ret=first, whose_view="officer", cleared_by="Maya Osei")
        second = actions.begin_return(actor, invitation=first.invitation)
        assert second.late_because == WHY
        actions.submit_return(actor, ret=second, whose_view="mayor", cleared_by="Gwen Tarrant")
        actions.withdraw_return(actor, ret=second)
        tray.put_back(actor, message=message)
        message.refresh_from_db()
        assert message.state == Standing.WAITING


class TestBegunAndNotSubmitted:
    """The office began an answer of its own and did not submit it in time; then its mail comes."""

    @pytest.fixture
    def begun(self, network: Cast, round_: Circulation) -> Return:
        office = network.actor("member_officer")
        ret = actions.begin_return(office, invitation=invitation_of(round_, "aldermere"))
        key = round_.version.clause_texts.values_list("clause__key", flat=True)[0]
        given = GivenAnswer("object", reason="It ruins us.")
        actions.save_answers(office, ret=ret, answers={key: given}, note="For our eyes.")
        return ret

    def test_nothing_is_taken_until_somebody_says_what_becomes_of_it(
        self, network: Cast, round_: Circulation, begun: Return
    ) -> None:
        message = late_mail(round_)
        said = what_can_be_done(network.actor("coordinator", now=AFTER_CLOSING), message)
        assert any("was begun and not submitted in time" in sentence for sentence in said)

        for choice in ("", "burn"):
            with pytest.raises(Invalid, match="Say what becomes of that one"):
                words(network, message, round_, begun=choice)

        assert [(ret.pk, ret.state) for ret in Return.objects.all()] == [(begun.pk, "draft")]

    @pytest.mark.parametrize(("choice", "state"), [("keep", "aside"), ("replace", "superseded")])
    def test_the_mail_is_taken_and_what_was_begun_stays_the_offices_own(
        self, network: Cast, round_: Circulation, begun: Return, choice: str, state: str
    ) -> None:
        ret = words(network, late_mail(round_), round_, begun=choice)

        coordinator, office = (network.actor(part, now=AFTER_CLOSING) for part in ("coordinator", "member_officer"))
        actions.submit_return(coordinator, ret=ret, whose_view="officer", cleared_by="Maya Osei")
        begun.refresh_from_db()
        assert (begun.state, begun.note, begun.answers.get().reason) == (state, "For our eyes.", "It ruins us.")
        assert ret.answers.count() == len(CLAUSES)
        assert set(Return.objects.visible_to(coordinator)) == {ret}
        assert set(Return.objects.visible_to(office)) == {ret, begun}
        assert not Return.objects.visible_to(network.actor("other_officer", now=AFTER_CLOSING)).exists()
        assert [filed.ret for filed in filed_returns(coordinator, round_)] == [ret]
        assert AuditEntry.objects.get(verb="return.made-way").record_id == begun.pk
        assert verify() == []

    @pytest.mark.parametrize(("choice", "goes_on"), [("keep", True), ("replace", False)])
    def test_with_more_time_the_office_goes_on_with_what_was_kept(
        self, network: Cast, round_: Circulation, begun: Return, choice: str, goes_on: bool
    ) -> None:
        message = late_mail(round_)
        words(network, message, round_, begun=choice)
        actions.extend(network.actor("officer", now=AFTER_CLOSING), circulation=round_, closes_at=NEXT_WEEK)
        tray.put_back(network.actor("coordinator", now=AFTER_CLOSING), message=message)

        again_begun = actions.begin_return(
            network.actor("member_officer", now=AFTER_CLOSING), invitation=invitation_of(round_, "aldermere")
        )

        assert (again_begun == begun) is goes_on
        assert again_begun.state == "draft"
        assert again_begun.answers.exists() is goes_on

    def test_before_closing_it_is_the_offices_turn(self, network: Cast, round_: Circulation, begun: Return) -> None:
        message, _ = keep(worker(begun.started_at), data=mail(text="We are content."), source="imap")
        with pytest.raises(Conflict, match="in preparation already"):
            by_mail.words_to_stance(
                network.actor("coordinator"),
                message=sort(worker(begun.started_at), message=message),
                invitation=begun.invitation,
                stance="support",
                clauses=list(round_.version.clause_texts.values_list("clause__key", flat=True)),
                words="We are content.",
                begun="replace",
            )
        begun.refresh_from_db()
        assert begun.state == "draft"

    def test_a_late_one_that_is_refused_leaves_it_as_it_was(
        self, network: Cast, round_: Circulation, begun: Return
    ) -> None:
        message = late_mail(round_)
        _withdrawn(network, round_)
        with pytest.raises(Conflict, match="takes no answers any more"):
            words(network, message, round_, begun="replace")
        begun.refresh_from_db()
        assert begun.state == "draft"


class TestRefused:
    def begin(self, cast: Cast, round_: Circulation, part: str, why: str) -> None:
        actions.begin_return(
            cast.actor(part, now=AFTER_CLOSING), invitation=invitation_of(round_, "aldermere"), late_because=why
        )

    @pytest.mark.parametrize("why", ["", "  "])
    def test_without_a_reason(self, network: Cast, round_: Circulation, why: str) -> None:
        with pytest.raises(Conflict, match="has closed, so nothing was changed"):
            self.begin(network, round_, "coordinator", why)

    @pytest.mark.parametrize("part", ["member_officer", "mayor"])
    def test_an_office_takes_itself_late(self, network: Cast, round_: Circulation, part: str) -> None:
        with pytest.raises(Conflict, match="has closed"):
            self.begin(network, round_, part, WHY)

    def test_an_office_goes_on_with_what_was_taken_late(self, network: Cast, round_: Circulation) -> None:
        words(network, late_mail(round_), round_)
        with pytest.raises(Conflict, match="has closed"):
            self.begin(network, round_, "member_officer", "")

    def test_an_essay(self, network: Cast, round_: Circulation) -> None:
        with pytest.raises(Invalid, match="at most 200 characters"):
            self.begin(network, round_, "coordinator", "x" * (LONGEST_REASON + 1))
        assert not Return.objects.exists()

    def test_a_late_answer_of_one_office_opens_the_round_to_no_other(self, network: Cast, round_: Circulation) -> None:
        words(network, late_mail(round_), round_)
        with pytest.raises(Conflict, match="has closed"):
            actions.begin_return(
                network.actor("coordinator", now=AFTER_CLOSING), invitation=invitation_of(round_, "harrowmoor")
            )


def _withdrawn(cast: Cast, round_: Circulation) -> None:
    close(cast, round_)
    actor = cast.actor("head", now=AFTER_CLOSING)
    actions.withdraw(actor, position=round_.position, reason="Overtaken.")


def _later_round(cast: Cast, round_: Circulation) -> None:
    close(cast, round_)
    again(round_, cast)


def _next_version(cast: Cast, round_: Circulation) -> None:
    close(cast, round_)
    actor = cast.actor("officer", now=AFTER_CLOSING)
    actions.write_draft(actor, position=round_.position, clauses=CLAUSES[:2])


@pytest.mark.parametrize(
    ("happened", "why"),
    [
        (lambda cast, round_: None, ""),
        (lambda cast, round_: close(cast, round_), ""),
        (_withdrawn, "The position is “withdrawn”, so its text takes no answers any more."),
        (_later_round, "A later round was opened on this position. An answer goes there."),
        (_next_version, "The next version of the text was made without it."),
    ],
)
def test_which_rounds_can_take_an_answer_late(
    network: Cast, round_: Circulation, happened: Callable[[Cast, Circulation], None], why: str
) -> None:
    message = late_mail(round_)
    happened(network, round_)
    round_.refresh_from_db()
    assert why_not_late(round_, AFTER_CLOSING).startswith(why) is True
    assert late_rounds(AFTER_CLOSING).filter(pk=round_.pk).exists() is (why == "")
    coordinator = network.actor("coordinator", now=AFTER_CLOSING)
    assert (invitation_of(round_, "aldermere") in offices_to_file_for(coordinator).late) is (why == "")
    said = " ".join(what_can_be_done(coordinator, message))
    if why:
        assert why in said and "taken late into its own round" not in said
        with pytest.raises(Conflict, match=why[:30]):
            words(network, message, round_)
        assert not Return.objects.exists()
    else:
        assert "It can be taken late into its own round, with the reason" in said
        assert ("move its closing day" in said) is round_.is_open


def test_an_open_round_is_not_late(network: Cast, round_: Circulation) -> None:
    coordinator = network.actor("coordinator")
    found = offices_to_file_for(coordinator)
    assert (len(found.asked), found.late) == (3, ())
    message, _ = keep(worker(coordinator.now), data=mail(text="We are content."), source="imap")
    assert what_can_be_done(coordinator, sort(worker(coordinator.now), message=message)) == []


class TestLaterRound:
    def test_it_is_named_and_offered_first(self, network: Cast, round_: Circulation) -> None:
        message = late_mail(round_)
        _later_round(network, round_)
        coordinator = network.actor("coordinator", now=AFTER_CLOSING)
        found = offices_to_file_for(coordinator).of_the_same(invitation_of(round_, "aldermere"))
        assert found is not None
        assert found.circulation_id != round_.pk
        assert what_can_be_done(coordinator, message)[0].startswith("A later round asks Aldermere until Friday 11 Dec")

    def test_the_word_file_of_the_earlier_round_is_filed_there(self, network: Cast, round_: Circulation) -> None:
        old = invitation_of(round_, "aldermere")
        data = marked_up(content(old.package), [("at least three years", "at least five years")], author="M")
        message = late_mail(round_, files=[("x.docx", data)])
        close(network, round_)
        later = again(round_, network)
        ret = by_mail.file_word(
            network.actor("coordinator", now=AFTER_CLOSING),
            message=message,
            invitation=invitation_of(later, "aldermere"),
            name="x.docx",
            data=data,
        )
        assert (ret.status, ret.late_because) == ("tracked", "")

    def test_it_may_not_ask_that_office(self, network: Cast, round_: Circulation) -> None:
        message = late_mail(round_)
        close(network, round_)
        again(round_, network, keys=("harrowmoor",))
        coordinator = network.actor("coordinator", now=AFTER_CLOSING)
        [said] = what_can_be_done(coordinator, message)
        assert said.startswith("It cannot be taken into the round that is over. A later round")

    def test_who_sorts_no_mail_is_told_nothing(self, network: Cast, round_: Circulation) -> None:
        message = late_mail(round_)
        for part in ("mayor", "member_officer", "guest", "administrator"):
            actor = network.actor(part, now=AFTER_CLOSING)
            assert what_can_be_done(actor, message) == []
            assert not offices_to_file_for(actor)
            assert not_confirmed_in_time(actor) == []


class TestNotConfirmedInTime:
    def test_what_came_in_time_and_nobody_submitted_is_shown_and_can_be_taken_late(
        self, network: Cast, round_: Circulation
    ) -> None:
        invitation = invitation_of(round_, "aldermere")
        data = marked_up(content(invitation.package), [("at least three years", "at least five years")], author="M")
        now = CLOSES - timedelta(hours=1)
        message, _ = keep(worker(now), data=mail(files=[("x.docx", data)]), source="imap")
        sort(worker(now), message=message)
        coordinator = network.actor("coordinator", now=AFTER_CLOSING)
        assert len(to_confirm(network.actor("coordinator", now=now))) == 1
        assert not_confirmed_in_time(network.actor("coordinator", now=now)) == []

        close(network, round_)
        assert to_confirm(coordinator) == []
        assert not_confirmed_in_time(coordinator) == [(Return.objects.get(), message)]

        tray.put_back(coordinator, message=message)
        ret = by_mail.file_word(
            coordinator, message=message, invitation=invitation, name="x.docx", data=data, late_because=WHY
        )
        assert to_confirm(coordinator) == [ret]
        assert not_confirmed_in_time(coordinator) == []
