"""The accounts of a list as a sheet of the kind."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from disclosures.downloads import XLSX, download
from disclosures.sheets.export import export
from units import audit
from units.access import access_of, office_of
from units.permissions import require
from units.roles import Permission
from units.views.accounts import accounts_found, directory_of


@require(Permission.MANAGE_USERS)
@require_safe
def accounts_export(request: HttpRequest) -> HttpResponseBase:
    """The accounts that are listed, with the appointments that have no end: the sheet re-imports unchanged."""
    office = office_of(request)
    form, found = accounts_found(request, office, directory_of(office))
    if form.errors:
        raise Http404
    content = export("accounts", office, None, found.order_by().values("pk"))
    audit.record(
        by=access_of(request).user,
        verb="rows.exported",
        office=office,
        data={"kind": "accounts", "filters": request.GET.dict(), "bytes": len(content)},
    )
    return download(content, name="账号.xlsx", fallback="accounts.xlsx", content_type=XLSX)
