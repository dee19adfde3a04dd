"""The portal's addresses with the pages that other parts bring: where the overview leads to them, it must find them."""

from django.http import HttpResponse
from django.urls import path

from lanshan_portal.urls import handler500
from lanshan_portal.urls import urlpatterns as own

__all__ = ["handler500", "urlpatterns"]


def page(request, **arguments):
    """Somewhere."""
    return HttpResponse("")


urlpatterns = [
    path("reminders/new/", page, name="reminders_new"),
    path("exceptions/new/", page, name="exceptions_new"),
    path("tasks/<str:code>/<str:term>/<str:unit>/", page, name="duty"),
    *own,
]
