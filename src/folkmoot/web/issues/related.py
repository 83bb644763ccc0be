"""What is related to an issue: taken as a link, set aside, or looked at again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from folkmoot.apps.issues import actions
from folkmoot.web.issues.frame import issue_to_keep
from folkmoot.web.middleware import ActorRequest


@require_POST
def related_take(request: ActorRequest, key: str) -> HttpResponse:
    issue = issue_to_keep(request, key)
    actions.take_suggestion(request.actor, issue=issue, value=request.POST.get("record", ""))
    messages.success(request, "The link was made, with what joins the two as its why.")
    return redirect("issue", key)


@require_POST
def related_aside(request: ActorRequest, key: str) -> HttpResponse:
    issue = issue_to_keep(request, key)
    actions.set_suggestion_aside(request.actor, issue=issue, value=request.POST.get("record", ""))
    messages.success(request, "It is suggested no more. What was set aside stands under the suggestions.")
    return redirect("issue", key)


@require_POST
def related_restore(request: ActorRequest, key: str) -> HttpResponse:
    issue = issue_to_keep(request, key)
    actions.restore_suggestion(request.actor, issue=issue, value=request.POST.get("record", ""))
    messages.success(request, "It is suggested again.")
    return redirect("issue", key)
