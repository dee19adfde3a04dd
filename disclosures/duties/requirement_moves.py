"""What a change to a task would move: found by making it and taking it back, so that it cannot differ from making it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from disclosures.actions.requirements import has_hand_ins, write
from disclosures.compliance import Standing
from disclosures.duties.duty import Duty, Term, duties_of, terms_of
from disclosures.models import Requirement, Submission
from lanshan_portal.periods import Period

NAMES_SHOWN = 8
STATES = {
    Standing.DONE: "按时",
    Standing.LATE: "逾期完成",
    Standing.MISSING: "未完成",
    Standing.AWAITED: "未到期",
    Standing.EXEMPT: "不适用",
}


def what_moves(
    *, requirement: Requirement, fields: Mapping[str, Any], unit_ids: Collection[int], day: date
) -> list[str]:
    """In sentences, who would be asked no longer, who anew, and who would stand otherwise; nothing without hand-ins."""
    if not has_hand_ins(requirement):
        return []
    before = _duties(requirement, day)
    with transaction.atomic():
        changed = Requirement.objects.get(pk=requirement.pk)
        write(changed, fields, unit_ids)
        after = _duties(Requirement.objects.get(pk=requirement.pk), day)
        transaction.set_rollback(True)
    monthly = requirement.recurrence == Requirement.Recurrence.MONTHLY
    return [
        f"{f'{Period.parse(code).in_text}：' if monthly else ''}{sentence}"
        for code in sorted(before.keys() | after.keys())
        for sentence in _sentences(before.get(code, {}), after.get(code, {}))
    ]


def _duties(requirement: Requirement, day: date) -> dict[str, dict[int, Duty]]:
    """By term and unit: the terms in which something was handed in, and the one of the month."""
    codes = set(Submission.objects.filter(requirement=requirement).values_list("term", flat=True))
    if requirement.recurrence == Requirement.Recurrence.MONTHLY:
        codes.add(str(Period.month_of(day)))
    terms = [
        term
        for code in codes
        if (term := Term(requirement, Period.parse(code) if code else None))
        and terms_of(requirement, term.due_on, term.due_on)
    ]
    found = duties_of(dict.fromkeys(terms, day), requirement.office)
    return {term.code: {duty.unit.unit_id: duty for duty in duties} for term, duties in found.items()}


def _sentences(before: Mapping[int, Duty], after: Mapping[int, Duty]) -> Iterable[str]:
    gone = [duty for unit_id, duty in before.items() if unit_id not in after]
    if gone:
        handed = [duty for duty in gone if duty.submissions]
        kept = f"，其中已报送 {len(handed)} 家，材料和记录保留，不再计入统计" if handed else ""
        yield f"不再要求报送 {len(gone)} 家：{_names(gone)}{kept}。"
    new = [duty for unit_id, duty in after.items() if unit_id not in before]
    if new:
        yield f"新增报送单位 {len(new)} 家：{_names(new)}。"
    moved: dict[tuple[Standing, Standing], list[Duty]] = {}
    for unit_id, duty in after.items():
        was = before.get(unit_id)
        if was and was.standing is not duty.standing:
            moved.setdefault((was.standing, duty.standing), []).append(duty)
    for (was_so, is_so), duties in moved.items():
        yield f"由“{STATES[was_so]}”变为“{STATES[is_so]}” {len(duties)} 家：{_names(duties)}。"


def _names(duties: list[Duty]) -> str:
    names = "、".join(duty.unit.short_name for duty in duties[:NAMES_SHOWN])
    return f"{names}等" if len(duties) > NAMES_SHOWN else names
