"""Addresses of a period: its overview, its notice, the notice's files; of a unit's year; of statistics."""

from django.urls import path

from reports.views import notice, overview, statistics, units

urlpatterns = [
    path("<period:period>/", overview.overview, name="overview"),
    path("<period:period>/brief/", overview.overview_brief, name="overview_brief"),
    path("<period:period>/export/<slug:what>/", overview.overview_export, name="overview_export"),
    path("<period:period>/units/<str:code>/", units.overview_unit, name="overview_unit"),
    path("<period:period>/notice/", notice.notice, name="notice"),
    path("<period:period>/notice/pdf/", notice.notice_pdf, name="notice_pdf"),
    path("<period:period>/notice/file/<slug:form>/", notice.notice_file, name="notice_file"),
    path("units/<str:code>/", units.units_one, name="units_one"),
    path("statistics/", statistics.statistics, name="statistics"),
    path("statistics/export/", statistics.statistics_export, name="statistics_export"),
]
