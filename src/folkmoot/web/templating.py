"""What every page has: the template environment, the shell around a page, and how forms are drawn."""

from datetime import date, datetime
from typing import Any

import jinja2
from django.conf import settings
from django.contrib.messages import get_messages
from django.forms.renderers import BaseRenderer
from django.http import HttpRequest
from django.template.loader import get_template
from django.templatetags.static import static
from django.urls import reverse

from folkmoot.apps.access.actor import stranger
from folkmoot.web.clock import LONDON, moment
from folkmoot.web.shell.navigation import account_links, address, rooms
from folkmoot.web.shell.network import network_name

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
LONG_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def _local(value: date | datetime) -> date:
    """A moment as London's clocks show it; a day as it is."""
    return value.astimezone(LONDON) if isinstance(value, datetime) and value.tzinfo else value


def day(value: date | datetime) -> str:
    """Fri 4 Dec 2026."""
    value = _local(value)
    return f"{WEEKDAYS[value.weekday()]} {value.day} {MONTHS[value.month - 1]} {value.year}"


def short_day(value: date | datetime) -> str:
    """4 Dec."""
    value = _local(value)
    return f"{value.day} {MONTHS[value.month - 1]}"


def long_day(value: date | datetime) -> str:
    """25 November 2026."""
    value = _local(value)
    return f"{value.day} {LONG_MONTHS[value.month - 1]} {value.year}"


def weekday(value: date | datetime) -> str:
    """Wednesday 25 November."""
    value = _local(value)
    return f"{value:%A} {value.day} {LONG_MONTHS[value.month - 1]}"


def moment_text(value: datetime) -> str:
    """25 November 2026, 09:40."""
    value = value.astimezone(LONDON)
    return f"{long_day(value)}, {value:%H:%M}"


def day_time(value: datetime) -> str:
    """23 Nov, 11:02."""
    value = value.astimezone(LONDON)
    return f"{short_day(value)}, {value:%H:%M}"


def plural(count: int, one: str, many: str | None = None) -> str:
    """1 office, 14 offices; `many` where an s is not enough."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def number(value: float) -> str:
    """1,234."""
    return f"{value:,}"


def initials(name: str) -> str:
    """IW for Imran Wetherby."""
    words = [word for word in name.split() if word[:1].isalnum()]
    return "".join(word[0].upper() for word in (words[:1] + words[-1:] if len(words) > 1 else words))


def url(name: str, /, *args: Any, **kwargs: Any) -> str:
    """The address of a page, by its name and its keys."""
    return reverse(name, args=args, kwargs=kwargs)


def with_query(request: HttpRequest, **changes: Any) -> str:
    """This page's query with some keys changed; a key given None, and the page number unless given, go."""
    query = request.GET.copy()
    query.pop("page", None)
    for key, value in changes.items():
        query.pop(key, None)
        if value is not None and value != "":
            query[key] = str(value)
    return "?" + query.urlencode()


def environment(**options: Any) -> jinja2.Environment:
    """The Jinja2 environment of every page. A name that a template misspells is an error."""
    env = jinja2.Environment(
        **{
            **options,
            "autoescape": True,
            "undefined": jinja2.StrictUndefined,
            "trim_blocks": True,
            "lstrip_blocks": True,
        }
    )
    env.globals.update(url=url, static=static, with_query=with_query)
    env.filters.update(
        day=day,
        short_day=short_day,
        long_day=long_day,
        weekday=weekday,
        moment=moment_text,
        day_time=day_time,
        plural=plural,
        number=number,
        initials=initials,
    )
    return env


def shell(request: HttpRequest) -> dict[str, Any]:
    """What the layout needs around any page."""
    now = moment()
    actor = getattr(request, "actor", None) or stranger(now, now.date())
    return {
        "actor": actor,
        "navigation": rooms(actor, request.path),
        "account_links": account_links(actor),
        "sign_out": address("sign_out"),
        "messages": get_messages(request),
        "nonce": getattr(request, "csp_nonce", ""),
        "demo": settings.ENVIRONMENT.demo,
        "network": network_name(),
        "now": now,
    }


def plain_shell() -> dict[str, Any]:
    """What the layout needs around a page that knows nobody and asks nothing of the database."""
    now = moment()
    empty: dict[str, Any] = {"navigation": [], "account_links": [], "messages": [], "sign_out": None, "nonce": ""}
    actor = stranger(now, now.date())
    return {**empty, "actor": actor, "demo": settings.ENVIRONMENT.demo, "network": "", "now": now}


class FormRenderer(BaseRenderer):
    """Draws Django's forms as GOV.UK components, from templates/forms."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    formset_template_name = "forms/formset.html"

    # Widgets that are not plain inputs; everything else is one <input>.
    _drawn = frozenset(
        [
            "checkbox",
            "checkbox_select",
            "date",
            "input",
            "multiple_hidden",
            "radio",
            "select",
            "select_option",
            "textarea",
        ]
    )

    def get_template(self, template_name: str) -> Any:
        name = template_name.removeprefix("django/")
        if name.startswith("forms/widgets/"):
            widget = name.removeprefix("forms/widgets/").removesuffix(".html")
            name = f"forms/widgets/{widget if widget in self._drawn else 'input'}.html"
        return get_template(name)
