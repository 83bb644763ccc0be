"""Sending a draft to the offices, reminding them, giving more time and closing: who may, when, and what follows."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from folkmoot.apps.access.audience import Audience, Handling, listed_keys
from folkmoot.apps.access.gate import Conflict, Invalid, Refused
from folkmoot.apps.access.models import AuditEntry
from folkmoot.apps.documents.queries import content
from folkmoot.apps.mail.models import OutboxMessage
from folkmoot.apps.positions import actions
from folkmoot.apps.positions.models import Circulation, PersonalLink, Position, Tally
from folkmoot.apps.positions.queries.circulate import offices_to_ask
from folkmoot.apps.positions.queries.common import position_for
from folkmoot.engines import redline
from tests.cast import MOMENT, Cast
from tests.positions_world import (
    CLAUSES,
    CLOSES,
    LETTER,
    LONDON,
    QUESTION,
    answer,
    circulate,
    close,
    draft,
    fill_register,
    invitation_of,
    offices,
)

CIRCULATORS = ("head", "deputy", "officer")
OTHERS = ("administrator", "coordinator", "mayor", "chief_executive", "member_officer", "guest", "stranger")
CANARY = "qzheronqz"


def opening(cast: Cast, position: Position, part: str = "officer", **changes: Any) -> Circulation:
    """Open a circulation with something changed."""
    given: dict[str, Any] = {
        "version": position.versions.order_by("-number")[0],
        "offices": offices(cast),
        "question": QUESTION,
        "letter": LETTER,
        "closes_at": CLOSES,
        "disclosure": "secretariat",
        "link_address": lambda secret: f"https://folkmoot.invalid/a/{secret}",
    }
    return actions.open_circulation(cast.actor(part), **given | changes)


class TestOpening:
    @pytest.mark.parametrize("part", CIRCULATORS)
    def test_those_who_circulate_may(self, network: Cast, part: str) -> None:
        circulation = opening(network, draft(network), part)

        assert [i.office for i in circulation.invitations.all()] == ["aldermere", "harrowmoor", "stanwold"]
        assert circulation.position.state == "circulating"
        assert AuditEntry.objects.filter(verb="circulation.opened", record_id=circulation.pk).count() == 1

    @pytest.mark.parametrize("part", OTHERS)
    def test_nobody_else_may(self, network: Cast, part: str) -> None:
        position = draft(network)

        with pytest.raises(Refused):
            opening(network, position, part)
        assert not Circulation.objects.exists() and not OutboxMessage.objects.exists()

    @pytest.mark.parametrize("state", ["circulating", "signing", "agreed", "published", "withdrawn"])
    def test_only_a_draft_or_a_text_being_decided_is_sent(self, network: Cast, state: str) -> None:
        position = draft(network)
        Position.objects.update(state=state)

        with pytest.raises(Conflict):
            opening(network, position)

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"offices": []}, "at least one office"),
            ({"question": " "}, "question"),
            ({"closes_at": MOMENT - timedelta(hours=1)}, "has passed"),
            ({"closes_at": datetime(2026, 12, 5, 12, tzinfo=LONDON)}, "not a working day"),
            ({"closes_at": datetime(2026, 12, 25, 12, tzinfo=LONDON)}, "not a working day"),
        ],
        ids=["no office", "no question", "yesterday", "a Saturday", "Christmas Day"],
    )
    def test_what_cannot_be_sent_is_told_in_words(self, network: Cast, changes: dict[str, Any], says: str) -> None:
        with pytest.raises(Invalid, match=says):
            opening(network, draft(network), **changes)

    def test_an_office_that_nobody_answers_for_is_named(self, network: Cast) -> None:
        empty = actions.Office("stanwold", "Stanwold", "", ())

        with pytest.raises(Invalid, match="Nobody of Stanwold"):
            opening(network, draft(network), offices=[*offices(network, ["aldermere"]), empty])

    def test_only_the_newest_version_is_sent(self, network: Cast) -> None:
        position = draft(network)
        actions.write_draft(network.actor("officer"), position=position, clauses=CLAUSES[:2])

        with pytest.raises(Conflict, match="newer version"):
            opening(network, position, version=position.versions.get(number=1))

    def test_the_offices_asked_see_the_text_and_others_do_not(self, network: Cast) -> None:
        position = draft(network)
        before = position_for(network.actor("mayor"), position.key)

        circulation = circulate(network, position, keys=["aldermere", "harrowmoor"])

        seen = {
            part: position_for(network.actor(part), position.key) is not None
            for part in ("mayor", "other_officer", "third_officer", "guest")
        }
        assert before is None
        assert seen == {"mayor": True, "other_officer": True, "third_officer": False, "guest": False}
        assert circulation.position.audience == Audience.NAMED
        assert f"circulation:{circulation.pk}" in listed_keys(position)

    def test_a_text_sent_to_everybody_is_the_network_s(self, network: Cast) -> None:
        assert circulate(network, draft(network)).position.audience == Audience.NETWORK

    def test_a_text_that_all_offices_have_stays_theirs_when_some_are_asked_again(self, network: Cast) -> None:
        position = draft(network)
        close(network, circulate(network, position))
        position.refresh_from_db()

        circulate(network, position, keys=["aldermere"])

        assert position_for(network.actor("third_officer"), position.key) is not None


class TestMails:
    def test_each_person_gets_a_mail_with_a_link_of_their_own_and_the_copy(self, network: Cast) -> None:
        circulate(network, draft(network))

        mails = list(OutboxMessage.objects.order_by("to_name"))
        links = {word for m in mails for word in m.body.split() if word.startswith("https://folkmoot.invalid/a/")}
        names = [m.to_name for m in mails]
        assert names == ["Gwen Tarrant", "Idris Vale", "Maya Osei", "Rowan Pike", "Tess Quill", "Uma Rhodes"]
        assert len(links) == len(mails) == PersonalLink.objects.count()
        assert all(m.attachments.count() == 1 for m in mails)
        assert all("Friday 4 December 2026, 12:00" in m.body and QUESTION in m.body for m in mails)

    def test_no_secret_of_a_link_is_kept(self, network: Cast) -> None:
        circulate(network, draft(network))

        secrets = [w.rpartition("/")[2] for m in OutboxMessage.objects.all() for w in m.body.split() if "/a/" in w]
        digests = set(PersonalLink.objects.values_list("digest", flat=True))
        assert secrets and not digests & set(secrets)
        assert {actions.digest_of(secret) for secret in secrets} == digests

    def test_a_sensitive_text_never_travels(self, network: Cast) -> None:
        position = draft(network, title=f"Talks {CANARY}", handling=Handling.OFFICIAL_SENSITIVE)

        circulation = circulate(network, position)
        actions.remind(
            network.actor("officer"),
            circulation=circulation,
            invitations=list(circulation.invitations.all()),
            page="https://folkmoot.invalid/p",
        )

        mails = OutboxMessage.objects.all()
        assert mails.count() == 12
        assert not any(m.attachments.exists() for m in mails)
        assert not any(CANARY in m.subject + m.body or LETTER in m.body or QUESTION in m.body for m in mails)


class TestCopies:
    def test_a_copy_bears_its_office_s_own_token_and_the_mark(self, network: Cast) -> None:
        circulation = circulate(network, draft(network))

        invitations = list(circulation.invitations.all())

        tokens = [redline.token_of(content(i.package)) for i in invitations]
        assert tokens == [i.token for i in invitations]
        assert len(set(tokens)) == 3

    def test_a_paragraph_for_fewer_readers_is_absent_from_the_other_copies(self, network: Cast) -> None:
        clauses = [CLAUSES[0], redline.DraftClause(1, f"On {CANARY}", (f"The {CANARY} stays.",)), CLAUSES[2]]
        position = draft(network, clauses)
        version = position.versions.get()
        text = version.clause_texts.get(place=1)
        actions.narrow(
            network.actor("officer"),
            version=version,
            first=text.first_paragraph,
            last=text.last_paragraph,
            audience=Audience.NAMED,
            offices=["aldermere"],
        )

        circulation = circulate(network, position)

        copies = {i.office: redline.text(content(i.package), view="accepted") for i in circulation.invitations.all()}
        assert [any(CANARY in line for line in copies[office]) for office in sorted(copies)] == [True, False, False]
        theirs = redline.clauses(content(invitation_of(circulation, "stanwold").package))
        assert [clause.number for clause in redline.top_clauses(theirs)] == ["1", "2"]
        assert not any(CANARY in m.body + m.subject for m in OutboxMessage.objects.all())

    def test_taking_the_copy_is_noted_once_and_for_its_own_office_alone(self, network: Cast) -> None:
        circulation = circulate(network, draft(network))
        invitation = invitation_of(circulation, "aldermere")

        actions.note_fetched(network.actor("other_officer"), invitation=invitation)
        actions.note_fetched(network.actor("officer"), invitation=invitation)
        unnoted = invitation_of(circulation, "aldermere").fetched_at
        actions.note_fetched(network.actor("member_officer"), invitation=invitation)
        actions.note_fetched(network.actor("mayor", now=MOMENT + timedelta(hours=1)), invitation=invitation)

        assert unnoted is None
        assert invitation_of(circulation, "aldermere").fetched_at == MOMENT


class TestReminding:
    @pytest.mark.parametrize("part", OTHERS)
    def test_nobody_else_reminds(self, network: Cast, part: str) -> None:
        circulation = circulate(network, draft(network))

        with pytest.raises(Refused):
            actions.remind(network.actor(part), circulation=circulation, invitations=[], page="")

    def test_an_office_that_answered_is_left_in_peace(self, network: Cast) -> None:
        circulation = circulate(network, draft(network))
        answer(network, circulation, "harrowmoor", {0: "support"})

        sent = actions.remind(
            network.actor("officer"),
            circulation=circulation,
            invitations=list(circulation.invitations.all()),
            page="https://folkmoot.invalid/p",
        )

        reminders = OutboxMessage.objects.filter(subject__startswith="Reminder")
        assert sent == reminders.count() == 4
        assert not reminders.filter(to_name__in=["Tess Quill", "Rowan Pike"]).exists()
        assert invitation_of(circulation, "harrowmoor").reminded_at is None
        assert invitation_of(circulation, "aldermere").reminded_at == MOMENT

    def test_nobody_is_reminded_after_closing(self, network: Cast) -> None:
        circulation = close(network, circulate(network, draft(network)))

        with pytest.raises(Conflict):
            actions.remind(
                network.actor("officer"),
                circulation=circulation,
                invitations=list(circulation.invitations.all()),
                page="",
            )


class TestExtending:
    @pytest.mark.parametrize("part", OTHERS)
    def test_nobody_else_extends(self, network: Cast, part: str) -> None:
        circulation = circulate(network, draft(network))

        with pytest.raises(Refused):
            actions.extend(network.actor(part), circulation=circulation, closes_at=CLOSES + timedelta(days=3))

    def test_offices_get_more_time_until_a_working_day(self, network: Cast) -> None:
        circulation = circulate(network, draft(network))
        officer = network.actor("officer")

        actions.extend(officer, circulation=circulation, closes_at=CLOSES + timedelta(days=3))

        circulation.refresh_from_db()
        assert circulation.closes_at == datetime(2026, 12, 7, 12, tzinfo=LONDON)
        for wrong in (CLOSES + timedelta(days=1), MOMENT - timedelta(days=1)):
            with pytest.raises(Invalid, match="working day"):
                actions.extend(officer, circulation=circulation, closes_at=wrong)

    def test_a_closed_round_is_not_opened_by_a_later_day(self, network: Cast) -> None:
        circulation = close(network, circulate(network, draft(network)))

        with pytest.raises(Conflict):
            actions.extend(network.actor("officer"), circulation=circulation, closes_at=CLOSES + timedelta(days=3))


class TestClosing:
    @pytest.mark.parametrize("part", OTHERS)
    def test_nobody_else_closes(self, network: Cast, part: str) -> None:
        circulation = circulate(network, draft(network))

        with pytest.raises(Refused):
            actions.close_circulation(network.actor(part), circulation=circulation)

    def test_closing_ends_the_round_and_works_out_once_what_may_be_told(self, network: Cast) -> None:
        circulation = circulate(network, draft(network))
        answer(network, circulation, "harrowmoor", {0: "support"})

        close(network, circulation)

        circulation.refresh_from_db()
        assert circulation.closed_at is not None
        assert Position.objects.get().state == "deciding"
        assert Tally.objects.filter(circulation=circulation).count() == 3
        with pytest.raises(Conflict):
            actions.close_circulation(network.actor("officer"), circulation=circulation)

    def test_a_draft_stays_with_its_office(self, network: Cast) -> None:
        circulation = circulate(network, draft(network))
        ret = answer(network, circulation, "harrowmoor", {0: "object"}, submit=False)

        close(network, circulation)

        ret.refresh_from_db()
        assert ret.state == "draft"
        assert not type(ret).objects.visible_to(network.actor("officer")).exists()
        assert set(Tally.objects.get(clause__texts__place=0).answers.values()) == {"none"}


class TestOfficesToAsk:
    def test_every_member_is_asked_through_the_people_who_stand_for_it_on_the_day(self, cast: Cast) -> None:
        fill_register()
        cast.chief_executive.is_active = False
        cast.chief_executive.save()

        found = {o.key: (o.name, o.party, [p.name for p in o.people]) for o in offices_to_ask(MOMENT.date())}

        assert found == {
            "aldermere": ("Aldermere", "Civic League", ["Gwen Tarrant", "Maya Osei"]),
            "harrowmoor": ("Harrowmoor", "Town and Country", ["Rowan Pike", "Tess Quill"]),
            "stanwold": ("Stanwold", "", ["Uma Rhodes"]),
        }

    def test_it_takes_as_many_queries_for_three_offices_as_for_two(
        self, network: Cast, django_assert_num_queries: Any
    ) -> None:
        # Memberships of the network, names, mayors; who stands for whom; their accounts.
        with django_assert_num_queries(5):
            assert len(offices_to_ask(MOMENT.date())) == 3
