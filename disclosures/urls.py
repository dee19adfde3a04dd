"""Addresses of lists, of sheets coming in, and of batches."""

from django.urls import include, path

from disclosures.views import batches, imports, jobs, rows

urlpatterns = [
    path("", include("disclosures.task_urls")),
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
]
