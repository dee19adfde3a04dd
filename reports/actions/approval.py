"""From hand to hand: sign a warning off, send the draft to be reviewed, pass it on, give it back, approve it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from disclosures import jobs
from disclosures.models import Job
from reports import document_numbers
from reports.actions.drafting import DraftRefused, held
from reports.checks.finding import Finding, Level
from reports.freezing import digest
from reports.models import ConsultedUnit, FindingNote, IssuedNotice, NoticeDraft, NoticeSettings
from reports.preparation import PreparedNotice, prepare_draft
from units import audit
from units.models import User

Stage = NoticeDraft.Stage
ISSUE = "notice_issue"
"""The kind of the job that issues."""


@dataclass(frozen=True)
class Told:
    """A finding of the checks, and who has answered for it with which reason."""

    finding: Finding
    note: FindingNote | None

    @property
    def blocks(self) -> bool:
        """Whether the notice cannot go on while it stands: an error, or a warning nobody answers for."""
        return self.finding.level is Level.ERROR or (self.finding.level is Level.WARNING and self.note is None)

    def as_json(self) -> dict[str, Any]:
        """As an issued notice keeps it."""
        if self.note is None:
            return self.finding.as_json()
        said = {"reason": self.note.reason, "by": str(self.note.by), "at": self.note.at.isoformat()}
        return self.finding.as_json() | said


def told(draft: NoticeDraft, prepared: PreparedNotice) -> list[Told]:
    """What the checks find in the draft, each with its note."""
    notes = {(note.code, note.message): note for note in draft.finding_notes.select_related("by")}
    return [Told(each, notes.get((str(each.code), each.message))) for each in prepared.findings]


def number_fault(draft: NoticeDraft) -> str:
    """What is wrong with the draft's document number; nothing where it is right, or the office numbers no notices."""
    word = NoticeSettings.of(draft.office).number_word
    if not draft.document_number:
        return "还没有发文字号，请在“版面和发文字号”中填写。" if word else ""
    issued = IssuedNotice.objects.filter(office=draft.office).values_list("document_number", flat=True)
    return document_numbers.fault(draft.document_number, draft.issued_on.year, issued)


def what_blocks(draft: NoticeDraft, prepared: PreparedNotice) -> list[str]:
    """Why the draft cannot go on, one sentence a reason."""
    blocking = [each for each in told(draft, prepared) if each.blocks]
    errors = sum(each.finding.level is Level.ERROR for each in blocking)
    found = []
    if errors:
        found.append(f"核对发现{errors}处错误，请先改正。")
    if len(blocking) > errors:
        found.append(f"有{len(blocking) - errors}处提醒还没有说明，请逐条核对，写明理由。")
    if fault := number_fault(draft):
        found.append(fault)
    undecided = ConsultedUnit.objects.current().undecided().filter(consultation__draft=draft).count()
    if undecided:
        found.append(f"有{undecided}家单位的异议还没有答复，请先办理。")
    return found


@transaction.atomic
def sign_off(*, draft: NoticeDraft, code: str, message: str, reason: str, by: User, at: datetime) -> FindingNote:
    """Answer for a warning by name; raises DraftRefused without a reason, and for an error."""
    draft = held(draft)
    reason = reason.strip()
    if not reason:
        raise DraftRefused("请写明理由。")
    found = [each for each in prepare_draft(draft).findings if (str(each.code), each.message) == (code, message)]
    if not found:
        raise DraftRefused("这一条已不存在，请刷新页面。")
    if found[0].level is Level.ERROR:
        raise DraftRefused("错误不能说明了事，请改正后再送审。")
    draft.finding_notes.filter(code=code, message=message).delete()
    note = FindingNote.objects.create(draft=draft, code=code, message=message, reason=reason, by=by, at=at)
    audit.record(
        by=by,
        verb="notice.signed_off",
        office=draft.office,
        target=draft,
        data={"period": draft.period, "message": message, "reason": reason},
    )
    return note


# --- from hand to hand


def _looked_at(draft: NoticeDraft, seen: str) -> PreparedNotice:
    """The draft as it reads now; raises DraftRefused where that is not what was before the eyes, or something blocks."""
    prepared = prepare_draft(draft)
    if digest(prepared.notice) != seen:
        raise DraftRefused("数据或文字刚刚有变化，请重新查看全文后再办理。")
    if blocked := what_blocks(draft, prepared):
        raise DraftRefused("".join(blocked))
    return prepared


def _others(draft: NoticeDraft, by: User, *before: User | None) -> None:
    """Different people draft, review and approve; where the office allows it, one may do two of the three."""
    had = sum(each == by for each in before)
    allowed = 1 if NoticeSettings.of(draft.office).two_roles_by_one else 0
    if had > allowed:
        raise DraftRefused("编制、审核、签发应由不同人员办理，请由其他人员办理这一步。")


def _move(draft: NoticeDraft, stage: str, by: User, *, verb: str, **data: str) -> None:
    draft.stage = stage
    draft.version += 1
    draft.save()
    audit.record(by=by, verb=verb, office=draft.office, target=draft, data={"period": draft.period, **data})


def _at(draft: NoticeDraft, stage: str) -> NoticeDraft:
    draft = held(draft)
    if draft.stage != stage:
        raise DraftRefused(f"通报已在“{draft.get_stage_display()}”环节，请刷新页面。")
    return draft


@transaction.atomic
def submit(*, draft: NoticeDraft, seen: str, by: User, at: datetime) -> NoticeDraft:
    """Send it to be reviewed. `seen` is the digest of what was before the eyes. Raises DraftRefused."""
    draft = _at(draft, Stage.DRAFTING)
    _looked_at(draft, seen)
    draft.submitted_by, draft.submitted_at = by, at
    draft.reviewed_by = draft.reviewed_at = draft.approved_by = draft.approved_at = None
    draft.returned_by, draft.returned_at, draft.return_reason = None, None, ""
    _move(draft, Stage.REVIEW, by, verb="notice.submitted")
    return draft


@transaction.atomic
def pass_on(*, draft: NoticeDraft, seen: str, by: User, at: datetime) -> NoticeDraft:
    """Say that it is right and may be approved."""
    draft = _at(draft, Stage.REVIEW)
    _others(draft, by, draft.submitted_by)
    _looked_at(draft, seen)
    draft.reviewed_by, draft.reviewed_at = by, at
    _move(draft, Stage.APPROVAL, by, verb="notice.reviewed")
    return draft


@transaction.atomic
def give_back(*, draft: NoticeDraft, reason: str, by: User, at: datetime) -> NoticeDraft:
    """Give it back to whoever drafts it, with a reason; from the review or from the approval."""
    draft = held(draft)
    if draft.stage not in (Stage.REVIEW, Stage.APPROVAL) or draft.approved_at:
        raise DraftRefused(f"通报在“{draft.get_stage_display()}”环节，不能退回。")
    reason = reason.strip()
    if not reason:
        raise DraftRefused("请写明退回原因。")
    draft.returned_by, draft.returned_at, draft.return_reason = by, at, reason
    _move(draft, Stage.DRAFTING, by, verb="notice.returned", reason=reason)
    return draft


@transaction.atomic
def approve(*, draft: NoticeDraft, seen: str, by: User, at: datetime) -> Job:
    """签发: exactly these words are issued. The issuing is a job; who presses as the second gets the first one's."""
    draft = held(draft)
    running = Job.objects.filter(kind=ISSUE, arguments__draft=draft.pk).order_by("-pk").first()
    if running and (draft.stage == Stage.ISSUED or draft.approved_at):
        return running
    draft = _at(draft, Stage.APPROVAL)
    _others(draft, by, draft.submitted_by, draft.reviewed_by)
    _looked_at(draft, seen)
    draft.approved_by, draft.approved_at, draft.approved_digest = by, at, seen
    _move(draft, Stage.APPROVAL, by, verb="notice.approved", digest=seen)
    return jobs.begin(
        kind=ISSUE,
        title=f"印发{draft.span.label}通报",
        by=by,
        office=draft.office,
        arguments={"draft": draft.pk},
        at=at,
    )
