"""Form fields that Django lacks: a date in three boxes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

PARTS = ("day", "month", "year")
# Stands between the three texts on their way to the field. Nobody types it, so what was typed can be shown again.
SEPARATOR = "\x1f"


class DateBoxes(forms.Widget):
    """Day, month and year, each in a box of its own, as the design system asks."""

    template_name = "forms/widgets/date.html"
    use_fieldset = True

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_day"

    def format_value(self, value: Any) -> Any:
        """The three texts to show: of a date, or of whatever was typed."""
        if isinstance(value, date):
            return (str(value.day), str(value.month), str(value.year))
        year, month, day = str(value).split(SEPARATOR) if value else ("", "", "")
        return (day, month, year)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        id_ = context["widget"]["attrs"].get("id", f"id_{name}")
        context["widget"]["boxes"] = [
            {"id": f"{id_}_{part}", "name": f"{name}_{part}", "label": part.capitalize(), "value": text}
            for part, text in zip(PARTS, context["widget"]["value"], strict=True)
        ]
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str | None:
        typed = [str(data.get(f"{name}_{part}", "")).replace(SEPARATOR, "").strip() for part in PARTS]
        if not any(typed):
            return None
        day, month, year = typed
        return SEPARATOR.join((year, month, day))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(f"{name}_{part}" in data for part in PARTS)


class DayField(forms.DateField):
    """A date typed in three boxes."""

    widget = DateBoxes

    def __init__(self, **kwargs: Any) -> None:
        messages = {"invalid": "Write a real date, such as 4 12 2026.", "required": "Write a date, such as 4 12 2026."}
        kwargs["error_messages"] = messages | kwargs.get("error_messages", {})
        super().__init__(input_formats=[f"%Y{SEPARATOR}%m{SEPARATOR}%d"], **kwargs)
