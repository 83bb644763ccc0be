"""The network's own rules, dated: what counts as agreed, and what members may be told."""

from django.db import models

# Who sees the answers of a round, and when. Each circulation says it anew; the terms say what is usual.
DISCLOSURES = [
    ("secretariat", "The secretariat alone; offices see tallies that give nobody away, after closing"),
    ("at-closing", "All offices, when the circulation closes"),
    ("at-once", "All offices, as soon as an answer is submitted"),
]
MOST_NOTICE_DAYS = 60


class TermsOfReference(models.Model):
    """The rules in force from a day on, until a later row's day."""

    from_date = models.DateField(unique=True)
    name = models.CharField(max_length=120, blank=True, help_text="What the network calls itself.")
    rule = models.CharField(
        max_length=20,
        choices=[
            ("no-objection", "No office objects"),
            ("unanimity", "Every office supports or accepts"),
            ("majority", "A majority supports or accepts"),
        ],
        default="no-objection",
    )
    threshold = models.DecimalField(max_digits=3, decimal_places=2, default="0.75")
    each_party = models.BooleanField(default=True)
    quorum = models.DecimalField(max_digits=3, decimal_places=2, default="0.50")
    opt_out = models.BooleanField(default=False)
    cell_size = models.PositiveSmallIntegerField(default=3, help_text="The fewest offices that a tally may show.")
    notice_days = models.PositiveSmallIntegerField(
        default=10, help_text="How many working days offices usually have for an answer."
    )
    disclosure = models.CharField(
        max_length=12, choices=DISCLOSURES, default="secretariat", help_text="Who usually sees the answers, and when."
    )
    agreed_on = models.CharField(max_length=200, blank=True, help_text="Where the network agreed these rules.")

    class Meta:
        ordering = ["-from_date"]
        constraints = [
            models.CheckConstraint(condition=models.Q(threshold__gt=0, threshold__lte=1), name="terms_threshold"),
            models.CheckConstraint(condition=models.Q(quorum__gte=0, quorum__lte=1), name="terms_quorum"),
            models.CheckConstraint(condition=models.Q(cell_size__gte=3), name="terms_cell_of_three"),
            models.CheckConstraint(
                condition=models.Q(notice_days__gte=1, notice_days__lte=MOST_NOTICE_DAYS), name="terms_notice_days"
            ),
        ]

    def __str__(self) -> str:
        return f"Terms of {self.from_date}"

    def in_words(self) -> str:
        """The rule as a sentence."""
        sentences = {
            "no-objection": "No office objects",
            "unanimity": "Every office supports or accepts",
            "majority": f"At least {float(self.threshold):.0%} of the offices that took a side support or accept"
            + ("; an office may stand aside" if self.opt_out else ", and nobody’s red line is crossed"),
        }
        text = sentences[self.rule]
        if self.each_party:
            text += "; at least one from every party supports or accepts"
        if self.quorum:
            text += f"; {'half' if float(self.quorum) == 0.5 else format(float(self.quorum), '.0%')} answer"
        return text + "."
