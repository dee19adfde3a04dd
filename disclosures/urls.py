"""Addresses of lists, of sheets coming in, of batches, jobs, reminders, messages and settings."""

from django.urls import path

from disclosures.views import batches, imports, jobs, messages, reminders, rows
from disclosures.views.settings import calendar, deadlines, office, pages, sample, terms
from disclosures.views.settings import reminders as reminder_settings

urlpatterns = [
    path("rows/<slug:kind>/", rows.rows, name="rows"),
    path("rows/<slug:kind>/export/", rows.rows_export, name="rows_export"),
    path("rows/<slug:kind>/<int:pk>/", rows.record, name="record"),
    path("imports/", imports.imports, name="imports"),
    path("imports/batches/", batches.batches, name="batches"),
    path("imports/batches/<int:pk>/", batches.batches_one, name="batches_one"),
    path("imports/batches/<int:pk>/undo/", batches.batches_undo, name="batches_undo"),
    path("imports/<slug:kind>/", imports.imports_kind, name="imports_kind"),
    path("imports/<slug:kind>/template/", imports.imports_template, name="imports_template"),
    path("imports/<slug:kind>/<str:token>/", imports.imports_check, name="imports_check"),
    path("imports/<slug:kind>/<str:token>/confirm/", imports.imports_confirm, name="imports_confirm"),
    path("imports/<slug:kind>/<str:token>/discard/", imports.imports_discard, name="imports_discard"),
    path("imports/<slug:kind>/<str:token>/marked/", imports.imports_marked, name="imports_marked"),
    path("jobs/", jobs.jobs_all, name="jobs"),
    path("jobs/mine/", jobs.jobs_mine, name="jobs_mine"),
    path("jobs/<int:pk>/cancel/", jobs.jobs_cancel, name="jobs_cancel"),
    path("jobs/<int:pk>/put-away/", jobs.jobs_put_away, name="jobs_put_away"),
    path("jobs/<int:pk>/result/", jobs.jobs_result, name="jobs_result"),
    path("reminders/", reminders.reminders, name="reminders"),
    path("reminders/new/", reminders.reminders_new, name="reminders_new"),
    path("reminders/calls/", reminders.reminders_calls, name="reminders_calls"),
    path("reminders/<slug:code>/", reminders.reminders_one, name="reminders_one"),
    path("reminders/<slug:code>/take-back/", reminders.reminders_take_back, name="reminders_take_back"),
    path("messages/", messages.messages, name="messages"),
    path("messages/read/", messages.messages_read, name="messages_read"),
    path("messages/unread/<int:stamp>/", messages.messages_unread, name="messages_unread"),
    path("messages/mail/", messages.messages_mail, name="messages_mail"),
    path("messages/<int:pk>/", messages.messages_one, name="messages_one"),
    path("settings/office/", office.settings_office, name="settings_office"),
    path("settings/terms/<slug:kind>/", terms.settings_terms, name="settings_terms"),
    path("settings/deadlines/", deadlines.settings_deadlines, name="settings_deadlines"),
    path("settings/deadlines/<int:pk>/", deadlines.settings_deadlines, name="settings_deadlines"),
    path("settings/calendar/", calendar.settings_calendar, name="settings_calendar"),
    path("settings/calendar/<int:year>/", calendar.settings_calendar, name="settings_calendar"),
    path(
        "settings/calendar/<int:year>/<int:month>/<int:day>/",
        calendar.settings_calendar_day,
        name="settings_calendar_day",
    ),
    path("settings/reminders/", reminder_settings.settings_reminders, name="settings_reminders"),
    path("settings/reminders/test-mail/", reminder_settings.settings_test_mail, name="settings_test_mail"),
    path("settings/sample/", sample.settings_sample, name="settings_sample"),
    path("settings/sample/load/", sample.settings_sample_load, name="settings_sample_load"),
    path("settings/sample/remove/", sample.settings_sample_remove, name="settings_sample_remove"),
    path("settings/undo/<int:pk>/", pages.settings_undo, name="settings_undo"),
]
