"""更正: a new notice that takes the place of an issued one, with a reason; the issued one never changes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from reports.actions.drafting import DraftRefused
from reports.models import DraftParagraph, IssuedNotice, NoticeDraft
from units import audit
from units.models import Office, User


@transaction.atomic
def begin(*, issued: IssuedNotice, reason: str, by: User, at: datetime) -> NoticeDraft:
    """The draft that corrects it, with the same changed paragraphs to begin with; raises DraftRefused."""
    Office.objects.select_for_update(no_key=True).get(pk=issued.office_id)
    if found := NoticeDraft.objects.open_for(issued.office, issued.span):
        return found
    if IssuedNotice.objects.filter(supersedes=issued).exists():
        raise DraftRefused("这份通报已经更正，请更正最新的一份。")
    reason = reason.strip()
    if not reason:
        raise DraftRefused("请写明更正原因。")
    before = issued.draft
    draft = NoticeDraft.objects.create(
        office=issued.office,
        period=issued.period,
        issued_on=max(issued.issued_on, timezone.localdate(at)),
        title_breaks=before.title_breaks,
        addressees=before.addressees,
        copies_to=before.copies_to,
        order=before.order,
        supersedes=issued,
        correction_reason=reason,
        drafted_by=by,
        drafted_at=at,
    )
    DraftParagraph.objects.bulk_create(
        DraftParagraph(
            draft=draft,
            key=row.key,
            section=row.section,
            kind=row.kind,
            pieces=row.pieces,
            written=row.written,
            version=1,
            changed_by=row.changed_by,
            changed_at=row.changed_at,
        )
        for row in before.paragraphs.all()
    )
    audit.record(
        by=by, verb="notice.begun", office=issued.office, target=draft, data={"period": issued.period, "reason": reason}
    )
    return draft
