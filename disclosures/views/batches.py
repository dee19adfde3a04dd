"""Batches: what was imported, by whom, and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from disclosures.actions.imports import UndoRefused, undo_batch
from disclosures.lists import LISTS
from disclosures.models import ImportBatch
from disclosures.models.sheet_record import SheetRecord
from disclosures.sheets import SHEET_KINDS
from disclosures.sheets.resources.account_store import new_accounts
from disclosures.sheets.resources.accounts import WITHOUT_PASSWORD, WITHOUT_PASSWORD_HERE
from disclosures.views.imports import open_kinds
from units.access import Access, access_of
from units.permissions import require
from units.roles import Permission

PAGE_ROWS = 50


def _visible(access: Access) -> QuerySet[ImportBatch]:
    return ImportBatch.objects.filter(office=access.office).select_related("imported_by", "undone_by")


@require(Permission.IMPORT_SHEETS)
@require_safe
def batches(request: HttpRequest) -> HttpResponseBase:
    """Every batch of the office, newest first."""
    page = Paginator(_visible(access_of(request)), PAGE_ROWS).get_page(request.GET.get("page"))
    return render(
        request,
        "disclosures/imports/batches.html",
        {
            "page": page,
            "pages": page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
            "rows": [(batch, SHEET_KINDS.get(batch.kind, batch.kind)) for batch in page],
        },
    )


@require(Permission.IMPORT_SHEETS)
@require_safe
def batches_one(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One batch, with the way to take it back."""
    access = access_of(request)
    batch = get_object_or_404(_visible(access), pk=pk)
    may_undo = batch.undone_at is None and batch.kind in open_kinds(access)
    without_password = new_accounts(batch) if may_undo and batch.kind == "accounts" else []
    return render(
        request,
        "disclosures/imports/batch.html",
        {
            "batch": batch,
            "warnings": _warnings(batch, here=bool(without_password)),
            "kind": SHEET_KINDS.get(batch.kind, batch.kind),
            "has_list": batch.kind in LISTS,
            "may_undo": may_undo,
            "new_accounts": without_password,
            "edited": _edited_since(batch) if batch.undone_at is None else 0,
            "may_repeat": batch.kind in open_kinds(access),
        },
    )


def _warnings(batch: ImportBatch, *, here: bool) -> list[str]:
    """What was said of the sheet; that passwords are lacking only while they are, and are made `here`."""
    said = [words for words in batch.warnings if words != WITHOUT_PASSWORD]
    return [*said, WITHOUT_PASSWORD_HERE] if here else said


def _edited_since(batch: ImportBatch) -> int:
    """How many of the records a batch wrote somebody has changed by hand since: undoing it takes that back too."""
    kind = SHEET_KINDS.get(batch.kind)
    if kind is None or not issubclass(kind.resource.model, SheetRecord):
        return 0
    written = kind.resource.model._default_manager.filter(batch=batch, edited_at__gt=batch.imported_at)
    return int(written.order_by().count())


@require(Permission.IMPORT_SHEETS)
@require_POST
def batches_undo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take a batch back as a whole, or say why that cannot be."""
    access = access_of(request)
    batch = get_object_or_404(_visible(access).filter(kind__in=open_kinds(access)), pk=pk)
    try:
        undo_batch(batch=batch, by=access.user, at=timezone.now())
    except UndoRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"已撤销“{batch.file_name}”，数据恢复为导入前的内容。")
    return redirect("batches_one", pk)
