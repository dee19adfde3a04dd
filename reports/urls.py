"""Addresses of a period: its overview, its notice, the notice's files, its draft; of issued notices; of a unit's year; of statistics; of the settings
that know all floors."""

from django.urls import path

from reports.views import archive, compare, drafts, issued, notice, overview, settings, statistics, units, word

urlpatterns = [
    path("<period:period>/", overview.overview, name="overview"),
    path("<period:period>/brief/", overview.overview_brief, name="overview_brief"),
    path("<period:period>/export/<slug:what>/", overview.overview_export, name="overview_export"),
    path("<period:period>/units/<str:code>/", units.overview_unit, name="overview_unit"),
    path("<period:period>/notice/", notice.notice, name="notice"),
    path("<period:period>/notice/pdf/", notice.notice_pdf, name="notice_pdf"),
    path("<period:period>/notice/file/<slug:form>/", notice.notice_file, name="notice_file"),
    path("<period:period>/draft/", drafts.drafts_begin, name="drafts_begin"),
    path("drafts/<int:pk>/paragraphs/<str:key>/", drafts.drafts_paragraph, name="drafts_paragraph"),
    path("drafts/<int:pk>/paragraphs/<str:key>/act/", drafts.drafts_act, name="drafts_act"),
    path("drafts/<int:pk>/add/", drafts.drafts_add, name="drafts_add"),
    path("drafts/<int:pk>/history/", drafts.drafts_history, name="drafts_history"),
    path("drafts/<int:pk>/particulars/", drafts.drafts_particulars, name="drafts_particulars"),
    path("drafts/<int:pk>/word/", word.drafts_word, name="drafts_word"),
    path("drafts/<int:pk>/sign-off/", drafts.drafts_sign_off, name="drafts_sign_off"),
    path("drafts/<int:pk>/submit/", drafts.drafts_submit, name="drafts_submit"),
    path("drafts/<int:pk>/pass/", drafts.drafts_pass, name="drafts_pass"),
    path("drafts/<int:pk>/return/", drafts.drafts_return, name="drafts_return"),
    path("drafts/<int:pk>/approve/", drafts.drafts_approve, name="drafts_approve"),
    path("drafts/<int:pk>/abandon/", drafts.drafts_abandon, name="drafts_abandon"),
    path("notices/", issued.issued_all, name="issued_all"),
    path("notices/verify/", issued.issued_verify, name="issued_verify"),
    path("notices/<int:pk>/", issued.issued, name="issued"),
    path("notices/<int:pk>/file/<slug:form>/", issued.issued_file, name="issued_file"),
    path("notices/<int:pk>/figures/<int:figure>/", issued.issued_figure, name="issued_figure"),
    path("notices/<int:pk>/receive/<path:code>/", issued.issued_receive, name="issued_receive"),
    path("notices/<int:pk>/correct/", issued.issued_correct, name="issued_correct"),
    path("notices/<int:pk>/archive/", archive.issued_archive, name="issued_archive"),
    path("notices/<int:pk>/compare/", compare.issued_compare, name="issued_compare"),
    path("settings/", settings.settings_all, name="settings"),
    path("settings/notice/", settings.settings_notice, name="settings_notice"),
    path("settings/notice/title/", settings.settings_notice_title, name="settings_notice_title"),
    path("settings/fonts/", settings.settings_fonts, name="settings_fonts"),
    path("settings/state/", settings.settings_state, name="settings_state"),
    path("units/<path:code>/notices/archive/", archive.units_archive, name="units_archive"),
    path("units/<path:code>/", units.units_one, name="units_one"),
    path("statistics/", statistics.statistics, name="statistics"),
    path("statistics/export/", statistics.statistics_export, name="statistics_export"),
]
