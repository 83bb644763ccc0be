"""The pages of the reviews: where a change in the register leads, and how its items are ticked off."""

from typing import Any

from django.urls import reverse

from folkmoot.apps.members.models import Review
from tests.cast import TODAY, Cast
from tests.positions_world import circulate, draft, fill_register


def test_a_change_of_mayor_leads_to_what_it_touches_and_each_is_ticked_off(cast: Cast, sign_in_as: Any) -> None:
    fill_register()
    circulate(cast, draft(cast))
    coordinator = sign_in_as("coordinator")
    day = {f"valid_from_{part}": getattr(TODAY, part) for part in ("day", "month", "year")}

    response = coordinator.post(
        reverse("holder_change", args=["aldermere-mayor"]),
        {
            "name": "Nell Carrow",
            "party": "New Start",
            "valid_from": TODAY.isoformat(),
            "ends_present_term": "on",
            **day,
        },
        follow=True,
    )

    review = Review.objects.get()
    page = response.content.decode()
    assert response.redirect_chain[-1][0] == reverse("review", args=[review.key])
    for words in ("Nell Carrow is Mayor of Aldermere", "Bus franchising", "It is with this office for an answer."):
        assert words in page
    assert review.words in coordinator.get(reverse("home")).content.decode()
    for item in review.items.all():
        coordinator.post(reverse("review_tick", args=[review.key, item.key]), {"state": "looked"})
    assert "All of it was looked at." in coordinator.get(reverse("review", args=[review.key])).content.decode()
    assert review.words not in coordinator.get(reverse("home")).content.decode()
    assert "Cora Field" in coordinator.get(reverse("review", args=[review.key])).content.decode()


def test_an_empty_list_says_when_there_will_be_one(sign_in_as: Any) -> None:
    assert "No change has touched anything yet." in sign_in_as("officer").get(reverse("reviews")).content.decode()


def test_who_only_reads_the_register_is_offered_no_reviews(sign_in_as: Any) -> None:
    assert reverse("reviews") not in sign_in_as("mayor").get(reverse("members")).content.decode()
    assert sign_in_as("mayor").get(reverse("reviews")).status_code == 403
