"""How the asking about a draft stands: what each named unit would be sent now, who has answered, what the record keeps."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from lanshan_portal.periods import chinese_date
from reports.models import Consultation, ConsultedUnit, NoticeDraft
from reports.naming import blamed, part_of, sentences_naming
from reports.preparation import PreparedNotice

Stage = NoticeDraft.Stage
Entries = list[dict[str, Any]]
"""What a unit is sent: its sentences, each with the part of the notice it stands in."""


def entries_of(prepared: PreparedNotice) -> dict[int, Entries]:
    """The sentences that name each unit, as that unit reads them."""
    notice = prepared.notice
    return {
        unit_id: [
            {
                "part": part_of(notice, sentence.section),
                "pieces": [[str(part), words] for part, words in sentence.pieces],
            }
            for sentence in sentences_naming(notice, {unit_id})
        ]
        for unit_id in blamed(notice)
    }


def same_words(one: Entries, other: Entries) -> bool:
    """Whether they are the same sentences, wherever they stand."""
    return [entry["pieces"] for entry in one] == [entry["pieces"] for entry in other]


def consultation_of(draft: NoticeDraft) -> Consultation | None:
    """The asking about the draft, where it was sent."""
    return Consultation.objects.filter(draft=draft).select_related("sent_by").first()


@dataclass(frozen=True)
class ConsultationState:
    """How the asking about a draft stands on its desk."""

    draft: NoticeDraft
    consultation: Consultation | None
    units: tuple[ConsultedUnit, ...]
    """What stands, in official order."""
    past: tuple[ConsultedUnit, ...]
    """Objections to sentences that were replaced since."""
    named: int
    """How many units the draft names now."""
    moved: tuple[str, ...]
    """The units that would be sent something else now."""

    @cached_property
    def counts(self) -> Counter[str]:
        """How many units gave each answer; those without one under the empty word."""
        return Counter(each.answer for each in self.units)

    @property
    def confirmed(self) -> int:
        """How many confirmed."""
        return self.counts[ConsultedUnit.Answer.CONFIRMED]

    @property
    def objected(self) -> int:
        """How many object."""
        return self.counts[ConsultedUnit.Answer.OBJECTED]

    @property
    def unanswered(self) -> int:
        """How many have said nothing."""
        return self.counts[""]

    def awaited_on(self, day: date) -> int:
        """How many may still answer on that day and have not."""
        return self.unanswered if self.consultation and day <= self.consultation.answer_by else 0


def state_of(draft: NoticeDraft, prepared: PreparedNotice) -> ConsultationState:
    """The state of the asking about a draft as it was prepared."""
    consultation = consultation_of(draft)
    now = entries_of(prepared)
    rows = list(_rows(consultation)) if consultation else []
    current = {row.unit_id: row for row in rows if row.replaced_at is None}
    gone = [row.unit_name for row in current.values() if row.unit_id not in now]
    changed = [
        prepared.directory.entry(unit_id, prepared.notice.issued_on).short_name
        for unit_id, entries in now.items()
        if unit_id not in current or not same_words(entries, current[unit_id].entries)
    ]
    return ConsultationState(
        draft=draft,
        consultation=consultation,
        units=tuple(current.values()),
        past=tuple(row for row in rows if row.replaced_at and row.is_objected),
        named=len(now),
        moved=(*changed, *gone),
    )


def _rows(consultation: Consultation) -> QuerySet[ConsultedUnit]:
    return consultation.units.select_related("answered_by", "decided_by").prefetch_related("files")


def why_closed(row: ConsultedUnit, day: date) -> str:
    """Why the unit cannot answer on `day`; nothing where it can."""
    stage, until = row.consultation.draft.stage, row.consultation.answer_by
    if stage == Stage.ABANDONED:
        return "通报初稿已作废，不需要回复。"
    if row.replaced_at:
        return "通报初稿已修改，这些内容不再使用，不需要回复。"
    if stage == Stage.ISSUED:
        return "通报已印发，不能再回复。"
    if stage != Stage.DRAFTING:
        return "通报已送审，不能再回复。"
    if row.decision:
        return "办公室已答复，不能再修改回复。"
    if day > until:
        last = chinese_date(until, with_year=False)
        return f"回复期限{last}已过，{'不能再修改回复' if row.answer else '按未回复记录'}。"
    return ""


def record_of(draft: NoticeDraft) -> dict[str, Any] | None:
    """What an issued notice keeps of the asking: how each unit answered, every objection with what the office said of it.

    None where nobody was asked.
    """
    consultation = consultation_of(draft)
    if consultation is None:
        return None
    rows = list(_rows(consultation))
    current = [row for row in rows if row.replaced_at is None]
    counts = Counter(row.answer for row in current)
    return {
        "sent_by": str(consultation.sent_by),
        "sent_at": consultation.sent_at.isoformat(),
        "answer_by": consultation.answer_by.isoformat(),
        "units": len(current),
        "confirmed": counts[ConsultedUnit.Answer.CONFIRMED],
        "objected": counts[ConsultedUnit.Answer.OBJECTED],
        "unanswered": counts[""],
        "answers": [{"unit": row.unit_name, "answer": row.answer_in_words} for row in current],
        "objections": [_objection(row) for row in rows if row.is_objected],
    }


def _objection(row: ConsultedUnit) -> dict[str, Any]:
    return {
        "unit": row.unit_name,
        "sentences": ["".join(words for _, words in entry["pieces"]) for entry in row.entries],
        "words": row.words,
        "files": [{"name": file.name, "sha256": file.sha256} for file in row.files.all()],
        "by": str(row.answered_by),
        "at": row.answered_at.isoformat() if row.answered_at else None,
        "decision": row.get_decision_display(),
        "decision_words": row.decision_words,
        "decided_by": str(row.decided_by) if row.decided_by else None,
        "decided_at": row.decided_at.isoformat() if row.decided_at else None,
    }
