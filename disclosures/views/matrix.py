"""The table of who has handed in: units by a month's tasks, or by twelve months of one task; on the page and as a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from disclosures.downloads import XLSX, download
from disclosures.duties.matrix import DutyMatrix, of_month, of_requirement
from disclosures.duties.sheets import of_matrix
from disclosures.duties.states import Stage
from disclosures.models import Requirement
from disclosures.month_in_view import issue_date, look_at, month_asked_for, month_switch
from lanshan_portal.periods import Period, PeriodKind, chinese_date
from units import audit
from units.access import Access, access_of, office_of
from units.models import Unit
from units.permissions import require
from units.roles import Permission

SHOWN: dict[str, tuple[str, tuple[Stage, ...]]] = {
    "": ("全部", ()),
    "open": ("有未报送", (Stage.OPEN, Stage.RETURNED)),
    "returned": ("有退回", (Stage.RETURNED,)),
    "review": ("有待审核", (Stage.REVIEW,)),
}


@dataclass(frozen=True)
class Asked:
    """What an address of the table asks for."""

    access: Access
    month: Period
    requirement: Requirement | None
    as_of: date
    matrix: DutyMatrix
    show: str
    group: str

    @property
    def shown(self) -> DutyMatrix:
        """The rows selected."""
        return self.matrix.only(*SHOWN[self.show][1], group=self.group)

    @property
    def title(self) -> str:
        """政务访谈稿近12个月报送情况, 2020年6月报送情况."""
        return f"{self.requirement.name}近12个月报送情况" if self.requirement else f"{self.month.label}报送情况"

    def address(self, name: str, **changed: str) -> str:
        """The page of that name about the same, with some parameters changed."""
        given = {
            "month": str(self.month),
            "requirement": self.requirement.code if self.requirement else "",
            "show": self.show,
            "group": self.group,
        } | changed
        return f"{reverse(name)}?{urlencode({key: value for key, value in given.items() if value})}"


def _asked(request: HttpRequest) -> Asked:
    access, office = access_of(request), office_of(request)
    month = _month(request)
    code = request.GET.get("requirement", "")
    requirement = None
    if code:
        monthly = Requirement.objects.filter(recurrence=Requirement.Recurrence.MONTHLY).select_related("group")
        requirement = get_object_or_404(monthly.prefetch_related("units"), office=office, code=code)
    as_of = issue_date(request, month)
    matrix = of_requirement(office, requirement, month, as_of) if requirement else of_month(office, month, as_of)
    show = request.GET.get("show", "")
    return Asked(access, month, requirement, as_of, matrix, show if show in SHOWN else "", request.GET.get("group", ""))


def _month(request: HttpRequest) -> Period:
    month = month_asked_for(request)
    if month.kind is not PeriodKind.MONTH:
        month = Period.month_of(month.last)
    look_at(request, month)
    return month


@require(Permission.READ_ALL_UNITS)
@require_safe
def duties_matrix(request: HttpRequest) -> HttpResponseBase:
    """The table."""
    asked = _asked(request)
    matrix = asked.shown
    context: dict[str, Any] = {
        "asked": asked,
        "matrix": matrix,
        "requirement": asked.requirement,
        "month": asked.month,
        "as_of": asked.as_of,
        "title": asked.title,
        "month_switch": month_switch(
            request, asked.month, lambda month: asked.address("duties_matrix", month=str(month))
        ),
        "choices": [
            (value, words, len(asked.matrix.only(*stages).rows), asked.address("duties_matrix", show=value, group=""))
            for value, (words, stages) in SHOWN.items()
        ],
        "groups": [
            (name, len(rows), asked.address("duties_matrix", group=name, show="")) for name, rows in asked.matrix.groups
        ],
        "export_address": asked.address("duties_matrix_export"),
        "initials": dict(Unit.objects.filter(office=asked.access.office).values_list("pk", "initials")),
        "may_grant": asked.access.may(Permission.GRANT_EXCEPTIONS),
        "may_remind": asked.access.may(Permission.REMIND),
    }
    return render(request, "disclosures/matrix.html", context)


@require(Permission.READ_ALL_UNITS)
@require_safe
def duties_matrix_export(request: HttpRequest) -> HttpResponseBase:
    """The rows of the table as they are shown."""
    asked = _asked(request)
    content = of_matrix(asked.shown, f"{asked.title}（截至{chinese_date(asked.as_of)}）")
    audit.record(
        by=asked.access.user,
        verb="rows.exported",
        office=asked.access.office,
        data={"kind": "matrix", "filters": request.GET.dict(), "bytes": len(content)},
    )
    return download(content, name=f"{asked.title}.xlsx", fallback=f"hand-ins-{asked.month}.xlsx", content_type=XLSX)
