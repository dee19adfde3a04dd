"""Addresses of a period: its overview, its notice, the notice's files; and of the settings that know all floors."""

from django.urls import path

from reports.views import notice, overview, settings

urlpatterns = [
    path("<period:period>/", overview.overview, name="overview"),
    path("<period:period>/notice/", notice.notice, name="notice"),
    path("<period:period>/notice/pdf/", notice.notice_pdf, name="notice_pdf"),
    path("<period:period>/notice/file/<slug:form>/", notice.notice_file, name="notice_file"),
    path("settings/", settings.settings_all, name="settings"),
    path("settings/notice/", settings.settings_notice, name="settings_notice"),
    path("settings/notice/title/", settings.settings_notice_title, name="settings_notice_title"),
    path("settings/fonts/", settings.settings_fonts, name="settings_fonts"),
    path("settings/state/", settings.settings_state, name="settings_state"),
]
