"""What may happen to accounts, delegations and the trail: each verb that an administrator or a person would say."""

from folkmoot.apps.access.actions.accounts import (
    change_account,
    close_account,
    create_account,
    create_first_administrator,
    erase_account,
    reopen_account,
)
from folkmoot.apps.access.actions.delegations import delegate, end_delegation
from folkmoot.apps.access.actions.passwords import (
    change_own_password,
    invitation_token,
    invite,
    invited_account,
    set_password_by_link,
)
from folkmoot.apps.access.actions.sign_in import sign_in, sign_in_invented, sign_out
from folkmoot.apps.access.actions.visits import note_visit

__all__ = [
    "change_account",
    "change_own_password",
    "close_account",
    "create_account",
    "create_first_administrator",
    "delegate",
    "end_delegation",
    "erase_account",
    "invitation_token",
    "invite",
    "invited_account",
    "note_visit",
    "reopen_account",
    "set_password_by_link",
    "sign_in",
    "sign_in_invented",
    "sign_out",
]
