"""Addresses of lists, of sheets coming in, of batches, of the register, of handing over, and of the log as a file."""

from django.urls import path

from disclosures.views import batches, hand_over, imports, jobs, log, register, register_changes, register_order, rows

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
    path("accounts/hand-over/", hand_over.accounts_hand_over, name="accounts_hand_over"),
    path("units/", register.units, name="units"),
    path("units/export/", register.units_export, name="units_export"),
    path("units/new/", register_changes.units_new, name="units_new"),
    path("units/order/", register_order.units_order, name="units_order"),
    path("units/groups/", register_order.units_groups, name="units_groups"),
    path("units/groups/<int:pk>/rename/", register_order.units_groups_rename, name="units_groups_rename"),
    path("units/groups/<int:pk>/move/", register_order.units_groups_move, name="units_groups_move"),
    path("units/groups/<int:pk>/remove/", register_order.units_groups_remove, name="units_groups_remove"),
    # A code is the office's own text and may hold a stroke.
    path("units/<path:code>/register/", register.units_register, name="units_register"),
    path("units/<path:code>/correct/", register_changes.units_correct, name="units_correct"),
    path("units/<path:code>/change/", register_changes.units_change, name="units_change"),
    path("units/<path:code>/change/undo/", register_changes.units_change_undo, name="units_change_undo"),
    path("units/<path:code>/dissolve/", register_changes.units_dissolve, name="units_dissolve"),
    path("units/<path:code>/reinstate/", register_changes.units_reinstate, name="units_reinstate"),
    path("units/<path:code>/aliases/", register_changes.units_alias_add, name="units_alias_add"),
    path("units/<path:code>/aliases/<int:pk>/remove/", register_changes.units_alias_remove, name="units_alias_remove"),
    path("units/<path:code>/hand-over/", hand_over.units_hand_over, name="units_hand_over"),
    path("log/export/", log.export, name="log_export"),
    path("jobs/", jobs.jobs_all, name="jobs"),
    path("jobs/mine/", jobs.jobs_mine, name="jobs_mine"),
    path("jobs/<int:pk>/cancel/", jobs.jobs_cancel, name="jobs_cancel"),
    path("jobs/<int:pk>/put-away/", jobs.jobs_put_away, name="jobs_put_away"),
    path("jobs/<int:pk>/result/", jobs.jobs_result, name="jobs_result"),
]
