"""What of the register can be found; it is for everybody of the network who has signed in."""

from typing import Any

from django.db.models import QuerySet

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.roles import Role
from folkmoot.apps.members.models import Organization, OrganizationName, Person, Post, Power
from folkmoot.apps.search.registry import Document, Follow, SearchSource, register_search_source

BODY = Organization._meta.label_lower


def register() -> None:
    """Tell the search room; called when the installation starts."""
    of_body = (Follow("organization", ("name",)),)
    for kind, label, model, document, follows in (
        ("body", "Bodies", Organization, _body, ()),
        ("former-name", "Former names", OrganizationName, _name, of_body),
        ("person", "People", Person, _person, ()),
        ("post", "Posts", Post, _post, of_body),
        ("power", "Powers", Power, _power, ()),
    ):
        related = tuple(follow.path for follow in follows)
        register_search_source(SearchSource(kind, label, model, document, _for_readers(model), related, follows))


def _for_readers(model: Any) -> Any:
    """Everything to whoever reads the register, and nothing to anybody else."""

    def visible(actor: Actor) -> QuerySet[Any]:
        reads = actor.account_id is not None and not actor.confined and actor.role is not Role.GUEST
        found: QuerySet[Any] = model._default_manager.all()
        return found if reads else found.none()

    return visible


def _body(body: Organization) -> Document:
    words = " ".join(filter(None, (body.short_name, body.get_kind_display(), body.legal_form, body.relevance)))
    return Document(body.name, words, body.key, body.begins)


def _name(name: OrganizationName) -> Document | None:
    """A name that a body bore before; its present one stands with the body itself."""
    if name.name == name.organization.name:
        return None
    return Document(
        f"{name.name}, now {name.organization.name}", name.short_name, name.organization.key, name.begins, BODY
    )


def _person(person: Person) -> Document:
    return Document(person.name, person.notes, person.key)


def _post(post: Post) -> Document:
    return Document(f"{post.label}, {post.organization.name}", post.get_kind_display(), post.key)


def _power(power: Power) -> Document:
    return Document(power.text[:200], f"{power.area} {power.notes}", str(power.pk))
