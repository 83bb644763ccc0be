"""Linking an issue to records of any room, each with its why, and taking links off again."""

from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Conflict, Invalid, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.issues.actions._common import fits, held, said
from folkmoot.apps.issues.linkables import titles_of
from folkmoot.apps.issues.models import Issue, IssueLink, Relation

NOT_THERE = "There is no such record that you may see. Look for it again and choose it from the list."


@transaction.atomic
def link(actor: Actor, *, issue: Issue, table: str, key: str, why: str, relation: str = "") -> IssueLink:
    """Link an issue to a record that the actor may see, and say why."""
    by = check(actor, Permission.ISSUE_KEEP)
    held(issue)
    why = said(why, "Say in a few words why it belongs to the issue.")
    if relation not in Relation.values:
        raise Invalid("There is no such relation. Choose one of the list.")
    if (table, key) not in titles_of(actor, [(table, key)]):
        raise Invalid(NOT_THERE)
    if table == Issue._meta.label_lower and key == issue.key:
        raise Invalid("An issue cannot be linked to itself. Choose another record.")
    if IssueLink.objects.filter(issue=issue, table=table, record_key=key).exists():
        raise Conflict("The issue is linked to this record already. Take the link off first to say another why.")
    found = IssueLink(
        issue=issue,
        table=table,
        record_key=key,
        why=why,
        relation=relation,
        added_by_id=actor.account_id,
        added_at=actor.now,
    )
    fits(found, why=why)
    found.save()
    record(actor, "issue.linked", issue, by=by, table=table, key=key, why=why)
    return found


@transaction.atomic
def unlink(actor: Actor, *, link: IssueLink) -> None:
    """Take a link off. The record itself stays as it is, and the link can be made again."""
    by = check(actor, Permission.ISSUE_KEEP)
    record(actor, "issue.unlinked", link.issue, by=by, table=link.table, key=link.record_key, why=link.why)
    link.delete()
