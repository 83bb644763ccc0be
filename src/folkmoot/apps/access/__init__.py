"""Who may do what: actors, roles, permissions, audiences, delegations and the audit trail.

Every other room asks here and nowhere else:

    Position.objects.visible_to(actor)                    which rows may this person see?
    check(actor, Permission.CIRCULATION_OPEN)             may this person do it? raises Refused
    record(actor, "circulation.opened", circulation)      what was done, in the same transaction
"""
