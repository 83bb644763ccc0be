"""An invented network, made by the product's own actions, with one position in each state.

    build(today=date(2026, 11, 25))

Regions, people, parties, departments and words are made up; the real register is imported beside it and marked real.
"""

from datetime import date

from folkmoot.demo.agenda import make_agenda
from folkmoot.demo.archive import make_archive
from folkmoot.demo.disclosure import make_disclosure
from folkmoot.demo.issues import make_issues
from folkmoot.demo.mail import make_mail
from folkmoot.demo.network import make_network
from folkmoot.demo.positions import make_positions
from folkmoot.demo.signals import make_signals

__all__ = ["build"]


def build(*, today: date) -> None:
    """Fill an empty installation with the demonstration, as it stands on a day."""
    people = make_network(today)
    make_positions(people, today)
    make_mail(people, today)
    make_issues(people, today)
    make_agenda(people, today)
    make_signals(people, today)
    make_archive(people, today)
    make_disclosure(people, today)
