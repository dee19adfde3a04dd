"""Addresses of lists, of sheets coming in, and of batches."""

from django.urls import path

from disclosures.views import batches, imports, rows

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
]
