"""Personal links: the address that a mail holds."""

from django.conf import settings
from django.urls import reverse


def link_address(secret: str) -> str:
    """The full address of a personal link."""
    return f"{settings.ENVIRONMENT.address}{reverse('link', args=[secret])}"
