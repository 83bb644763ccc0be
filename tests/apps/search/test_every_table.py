"""Every table with words of people in it can be searched, or it is said here why not: no room can forget one."""

from django.apps import apps
from django.db import models

from folkmoot.apps.search.registry import search_sources

SETTINGS = "settings of the installation, which nobody looks for by words"
TRAIL = "the trail, the jobs and what else the installation keeps for itself: each has a list of its own"
SECRETS = "about the accounts of people, which are looked for in the list of people alone"
OF_ANOTHER = "its words stand on the page of the record that it belongs to, which is found"
REGISTER = "facts of the register without words of their own: the body, the person or the post is found"

LEFT_OUT = {
    "access.account": SECRETS,
    "access.audienceentry": "who may see what is told to nobody",
    "access.auditentry": TRAIL,
    "access.audithead": TRAIL,
    "access.delegation": SECRETS,
    "access.opensession": SECRETS,
    "access.signinfailure": SECRETS,
    "agenda.planchange": OF_ANOTHER,
    "agenda.planrow": OF_ANOTHER,
    "agenda.planversion": OF_ANOTHER,
    "agenda.standingitem": OF_ANOTHER,
    "archive.archivecorrection": OF_ANOTHER,
    "archive.archivedocument": "found by its passages, which bear its title",
    "archive.importbatch": "an import is a step of work; the papers that it brought are found",
    "archive.importrow": "a paper that is not taken in yet: nobody has said who may see it",
    "disclosure.clarification": OF_ANOTHER,
    "disclosure.item": "copies of records under a request; the records themselves are found by those who may see them",
    "disclosure.itemfile": "copies of records under a request, as its items",
    "disclosure.requester": "who asks is told to nobody but those who answer, on the page of the request",
    "documents.storedfile": "the bytes of a record; its words are found by the record",
    "issues.dismissal": "a suggestion that was set aside: it has no words of its own",
    "issues.issuelink": "it tells of a record that the reader may not see, so it stands on the issue’s page",
    "issues.statechange": OF_ANOTHER,
    "jobs.schedule": TRAIL,
    "jobs.workersign": TRAIL,
    "mail.attachment": OF_ANOTHER,
    "mail.inboxfile": OF_ANOTHER,
    "mail.mailbox": SETTINGS,
    "mail.mailserver": SETTINGS,
    "members.calendarevent": "days that stand in the calendar of the week, which has no page of its own",
    "members.correction": REGISTER,
    "members.councilmembership": REGISTER,
    "members.election": REGISTER,
    "members.factimport": REGISTER,
    "members.membership": REGISTER,
    "members.networkmembership": REGISTER,
    "members.party": REGISTER,
    "members.policyarea": REGISTER,
    "members.policyterm": "words that the radar reads with; the areas that they lead to are no records",
    "members.review": "a list of things to do after a change of the register, found through the body",
    "members.reviewitem": "a list of things to do after a change of the register, found through the body",
    "members.succession": REGISTER,
    "members.tierperiod": REGISTER,
    "positions.decision": "a reason may quote an office or a fallback, so it stands on the page of the amendment",
    "positions.fallback": "what the network would settle for is found by nobody: whoever may read it opens the clause",
    "positions.invitation": "an office that was asked: found by the circulation",
    "positions.message": "between the secretariat and one office; it stands beside the amendment, which is found",
    "positions.personallink": SECRETS,
    "positions.signoff": "whoever stands aside says so on the page of the position, to those who may see it",
    "positions.tally": "what may be told of answers is worked out for its page and nowhere else",
    "positions.termsofreference": SETTINGS,
    "positions.version": OF_ANOTHER,
    "records.hold": TRAIL,
    "records.period": SETTINGS,
    "records.personalrequest": TRAIL,
    "records.removal": TRAIL,
    "records.retentioncount": TRAIL,
    "search.entry": "the index itself",
    "search.savedsearch": "a person's own, listed beside every search",
    "signals.decision": OF_ANOTHER,
    "signals.horizonentry": "it stands on the list of the horizon, which is read as a whole; its signals are found",
    "signals.learnt": "weights and what they would change; one page tells them, and no search looks for them",
    "signals.reading": "how a source was read; each source has a page that tells it",
    "signals.signalname": OF_ANOTHER,
    "signals.signalnote": OF_ANOTHER,
    "signals.source": SETTINGS,
}


def holds_words(model: type[models.Model]) -> bool:
    """True where a row has text that is no choice and no key."""
    return any(
        isinstance(field, (models.CharField, models.TextField)) and not field.choices and field.name != "key"
        for field in model._meta.concrete_fields
    )


def tables() -> set[str]:
    ours = (model for model in apps.get_models() if model.__module__.startswith("folkmoot."))
    return {model._meta.label_lower for model in ours if holds_words(model)}


def test_every_table_with_words_is_searched_or_left_out_for_a_reason() -> None:
    searched = {source.model._meta.label_lower for source in search_sources()}

    assert tables() - searched - set(LEFT_OUT) == set()
    assert searched & set(LEFT_OUT) == set()
    assert set(LEFT_OUT) - tables() == set()
