"""What the signals room does by the clock."""

from datetime import timedelta

from folkmoot.apps.jobs.schedule import register_scheduled
from folkmoot.apps.signals import alerting, leading, pulling, texts, weighing


def register() -> None:
    """Tell the jobs room; called when the installation starts."""
    minute = timedelta(minutes=1)
    register_scheduled("signals.pull", "Read the sources of the radar", every=minute, run=pulling.pull_due)
    register_scheduled("signals.texts", "Read in full what lists cut short", every=minute, run=texts.read_texts)
    register_scheduled("signals.weigh", "Score and compare new signals", every=minute, run=weighing.weigh_new)
    register_scheduled("signals.alerts", "Send the mails of the radar", every=5 * minute, run=alerting.send)
    register_scheduled("signals.lead", "Tell of dates that come near", every=15 * minute, run=leading.tell)
