"""What of a text one reader does not see, so that no other office's words tell them of it."""

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.positions import editions
from folkmoot.apps.positions.models import Amendment, Invitation, Version


class Sight:
    """One reader's view of one version: the paragraphs kept from them, and the clauses in which those stand."""

    def __init__(self, actor: Actor, version: Version) -> None:
        self.offices = actor.offices
        self.hidden = frozenset(editions.hidden_from(actor, version))
        self.texts = list(version.clause_texts.select_related("clause").order_by("place"))
        self.narrowed = frozenset(
            text.clause_id
            for text in self.texts
            if any(text.first_paragraph <= paragraph <= text.last_paragraph for paragraph in self.hidden)
        )

    def may_read(self, amendment: Amendment) -> bool:
        """False where it changes what the reader does not see, or might."""
        if amendment.paragraph in self.hidden or amendment.target in self.hidden:
            return False
        return amendment.paragraph >= 0 or self.knows_no_more(amendment.ret.invitation)

    def may_read_on(self, invitation: Invitation, clause_id: int | None) -> bool:
        """Whether what an office wrote on a clause as a whole can speak of nothing that is kept from the reader."""
        speaks_of_hidden = clause_id is None or clause_id in self.narrowed
        return not speaks_of_hidden or self.knows_no_more(invitation)

    def knows_no_more(self, invitation: Invitation) -> bool:
        """Whether an office's own copy holds nothing that the reader's does not."""
        return invitation.office in self.offices or self.hidden <= set(invitation.hidden_paragraphs)
