"""Two issued notices side by side: a corrected one and its original, a month and the one before."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from lanshan_portal.nav import EVERY_READER
from lanshan_portal.periods import Period
from reports.freezing import thaw
from reports.models import IssuedNotice
from reports.views.issued import issued_or_404
from reports.word_review.side_by_side import RowKind, numbers_moved, side_by_side
from units.access import access_of
from units.permissions import require


@require(*EVERY_READER)
@require_safe
def issued_compare(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The notice beside `?with=`: the one it corrects, else that of the period before."""
    issued = issued_or_404(request, pk)
    others = list(
        IssuedNotice.objects.filter(office=issued.office)
        .exclude(pk=pk)
        .select_related("superseded_by")
        .defer("content")
    )
    other = _asked_for(request, others) or _usual(issued, others)
    context: dict[str, Any] = {
        "issued": issued,
        "other": other,
        "others": others,
        "reads_all": access_of(request).reads_all_units,
    }
    if other is not None:
        old, new = thaw(other.content), thaw(issued.content)
        rows = side_by_side(old, new)
        context |= {
            "rows": rows,
            "changed": sum(row.kind is not RowKind.SAME for row in rows),
            "numbers": numbers_moved(old, new),
            "figures": _figures(issued),
            "other_figures": _figures(other),
        }
    return render(request, "reports/issued/compare.html", context)


def _asked_for(request: HttpRequest, others: list[IssuedNotice]) -> IssuedNotice | None:
    wanted = request.GET.get("with", "")
    if not wanted:
        return None
    if not wanted.isdecimal():
        raise Http404
    return get_object_or_404(IssuedNotice, pk=int(wanted), pk__in=[each.pk for each in others])


def _usual(issued: IssuedNotice, others: list[IssuedNotice]) -> IssuedNotice | None:
    """The one it corrects; else, of those in force, the newest of an earlier period, one as long as its own if there is."""
    if issued.supersedes:
        return issued.supersedes
    length = _months(issued.span)
    earlier = [each for each in others if not hasattr(each, "superseded_by") and each.span.start < issued.span.start]
    return max(earlier, key=lambda each: (_months(each.span) == length, each.span.start, each.pk), default=None)


def _months(period: Period) -> int:
    return len(list(period.months()))


def _figures(issued: IssuedNotice) -> dict[str, int]:
    """The page of each of its figures, by the figure's name."""
    return dict(issued.figures.values_list("name", "pk"))
