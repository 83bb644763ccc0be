"""Tables of the register, with Popolo's nouns: organisations, people, posts and memberships over time."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from folkmoot.apps.access.audience import new_key
from folkmoot.apps.members.partial import say, span
from folkmoot.apps.members.provenance import Dated, Fact

# A combined authority's mayor takes office on the fourth day after the poll. Used only inside the span that the
# sources leave open, and the answer is then marked as not certain.
DAYS_FROM_POLL_TO_OFFICE = 4


class Kind(models.TextChoices):
    """What sort of organisation it is."""

    AUTHORITY = "authority", "Strategic authority"
    COUNCIL = "council", "Council"
    DEPARTMENT = "department", "Government department"
    PUBLIC_BODY = "public-body", "Public body"
    OTHER = "other", "Other organisation"


class PostKind(models.TextChoices):
    """What sort of post it is."""

    MAYOR = "mayor", "Mayor"
    CHIEF_EXECUTIVE = "chief-executive", "Chief executive"
    OFFICER = "officer", "Officer"
    MINISTER = "minister", "Minister"
    OFFICIAL = "official", "Official"


class Party(Fact):
    """A political party, by the short label it is known by."""

    key = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=80)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "parties"

    def __str__(self) -> str:
        return self.name


class Organization(Fact, Dated):
    """A body over time. Its key never changes and stands in audiences as `org:<key>`; its name may change."""

    key = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=12, choices=Kind)
    legal_form = models.CharField(max_length=80, blank=True)
    name = models.CharField(max_length=200, help_text="The latest name; names over time have rows of their own.")
    short_name = models.CharField(max_length=40, blank=True)
    status = models.CharField(max_length=80, blank=True)
    planned = models.BooleanField(default=False, editable=False, help_text="Announced, not yet formed.")
    established_by = models.CharField(max_length=120, blank=True)
    ons_code = models.CharField(max_length=9, blank=True)
    ons_code_alternative = models.CharField(max_length=9, blank=True)
    govuk_slug = models.CharField(max_length=120, blank=True)
    website = models.URLField(blank=True)
    meetings_site = models.URLField(blank=True)
    meetings_platform = models.CharField(max_length=200, blank=True)
    relevance = models.TextField(blank=True, help_text="What it has to do with devolution.")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="units")
    parent_since = models.CharField(max_length=16, blank=True)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["kind", "name"])]

    def __str__(self) -> str:
        return self.name

    def derive(self) -> None:
        super().derive()
        self.planned = self.status.startswith("planned")

    @property
    def parent_since_words(self) -> str:
        return say(self.parent_since)


class OrganizationName(Fact, Dated):
    """A name that an organisation bore for a time."""

    key = models.CharField(max_length=260, unique=True)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["organization", models.F("begins").asc(nulls_first=True)]

    def __str__(self) -> str:
        return self.name


class Succession(Fact):
    """One body became another, or part of it. A body without a row of its own stands here by name."""

    key = models.CharField(max_length=260, unique=True)
    predecessor = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.CASCADE, related_name="became"
    )
    predecessor_name = models.CharField(max_length=200, blank=True)
    successor = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.CASCADE, related_name="came_from"
    )
    successor_name = models.CharField(max_length=200, blank=True)
    part = models.CharField(max_length=120, blank=True, help_text="Which part went, when not the whole.")
    change = models.CharField(max_length=80, blank=True, help_text="Renamed, merged, split, created.")

    class Meta:
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(predecessor__isnull=False) | Q(successor__isnull=False), name="succession_touches_a_row"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor or self.predecessor_name} to {self.successor or self.successor_name}"


class TierPeriod(Fact, Dated):
    """The tier of devolution of an authority for a time."""

    key = models.CharField(max_length=140, unique=True)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="tiers")
    tier = models.CharField(max_length=40)

    class Meta:
        ordering = ["organization", models.F("begins").asc(nulls_first=True)]

    def __str__(self) -> str:
        return self.tier


class CouncilMembership(Fact, Dated):
    """A council belongs to an authority."""

    key = models.CharField(max_length=170, unique=True)
    authority = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="councils")
    council = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="authorities")
    role = models.CharField(max_length=120, blank=True)
    basis = models.TextField(blank=True)

    class Meta:
        ordering = ["council__name"]

    def __str__(self) -> str:
        return f"{self.council} in {self.authority}"


class Person(Fact):
    """A person who holds or held a public post."""

    key = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name


class Post(Fact):
    """A post in an organisation, whoever holds it."""

    key = models.SlugField(max_length=100, unique=True)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="posts")
    kind = models.CharField(max_length=16, choices=PostKind)
    label = models.CharField(max_length=120)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label


class Membership(Fact, Dated):
    """A person holds a post for a time; for elected posts, a term."""

    key = models.CharField(max_length=200, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="memberships")
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=120, blank=True, help_text="The title as it was, where it differed.")
    elected_on = models.CharField(max_length=16, blank=True)
    end_basis = models.CharField(max_length=200, blank=True)
    end_reason = models.CharField(max_length=120, blank=True)
    current = models.BooleanField(default=False, help_text="In post on the as-of date of the row.")

    class Meta:
        ordering = ["post", models.F("begins").asc(nulls_first=True)]
        indexes = [models.Index(fields=["post", "begins"])]

    def __str__(self) -> str:
        return f"{self.person}, {self.post}"

    @property
    def title(self) -> str:
        return self.label or self.post.label

    @property
    def elected_words(self) -> str:
        return say(self.elected_on)

    @property
    def doubt(self) -> str:
        """A term whose cited page nobody opened, and that no second source carries, is not confirmed."""
        if self.unconfirmed:
            return self.unconfirmed
        if "not opened" in self.checked and "second source" not in self.checked:
            return "the page that the source cites was not opened, and no second source was read"
        return ""

    def derive(self) -> None:
        """A term begins after its poll, and by the day on which the source shows its holder in office."""
        super().derive()
        _, polled = span(self.elected_on)
        if polled and self.from_earliest and self.from_earliest < polled <= (self.from_latest or polled):
            self.from_earliest = polled
        _, seen = span(self.as_of)
        if self.current and seen and self.from_latest and (self.from_earliest or seen) <= seen < self.from_latest:
            self.from_latest = seen
        self.begins = self.from_latest
        if polled and self.from_earliest and self.from_latest and self.from_earliest < self.from_latest:
            usual = polled + timedelta(DAYS_FROM_POLL_TO_OFFICE)
            self.begins = min(max(usual, self.from_earliest), self.from_latest)


def settle(terms: list[Membership]) -> None:
    """Let a term whose end is open within a month or a year end when the next holder's begins, if that fits."""
    terms.sort(key=lambda term: (term.begins or date.min, term.key))
    for term, following in pairwise(terms):
        if not (term.to_latest and following.begins):
            continue
        if (term.to_earliest or date.min) <= following.begins <= term.to_latest:
            term.ends = following.begins


class Election(Fact):
    """A poll for a post, held or due."""

    key = models.CharField(max_length=120, unique=True)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="elections")
    polled_on = models.CharField(max_length=16)
    latest_day = models.DateField(editable=False)
    status = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["latest_day"]

    def __str__(self) -> str:
        return f"{self.post}, {self.polled_on}"

    def save(self, **kwargs: Any) -> None:
        self.derive()
        super().save(**kwargs)

    def derive(self) -> None:
        latest = span(self.polled_on)[1]
        assert latest is not None, "An election has a date."
        self.latest_day = latest

    @property
    def polled_words(self) -> str:
        return say(self.polled_on)


class CalendarEvent(Fact):
    """A day or a span that work must reckon with. Both days count."""

    key = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    starts_on = models.CharField(max_length=16, blank=True)
    ends_on = models.CharField(max_length=16, blank=True)
    first_day = models.DateField(null=True, editable=False)
    last_day = models.DateField(null=True, editable=False)
    scope = models.CharField(max_length=80, blank=True)
    certainty = models.CharField(max_length=20, blank=True)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = [models.F("first_day").asc(nulls_last=True), "key"]
        indexes = [models.Index(fields=["kind", "first_day"])]

    def __str__(self) -> str:
        return self.title

    def save(self, **kwargs: Any) -> None:
        self.derive()
        super().save(**kwargs)

    def derive(self) -> None:
        self.first_day = span(self.starts_on)[0]
        self.last_day = span(self.ends_on or self.starts_on)[1]

    @property
    def doubt(self) -> str:
        if self.unconfirmed or self.certainty == "confirmed":
            return self.unconfirmed
        return f"the source calls it {self.certainty}" if self.certainty else "no source was found"

    @property
    def starts_words(self) -> str:
        return say(self.starts_on)

    @property
    def ends_words(self) -> str:
        return say(self.ends_on)


class PolicyArea(models.Model):
    """One of the areas of competence, or the cross-cutting one."""

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PolicyTerm(Fact):
    """A word or an abbreviation by which an area is recognised."""

    key = models.CharField(max_length=220, unique=True)
    area = models.ForeignKey(PolicyArea, on_delete=models.CASCADE, related_name="terms")
    term = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    caution = models.TextField(blank=True)
    govuk_topic_path = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["area", "term"]

    def __str__(self) -> str:
        return self.term


class Power(Fact):
    """A power or a duty, and at which tiers it is held. An empty cell means not known, not no."""

    key = models.SlugField(max_length=120, unique=True)
    text = models.TextField()
    area = models.ForeignKey(PolicyArea, null=True, blank=True, on_delete=models.CASCADE, related_name="powers")
    foundation = models.CharField(max_length=40, blank=True)
    mayoral = models.CharField(max_length=40, blank=True)
    established_mayoral = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = [models.F("area__name").asc(nulls_last=True), "text"]

    def __str__(self) -> str:
        return self.text

    def at(self, tier: str) -> str:
        """The answer for a tier by its name, such as “established mayoral”."""
        return str(getattr(self, tier.replace(" ", "_"), ""))


class NetworkMembership(Fact, Dated):
    """An authority belongs to the network from a day, until another."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="network_memberships")

    class Meta:
        ordering = ["organization", "begins"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization"], condition=Q(valid_to=""), name="network_membership_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} from {self.valid_from}"


class Correction(models.Model):
    """A fact that somebody put right: what it was, what it is, why, and on what source. Survives every import."""

    record = models.CharField(max_length=60)
    record_key = models.CharField(max_length=260)
    field = models.CharField(max_length=40)
    old_value = models.TextField(blank=True)
    new_value = models.TextField(blank=True)
    reason = models.TextField()
    source = models.TextField()
    as_of = models.CharField(max_length=16)
    account_id = models.BigIntegerField(null=True)
    name = models.CharField(max_length=120)
    at = models.DateTimeField()

    objects: ClassVar[models.Manager["Correction"]] = models.Manager()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["record", "record_key"])]

    def __str__(self) -> str:
        return f"{self.record} {self.record_key}: {self.field}"


class FactImport(models.Model):
    """One import that changed something."""

    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    name = models.CharField(max_length=120)
    added = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    refused = models.PositiveIntegerField()

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class Review(models.Model):
    """What to look at after a change in the register."""

    key = models.CharField(max_length=10, unique=True, default=new_key, editable=False)
    what = models.CharField(max_length=12)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="reviews")
    day = models.DateField(help_text="From when the change holds.")
    words = models.CharField(max_length=300)
    recorded_by_id = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-recorded_at", "-pk"]

    def __str__(self) -> str:
        return self.words


class ReviewItem(models.Model):
    """One record that a change touches, and whether somebody has looked at it."""

    STATES = [("open", "To look at"), ("looked", "Looked at"), ("nothing", "Nothing to do")]
    key = models.CharField(max_length=10, unique=True, default=new_key, editable=False)
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="items")
    table = models.CharField(max_length=60)
    record_key = models.CharField(max_length=260)
    why = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=STATES, default="open")
    by_name = models.CharField(max_length=260, blank=True)
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["table", "pk"]
        constraints = [models.UniqueConstraint(fields=["review", "table", "record_key"], name="review_item_once")]

    def __str__(self) -> str:
        return f"{self.review}: {self.table} {self.record_key}"
