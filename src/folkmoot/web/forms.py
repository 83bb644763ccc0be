"""What every page that asks for something does with its form."""

from collections.abc import Callable

from django import forms

from folkmoot.apps.access.gate import Conflict, Invalid


def saved(form: forms.Form, act: Callable[[], object]) -> bool:
    """Whether the action took what the form holds; if not, the form says why."""
    try:
        act()
    except (Invalid, Conflict) as error:
        form.add_error(None, str(error))
        return False
    return True
