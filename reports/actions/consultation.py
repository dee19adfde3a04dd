"""预通报: send each named unit its sentences of a draft, take its answer, decide its objection.

Whoever does any of it holds the draft's row, so that nobody answers while the draft is sent to be reviewed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from disclosures.actions.messages import tell
from disclosures.files.keeping import Brought, check, keep
from disclosures.models import Message, RestDay
from lanshan_portal.periods import chinese_date
from reports.actions.drafting import DraftRefused, held
from reports.consultation_state import Entries, entries_of, same_words, why_closed
from reports.models import Consultation, ConsultedUnit, NoticeDraft, NoticeSettings
from reports.preparation import prepare_draft
from units import audit
from units.models import User
from units.people import people_of

Answer, Decision = ConsultedUnit.Answer, ConsultedUnit.Decision
LONGEST = 2_000
"""Characters of a reason."""
MOST_FILES = 10


def address_of(row: ConsultedUnit) -> str:
    """The page on which the unit reads and answers it."""
    return reverse("consultation", args=[row.pk])


def _in_drafting(draft: NoticeDraft) -> NoticeDraft:
    draft = held(draft)
    if draft.stage != NoticeDraft.Stage.DRAFTING:
        raise DraftRefused(f"通报已进入“{draft.get_stage_display()}”环节，不能办理预通报。")
    return draft


# --- sending


@transaction.atomic
def send(*, draft: NoticeDraft, by: User, at: datetime) -> Consultation:
    """Send every named unit its sentences; again, only those whose sentences are others by now. Raises DraftRefused.

    Answers to sentences that stand are kept; those to others are kept beside the sentences they were given to.
    """
    draft = _in_drafting(draft)
    prepared = prepare_draft(draft)
    now = entries_of(prepared)
    consultation = Consultation.objects.filter(draft=draft).first()
    if not now and consultation is None:
        raise DraftRefused("初稿没有点到任何单位，不需要预通报。")
    current = {row.unit_id: row for row in consultation.units.current()} if consultation else {}
    gone = [row for unit_id, row in current.items() if unit_id not in now]
    changed = [row for unit_id, row in current.items() if unit_id in now and not same_words(row.entries, now[unit_id])]
    fresh = [unit_id for unit_id in now if unit_id not in current]
    if consultation and not (gone or changed or fresh):
        raise DraftRefused("各单位的内容没有变化，不需要重新发送。")
    if waiting := [row.unit_name for row in (*changed, *gone) if row.awaits_decision]:
        raise DraftRefused(f"{'、'.join(waiting)}的异议还没有答复，请先办理，再重新发送。")
    consultation = _sent(consultation, draft, by, at)
    ConsultedUnit.objects.filter(pk__in=[row.pk for row in (*changed, *gone)]).update(replaced_at=at)
    names = {
        unit_id: prepared.directory.entry(unit_id, draft.issued_on).short_name
        for unit_id in (*fresh, *(row.unit_id for row in changed))
    }
    rows = [_row(consultation, unit_id, name, now[unit_id], at) for unit_id, name in names.items()]
    _tell_units(consultation, rows, gone, anew={row.unit_id for row in changed}, at=at)
    audit.record(
        by=by,
        verb="consultation.sent",
        office=draft.office,
        target=draft,
        data={"period": draft.period, "units": [row.unit_name for row in rows]},
    )
    return consultation


def _sent(consultation: Consultation | None, draft: NoticeDraft, by: User, at: datetime) -> Consultation:
    """The consultation, sent now, with the day until which answers are taken."""
    consultation = consultation or Consultation(draft=draft)
    days = NoticeSettings.of(draft.office).consult_days
    consultation.sent_by, consultation.sent_at = by, at
    consultation.answer_by = RestDay.objects.calendar().add(timezone.localdate(at), days)
    consultation.save()
    return consultation


def _row(consultation: Consultation, unit_id: int, name: str, entries: Entries, at: datetime) -> ConsultedUnit:
    return ConsultedUnit.objects.create(
        consultation=consultation, unit_id=unit_id, unit_name=name, entries=entries, sent_at=at
    )


def _tell_units(
    consultation: Consultation,
    rows: Sequence[ConsultedUnit],
    gone: Iterable[ConsultedUnit],
    *,
    anew: Collection[int],
    at: datetime,
) -> None:
    label, until = consultation.draft.span.label, chinese_date(consultation.answer_by, with_year=False)
    for row in rows:
        again = row.unit_id in anew
        _tell_unit(
            row,
            title=f"{label}预通报{'有修改，请重新核对' if again else '请核对'}",
            body=f"通报初稿有{len(row.entries)}处点到{row.unit_name}，请在{until}前确认或者提出异议，没有回复的按未回复记录。",
            urgent=True,
            at=at,
        )
    for row in gone:
        _tell_unit(
            row,
            title=f"{label}预通报已修改，不再点到{row.unit_name}",
            body="通报初稿已修改，不需要回复。",
            urgent=False,
            at=at,
        )


def _tell_unit(row: ConsultedUnit, *, title: str, body: str, urgent: bool, at: datetime) -> None:
    people = people_of([row.unit_id], timezone.localdate(at))[row.unit_id]
    tell(
        office=row.consultation.draft.office,
        people=dict.fromkeys((*people.liaisons, *people.leaders)),
        kind=Message.Kind.NOTICE,
        title=title,
        body=body,
        address=address_of(row),
        unit=row.unit,
        urgent=urgent,
        at=at,
    )


# --- answering


def _held_row(row: ConsultedUnit) -> ConsultedUnit:
    """The row as it is now, its draft held."""
    held(row.consultation.draft)
    return ConsultedUnit.objects.select_related("consultation__draft__office", "unit").get(pk=row.pk)


@transaction.atomic
def answer(
    *,
    row: ConsultedUnit,
    answer: str,
    words: str = "",
    files: Sequence[Brought] = (),
    kept: Collection[int] = (),
    by: User,
    at: datetime,
) -> ConsultedUnit:
    """The unit's answer; until it is decided it may be given otherwise. `kept` are files of the answer before that stay.

    Raises DraftRefused, and FilesRefused with a sentence for each file.
    """
    row = _held_row(row)
    if closed := why_closed(row, timezone.localdate(at)):
        raise DraftRefused(closed)
    words = words.strip()
    if answer not in Answer:
        raise DraftRefused("请选择“确认无误”或者“提出异议”。")
    objects = answer == Answer.OBJECTED
    if objects and not words:
        raise DraftRefused("请写明异议理由。")
    if len(words) > LONGEST:
        raise DraftRefused(f"异议理由有{len(words)}个字，请压缩到{LONGEST}个字以内。")
    staying = list(row.files.filter(pk__in=kept)) if objects else []
    if len(staying) + len(files) > MOST_FILES:
        raise DraftRefused(f"佐证材料最多 {MOST_FILES} 个文件，请打包成 zip 后上传。")
    check(files)
    office = row.consultation.draft.office
    row.answer, row.words = answer, words if objects else ""
    row.answered_by, row.answered_at = by, at
    row.save(update_fields=["answer", "words", "answered_by", "answered_at"])
    brought = [keep(name=file.name, content=file.content, office=office, by=by, at=at) for file in files if objects]
    row.files.set([*staying, *brought])
    audit.record(
        by=by,
        verb="consultation.answered",
        office=office,
        target=row,
        data={
            "period": row.consultation.draft.period,
            "unit": row.unit_name,
            "answer": row.answer_in_words,
            "words": row.words,
        },
    )
    if objects:
        _tell_drafter(row, at)
    return row


def _tell_drafter(row: ConsultedUnit, at: datetime) -> None:
    """Tell who drafts the notice, and who asked, that a unit objects."""
    consultation, draft = row.consultation, row.consultation.draft
    tell(
        office=draft.office,
        people=dict.fromkeys((draft.drafted_by, consultation.sent_by)),
        kind=Message.Kind.NOTICE,
        title=f"{row.unit_name}对{draft.span.label}预通报有异议",
        body=row.words,
        address=f"{reverse('notice', args=[draft.span])}#consultation",
        unit=row.unit,
        urgent=True,
        at=at,
    )


# --- deciding


@transaction.atomic
def decide(*, row: ConsultedUnit, decision: str, words: str, seen: str, by: User, at: datetime) -> ConsultedUnit:
    """The office's answer to an objection, with its reason. What is upheld is mended in the draft or in the data by hand.

    `seen` is the moment of the objection that was before the eyes. Raises DraftRefused.
    """
    row = _held_row(row)
    draft = row.consultation.draft
    if draft.stage != NoticeDraft.Stage.DRAFTING:
        raise DraftRefused(f"通报已进入“{draft.get_stage_display()}”环节，不能办理预通报。")
    words = words.strip()
    if row.decision:
        raise DraftRefused(f"{row.decided_by}已答复这一异议。")
    if not row.awaits_decision:
        raise DraftRefused(f"{row.unit_name}已撤回异议，请刷新页面。")
    if row.answered_at is None or row.answered_at.isoformat() != seen:
        raise DraftRefused(f"{row.unit_name}刚刚修改了异议，请重新核对后再办理。")
    if decision not in Decision:
        raise DraftRefused("请选择“采纳”或者“不采纳”。")
    if not words:
        raise DraftRefused("请写明采纳或者不采纳的理由。")
    if len(words) > LONGEST:
        raise DraftRefused(f"理由有{len(words)}个字，请压缩到{LONGEST}个字以内。")
    row.decision, row.decision_words = decision, words
    row.decided_by, row.decided_at = by, at
    row.save(update_fields=["decision", "decision_words", "decided_by", "decided_at"])
    audit.record(
        by=by,
        verb="consultation.decided",
        office=draft.office,
        target=row,
        data={
            "period": draft.period,
            "unit": row.unit_name,
            "decision": row.get_decision_display(),
            "words": words,
        },
    )
    _tell_unit(
        row,
        title=f"{draft.span.label}预通报异议{row.get_decision_display()}",
        body=words,
        urgent=True,
        at=at,
    )
    return row
