"""What may happen to accounts, delegations and the trail: each verb that an administrator or a person would say."""

from folkmoot.apps.access.actions.accounts import (
    change_account,
    close_account,
    create_account,
    create_first_administrator,
    erase_account,
    hand_over_held,
    reopen_account,
)
from folkmoot.apps.access.actions.delegations import delegate, end_delegation
from folkmoot.apps.access.actions.factors import (
    add_app,
    add_passkey,
    confirm_password,
    make_recovery_codes,
    prove_code,
    prove_passkey,
    remove_factor,
    reset_factors,
    set_second_factor_rule,
)
from folkmoot.apps.access.actions.passwords import (
    change_own_password,
    forget_password,
    forgetful_account,
    invitation_token,
    invite,
    invited_account,
    reset_password,
    set_password_by_link,
)
from folkmoot.apps.access.actions.sessions import (
    end_other_sessions,
    end_session,
    forget_session,
    move_session,
    note_session,
)
from folkmoot.apps.access.actions.sign_in import sign_in, sign_in_invented, sign_out
from folkmoot.apps.access.actions.visits import note_visit

__all__ = [
    "add_app",
    "add_passkey",
    "change_account",
    "change_own_password",
    "close_account",
    "confirm_password",
    "create_account",
    "create_first_administrator",
    "delegate",
    "end_delegation",
    "end_other_sessions",
    "end_session",
    "erase_account",
    "forget_password",
    "forget_session",
    "forgetful_account",
    "hand_over_held",
    "invitation_token",
    "invite",
    "invited_account",
    "make_recovery_codes",
    "move_session",
    "note_session",
    "note_visit",
    "prove_code",
    "prove_passkey",
    "remove_factor",
    "reopen_account",
    "reset_factors",
    "reset_password",
    "set_password_by_link",
    "set_second_factor_rule",
    "sign_in",
    "sign_in_invented",
    "sign_out",
]
