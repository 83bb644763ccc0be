"""Keeps pages to the people of the network: for a guest, who was asked to named items, they do not exist."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpResponse

from folkmoot.apps.access.roles import Role
from folkmoot.web.middleware import ActorRequest

View = Callable[..., HttpResponse]


def network_only(view: View) -> View:
    """The view, which a guest does not find."""

    @wraps(view)
    def for_the_network(request: ActorRequest, **arguments: str) -> HttpResponse:
        if request.actor.role is Role.GUEST:
            raise Http404
        return view(request, **arguments)

    return for_the_network
