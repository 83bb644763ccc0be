"""The product's own addresses, and the gallery beside them."""

from django.urls import include, path

from folkmoot.config import urls
from folkmoot.config.urls import handler403, handler404, handler500
from tests.web import gallery

__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [path("gallery/", include(gallery.urlpatterns)), *urls.urlpatterns]
