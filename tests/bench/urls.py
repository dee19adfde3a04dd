"""The portal's addresses and one that shows nothing: the floor pages are measured from."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from lanshan_portal.urls import urlpatterns as portal
from units.permissions import signed_in_only


@signed_in_only
def empty(request: HttpRequest) -> HttpResponse:
    """Nothing, for who is signed in."""
    return HttpResponse("")


urlpatterns = [path("empty/", empty, name="empty"), *portal]
