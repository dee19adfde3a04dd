"""Addresses of a period: its overview, its notice, the notice's files; of a unit's year; of statistics; of the settings
that know all floors."""

from django.urls import path

from reports.views import notice, overview, settings, statistics, units

urlpatterns = [
    path("<period:period>/", overview.overview, name="overview"),
    path("<period:period>/brief/", overview.overview_brief, name="overview_brief"),
    path("<period:period>/export/<slug:what>/", overview.overview_export, name="overview_export"),
    path("<period:period>/units/<str:code>/", units.overview_unit, name="overview_unit"),
    path("<period:period>/notice/", notice.notice, name="notice"),
    path("<period:period>/notice/pdf/", notice.notice_pdf, name="notice_pdf"),
    path("<period:period>/notice/file/<slug:form>/", notice.notice_file, name="notice_file"),
    path("settings/", settings.settings_all, name="settings"),
    path("settings/notice/", settings.settings_notice, name="settings_notice"),
    path("settings/notice/title/", settings.settings_notice_title, name="settings_notice_title"),
    path("settings/fonts/", settings.settings_fonts, name="settings_fonts"),
    path("settings/state/", settings.settings_state, name="settings_state"),
    path("units/<path:code>/", units.units_one, name="units_one"),
    path("statistics/", statistics.statistics, name="statistics"),
    path("statistics/export/", statistics.statistics_export, name="statistics_export"),
]
