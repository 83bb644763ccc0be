"""What an administrator meets on the home page while the installation lacks something."""

from django.urls import reverse

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import may
from folkmoot.apps.access.permissions import Permission
from folkmoot.web.beginning.missing import still_missing
from folkmoot.web.shell.home import HomeItem


def items(actor: Actor) -> list[HomeItem]:
    """One item that leads to the list of what is missing."""
    if not may(actor, Permission.SETTINGS_CHANGE):
        return []
    missing = still_missing(actor.today)
    if not missing:
        return []
    what = ", ".join(step.title[0].lower() + step.title[1:] for step in missing)
    return [
        HomeItem("Setting up", "Set the installation up", reverse("setting_up"), f"Missing: {what}.", None, "Go on")
    ]
