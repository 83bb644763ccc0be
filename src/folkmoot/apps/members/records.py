"""Tells the records room what the register holds about a person."""

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.forgetting import ERASED_NAME
from folkmoot.apps.members.models import Correction, Membership, Person
from folkmoot.apps.records.registry import Extract, PersonalSource, Subject, register_personal_source


def _held(subject: Subject) -> list[Extract]:
    people = list(Person.objects.filter(key=subject.person)) if subject.person else []
    memberships = Membership.objects.filter(person__in=people).select_related("post__organization")
    return [
        *(
            Extract("The entry in the register", f"Name: {person.name}", None, "members.person", person.key)
            for person in people
        ),
        *(
            Extract(
                "A post held", f"{each.label or each.post.label}, {each.post.organization.name}", None, "", each.key
            )
            for each in memberships
        ),
        *(
            Extract("A correction that the person made", f"{each.field}: {each.new_value}", each.at, "", str(each.pk))
            for each in _corrections(subject)
        ),
    ]


def _corrections(subject: Subject) -> list[Correction]:
    if subject.account_id is None:
        return []
    return list(Correction.objects.filter(account_id=subject.account_id))


def _erase(_actor: Actor, subject: Subject) -> int:
    if subject.account_id is None:
        return 0
    return Correction.objects.filter(account_id=subject.account_id).exclude(name=ERASED_NAME).update(name=ERASED_NAME)


def register() -> None:
    """Tell the registry; called when the installation starts."""
    register_personal_source(
        PersonalSource(
            name="members",
            title="The register of members",
            find=_held,
            erase=_erase,
            kept="Posts of public office holders stay: they are public facts, kept as archives in the public interest.",
        )
    )
