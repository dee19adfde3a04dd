"""Every address of the portal. An app's own addresses stand in its `urls.py`."""

from django.urls import URLPattern, URLResolver, include, path, register_converter

from lanshan_portal import views
from lanshan_portal.addresses import MomentConverter, PeriodConverter, TermConverter

register_converter(PeriodConverter, "period")
register_converter(TermConverter, "term")
register_converter(MomentConverter, "moment")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("", include("units.urls")),
    path("", include("disclosures.urls")),
    path("", include("reports.urls")),
]

handler400 = "lanshan_portal.views.bad_request"
handler500 = "lanshan_portal.views.server_error"
