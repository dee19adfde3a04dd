"""Addresses of a period: its overview, its notice, the notice's files."""

from django.urls import path

from reports.views import notice, overview

urlpatterns = [
    path("<period:period>/", overview.overview, name="overview"),
    path("<period:period>/notice/", notice.notice, name="notice"),
    path("<period:period>/notice/pdf/", notice.notice_pdf, name="notice_pdf"),
    path("<period:period>/notice/file/<slug:form>/", notice.notice_file, name="notice_file"),
]
