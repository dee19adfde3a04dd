"""Working at a draft: beginning it, putting paragraphs otherwise, leaving them out, adding and moving them, its particulars.

One at a time: whoever changes a draft holds its row, and names the version that was before the eyes.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from lanshan_portal.periods import Period
from reports.amendments import Bindings, Piece, rebound, words_of
from reports.composition import by_key, drafted
from reports.models import DraftParagraph, IssuedNotice, NoticeDraft, ParagraphRevision
from reports.preparation import prepare, prepare_draft
from reports.sections.draft import SectionDraft
from units import audit
from units.models import Office, User

Kind, Act = DraftParagraph.Kind, ParagraphRevision.Act
LONGEST = 5_000
"""Characters of one paragraph."""


class DraftRefused(Exception):
    """Something cannot be done to a draft; the message is the sentence for the person."""


class ParagraphMoved(DraftRefused):
    """Somebody else changed the paragraph meanwhile; `now` is how it reads."""

    def __init__(self, row: DraftParagraph) -> None:
        super().__init__(f"{row.changed_by}刚刚修改了这一段，请核对后再保存。")
        self.now = row


@transaction.atomic
def begin(*, office: Office, period: Period, issued_on: date, by: User, at: datetime) -> NoticeDraft:
    """The office's draft of that period, begun by whoever asks first; raises DraftRefused where it is issued already."""
    Office.objects.select_for_update(no_key=True).get(pk=office.pk)
    if found := NoticeDraft.objects.open_for(office, period):
        return found
    if IssuedNotice.objects.of_period(office, period):
        raise DraftRefused(f"{period.label}通报已经印发，需要修改的请办理更正。")
    draft = NoticeDraft.objects.create(
        office=office, period=str(period), issued_on=issued_on, drafted_by=by, drafted_at=at
    )
    _note(draft, by, verb="notice.begun")
    return draft


def _note(draft: NoticeDraft, by: User, *, verb: str, **data: Any) -> None:
    audit.record(by=by, verb=verb, office=draft.office, target=draft, data={"period": draft.period, **data})


def held(draft: NoticeDraft) -> NoticeDraft:
    """The draft, for this transaction alone."""
    return NoticeDraft.objects.select_for_update(of=("self",)).select_related("office").get(pk=draft.pk)


def _held_to_change(draft: NoticeDraft) -> NoticeDraft:
    draft = held(draft)
    if not draft.may_be_changed:
        raise DraftRefused(f"通报已进入“{draft.get_stage_display()}”环节，不能修改；需要修改的，请先退回。")
    return draft


# --- paragraphs


def words_of_row(row: DraftParagraph) -> str:
    """What a changed paragraph says."""
    return words_of(Piece.of_json(piece) for piece in row.pieces)


def drafted_now(draft: NoticeDraft) -> list[SectionDraft]:
    """The sections as the rules write them from the data as they are now, before anybody's change."""
    prepared = prepare(draft.office, draft.span, draft.issued_on)
    return drafted(prepared.figures, prepared.texts)


@transaction.atomic
def change(
    *, draft: NoticeDraft, key: str, words: str, version: int, by: User, at: datetime, from_word: bool = False
) -> DraftParagraph:
    """Put a paragraph otherwise; numbers and names that stay where they were stay bound.

    `version` is the one that was before the eyes (0: nobody had changed it); `from_word`: the words came back in a .docx.
    Raises ParagraphMoved, DraftRefused.
    """
    draft = _held_to_change(draft)
    words = " ".join(words.split("\n")).strip()
    if not words:
        raise DraftRefused("段落内容为空。不需要这一段的，请点“删去”。")
    if len(words) > LONGEST:
        raise DraftRefused(f"这一段有{len(words)}个字，请分成几段，每段不超过{LONGEST}个字。")
    row = _row(draft, key, version)
    written = by_key(drafted_now(draft))
    if key not in written and (row is None or row.kind != Kind.ADDED):
        raise DraftRefused("数据变化后已没有这一段，修改没有保存。")
    kept = tuple(Piece.of_json(piece) for piece in row.pieces) if row else ()
    before = kept or tuple(Piece.of_span(span) for span in written[key])
    if words == words_of(before):
        return row or DraftParagraph(draft=draft, key=key, pieces=[piece.as_json() for piece in before])
    pieces = rebound(words, before)
    kind = row.kind if row and row.kind == Kind.ADDED else Kind.CHANGED
    return _keep(
        draft,
        key,
        row,
        kind=kind,
        pieces=pieces,
        written=words_of(written.get(key, ())),
        by=by,
        at=at,
        act=Act.FROM_WORD if from_word else "",
    )


def _row(draft: NoticeDraft, key: str, version: int) -> DraftParagraph | None:
    """The row of a changed paragraph as it was before the eyes; raises ParagraphMoved where it was changed since."""
    row = draft.paragraphs.select_for_update(of=("self",)).select_related("changed_by").filter(key=key).first()
    if row and row.version != version:
        raise ParagraphMoved(row)
    return row


def _keep(
    draft: NoticeDraft,
    key: str,
    row: DraftParagraph | None,
    *,
    kind: str,
    pieces: Sequence[Piece],
    written: str,
    by: User,
    at: datetime,
    act: str = "",
    section: str = "",
) -> DraftParagraph:
    row = row or DraftParagraph(draft=draft, key=key, section=section or key.rpartition(".")[0], version=0)
    row.kind, row.written, row.changed_by, row.changed_at = kind, written, by, at
    row.pieces = [piece.as_json() for piece in pieces]
    row.version += 1
    row.save()
    _step(draft, key, act or Act(kind), pieces, by, at)
    return row


def _step(draft: NoticeDraft, key: str, act: str, pieces: Sequence[Piece], by: User, at: datetime) -> None:
    ParagraphRevision.objects.create(
        draft=draft, key=key, act=act, text=words_of(pieces), pieces=[piece.as_json() for piece in pieces], by=by, at=at
    )
    NoticeDraft.objects.filter(pk=draft.pk).update(version=F("version") + 1)
    _note(draft, by, verb="notice.changed", key=key, act=str(act))


@transaction.atomic
def leave_out(*, draft: NoticeDraft, key: str, version: int, by: User, at: datetime) -> None:
    """Leave a paragraph out; one that was added is gone."""
    draft = _held_to_change(draft)
    row = _row(draft, key, version)
    if row and row.kind == Kind.ADDED:
        row.delete()
        _step(draft, key, Act.LEFT_OUT, (), by, at)
        return
    written = by_key(drafted_now(draft))
    if key not in written:
        raise DraftRefused("数据变化后已没有这一段。")
    _keep(draft, key, row, kind=Kind.LEFT_OUT, pieces=(), written=words_of(written[key]), by=by, at=at)


@transaction.atomic
def restore(*, draft: NoticeDraft, key: str, version: int, by: User, at: datetime) -> None:
    """Take what the rules write instead of a change."""
    draft = _held_to_change(draft)
    row = _row(draft, key, version)
    if row is None or row.kind == Kind.ADDED:
        return
    row.delete()
    written = by_key(drafted_now(draft)).get(key, ())
    _step(draft, key, Act.RESTORED, [Piece.of_span(span) for span in written], by, at)


@transaction.atomic
def renew(*, draft: NoticeDraft, key: str, version: int, by: User, at: datetime) -> None:
    """Keep somebody's words and take every bound number as the data have it now."""
    _again(draft, key, version, by, at, Act.RENEWED)


@transaction.atomic
def keep(*, draft: NoticeDraft, key: str, version: int, by: User, at: datetime) -> None:
    """Keep a change as it is, though the rules write something else by now."""
    _again(draft, key, version, by, at, Act.KEPT)


def _again(draft: NoticeDraft, key: str, version: int, by: User, at: datetime, act: str) -> None:
    draft = _held_to_change(draft)
    row = _row(draft, key, version)
    if row is None:
        raise DraftRefused("这一段已恢复为自动生成的文字。")
    pieces = tuple(Piece.of_json(piece) for piece in row.pieces)
    sections = drafted_now(draft)
    if act == Act.RENEWED:
        pieces = Bindings.of(sections).renewed(pieces)
    written = words_of(by_key(sections).get(key, ()))
    _keep(draft, key, row, kind=row.kind, pieces=pieces, written=written, by=by, at=at, act=act)


@transaction.atomic
def add(*, draft: NoticeDraft, section: str, words: str, by: User, at: datetime) -> DraftParagraph:
    """Add a paragraph at the end of a section."""
    draft = _held_to_change(draft)
    words = " ".join(words.split("\n")).strip()
    if not words:
        raise DraftRefused("请填写新增段落的内容。")
    if section not in {each.key for each in drafted_now(draft)}:
        raise DraftRefused("没有这一部分，请刷新页面后重试。")
    key = f"{section}.added-{uuid.uuid4().hex[:8]}"
    return _keep(draft, key, None, kind=Kind.ADDED, pieces=(Piece(words),), written="", by=by, at=at, section=section)


@transaction.atomic
def move(*, draft: NoticeDraft, key: str, up: bool, by: User, at: datetime) -> None:
    """Put a paragraph before or behind its neighbour in the section."""
    draft = _held_to_change(draft)
    section = key.rpartition(".")[0]
    keys = [each.key for each in prepare_draft(draft).notice.paragraphs() if each.key.rpartition(".")[0] == section]
    if key not in keys:
        raise DraftRefused("没有这一段，请刷新页面后重试。")
    place = keys.index(key)
    other = place + (-1 if up else 1)
    if not 0 <= other < len(keys):
        return
    keys[place], keys[other] = keys[other], keys[place]
    draft.order = {**draft.order, section: keys}
    draft.version += 1
    draft.save(update_fields=["order", "version"])
    _note(draft, by, verb="notice.changed", key=key, act="moved")


# --- particulars


@transaction.atomic
def set_particulars(*, draft: NoticeDraft, fields: dict[str, Any], version: int, by: User, at: datetime) -> None:
    """Set issue date, number, title, addressees, copies. Raises DraftRefused."""
    draft = _held_to_change(draft)
    if draft.version != version:
        raise DraftRefused("通报刚刚被他人修改，请刷新页面后重试。")
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.version += 1
    draft.save()
    _note(draft, by, verb="notice.particulars", **{name: str(value) for name, value in fields.items()})


@transaction.atomic
def abandon(*, draft: NoticeDraft, by: User, at: datetime) -> None:
    """Give a draft up; what was written stays in the history."""
    draft = _held_to_change(draft)
    draft.stage = NoticeDraft.Stage.ABANDONED
    draft.version += 1
    draft.save(update_fields=["stage", "version"])
    _note(draft, by, verb="notice.abandoned")
