"""Units hand in, replace what is not reviewed yet, and take it back. What was handed in once is never lost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from disclosures.actions.duties import DutyRefused, Held, hold, step, tell_people
from disclosures.compliance import Standing
from disclosures.duties.duty import Duty
from disclosures.files.keeping import Brought, check, keep
from disclosures.models import DutyEvent, HandIn, Message, Requirement, Submission
from disclosures.sheets.keys import digest, submission_parts
from lanshan_portal.periods import chinese_date
from units.models import Unit, User
from units.people import holding
from units.roles import Permission

MOST_FILES = 20
RETURNED_BY_SHEET = "导入的表格中已记为退回。"
NUMBERS_TRIED = 500
"""How many receipts others may take while one is being made; each attempt waits for one of them."""


def why_closed(duty: Duty, day: date) -> str:
    """Why nothing can be handed in for the duty on `day`, in a sentence; empty where it can."""
    if not duty.asked:
        return "该任务已不要求本单位报送。"
    if duty.standing is Standing.EXEMPT:
        return "该任务对本单位已标记为不适用，不需要报送。"
    if any(each.review == Submission.Review.ACCEPTED for each in duty.submissions):
        return "材料已审核通过，不能再次报送。确需更换的，请联系政务公开工作机构撤销审核。"
    if duty.item is not None:
        published = chinese_date(duty.item.published_on)
        return f"网站{published}发布的“{duty.item.title}”已满足该任务，不需要另行报送。"
    if duty.locked(day):
        assert duty.locked_from is not None, "locked"
        locked = chinese_date(duty.locked_from)
        return f"该任务自{locked}起锁定，不再接收材料。确需补报的，请联系政务公开工作机构办理延期，延期后即可报送。"
    return ""


@transaction.atomic
def hand_in(
    *,
    requirement: Requirement,
    term: str,
    unit: Unit,
    files: Sequence[Brought] = (),
    title: str = "",
    note: str = "",
    address: str = "",
    by: User,
    at: datetime,
) -> HandIn:
    """Take a version of what a unit brings for its duty, and give it a receipt.

    Before the review it replaces the version before, and the day of the first one holds; after a return it counts from its
    own day. What is late is taken. Raises DutyRefused with a sentence, FilesRefused with one for each file.
    """
    check(files)
    held = hold(requirement=requirement, term=term, unit=unit, at=at)
    if held.duty is None:
        raise DutyRefused("该任务没有要求本单位报送。")
    if refusal := why_closed(held.duty, held.day):
        raise DutyRefused(refusal)
    _check_contents(held, files, address)
    title = title or held.term.name
    version = HandIn(
        **held.place,
        number=_versions(held) + 1,
        submission=_record(held, held.duty, title),
        title=title,
        note=note,
        address=address,
        handed_in_by=by,
        handed_in_at=at,
    )
    _with_receipt(version, held.day)
    version.files.set(keep(name=file.name, content=file.content, office=held.office, by=by, at=at) for file in files)
    step(
        held,
        DutyEvent.Kind.HANDED_IN,
        verb="duty.handed_in",
        words=_told(held, held.duty, version),
        hand_in=version,
        by=by,
        at=at,
    )
    _tell_reviewers(held, by, at)
    return version


def _check_contents(held: Held, files: Sequence[Brought], address: str) -> None:
    publish = held.requirement.met_by_address
    if not files and not (publish and address):
        raise DutyRefused("请上传材料，或填写公开信息的网址。" if publish else "请选择要报送的文件。")
    if len(files) > MOST_FILES:
        raise DutyRefused(f"一次最多报送 {MOST_FILES} 个文件，请打包成 zip 或分次报送。")
    if address and not address.startswith(("http://", "https://")):
        raise DutyRefused("网址应以 http:// 或 https:// 开头，请从浏览器地址栏完整复制。")


def _versions(held: Held) -> int:
    """The number of the last version; those withdrawn keep theirs."""
    newest: int | None = HandIn.objects.filter(**held.place).aggregate(newest=Max("number"))["newest"]
    return newest or 0


def _record(held: Held, duty: Duty, title: str) -> Submission:
    """The record of the hand-in that figures and sheets see, waiting for review.

    What waits already stays the record; where its sheet brought it, with the sheet's words. The one returned this very day
    is the same record to a sheet, and waits again; it remembers the return, which a withdrawal brings back.
    """
    waiting = [each for each in duty.submissions if each.review == Submission.Review.PENDING]
    if waiting:
        record = waiting[-1]
        if record.batch_id is None:
            record.title = title
            record.save(update_fields=["title"])
        return record
    record, made = Submission.objects.get_or_create(
        office=held.office,
        key=digest(submission_parts(held.requirement.pk, held.term.code, held.unit.pk, held.day)),
        defaults={**held.place, "submitted_on": held.day, "title": title, "review": Submission.Review.PENDING},
    )
    if made:
        return record
    if record.review == Submission.Review.ACCEPTED:
        # A sheet came in between.
        raise DutyRefused("材料已审核通过，不能再次报送。")
    record.title = title if record.batch_id is None else record.title
    record.review, record.review_words = Submission.Review.PENDING, record.review_words or RETURNED_BY_SHEET
    record.save(update_fields=["title", "review", "review_words"])
    return record


def _with_receipt(version: HandIn, day: date) -> None:
    """Save the version under the next number of the day, e.g. 20200706-0012; whoever is quicker gets the lower one."""
    beginning = f"{day:%Y%m%d}-"
    for _ in range(NUMBERS_TRIED):
        version.receipt = f"{beginning}{HandIn.objects.filter(receipt__startswith=beginning).count() + 1:04}"
        try:
            with transaction.atomic():
                version.save()
        except IntegrityError:
            version.pk = None
        else:
            return
    raise DutyRefused("此刻报送的单位较多，回执没有生成，请稍后再试。")


def _told(held: Held, duty: Duty, version: HandIn) -> str:
    """第2版，退回后重新报送，逾期3天."""
    words = [f"第{version.number}版"]
    if duty.returned:
        words.append("退回后重新报送")
    elif duty.awaits_review:
        words.append("替换审核前的版本")
    if not duty.awaits_review and held.day > duty.due_on:
        words.append(f"逾期{(held.day - duty.due_on).days}天")
    return "，".join(words)


def _tell_reviewers(held: Held, by: User, at: datetime) -> None:
    """One message for all that waits: who has not read the last one is not told again."""
    queue = reverse("reviews")
    knowing = Message.objects.filter(kind=Message.Kind.HANDED_IN, address=queue).unread().values("user")
    people = holding(held.office, Permission.REVIEW_SUBMISSIONS, held.day).exclude(pk__in=knowing)
    tell_people(
        held,
        people,
        Message.Kind.HANDED_IN,
        title="有新报送的材料等待审核",
        body=f"{held.unit_name}报送了“{held.term.name}”的材料。",
        address=queue,
        by=by,
        at=at,
    )


@transaction.atomic
def withdraw(*, hand_in: HandIn, by: User, at: datetime) -> HandIn:
    """Take the newest version back before it is reviewed; the version before it, or the return before it, holds again.

    Where there is neither, nothing was handed in any more. The version and its files stay in the history. Raises DutyRefused.
    """
    held = hold(requirement=hand_in.requirement, term=hand_in.term, unit=hand_in.unit, at=at)
    hand_in = HandIn.objects.select_related("submission").get(pk=hand_in.pk)
    record = hand_in.submission
    if hand_in.withdrawn_at is not None:
        raise DutyRefused(f"第{hand_in.number}版已于{_moment(hand_in.withdrawn_at)}撤回，不需要重复撤回。")
    if record is None or record.review != Submission.Review.PENDING:
        raise DutyRefused("材料已经审核，不能撤回。确需更换的，请联系政务公开工作机构。")
    if record.hand_ins.filter(number__gt=hand_in.number).exists():
        raise DutyRefused("之后又报送了新的版本，请先撤回最新的一版。")
    hand_in.submission, hand_in.withdrawn_at = None, at
    hand_in.save(update_fields=["submission", "withdrawn_at"])
    _without(record)
    step(
        held,
        DutyEvent.Kind.WITHDRAWN,
        verb="duty.withdrawn",
        words=f"第{hand_in.number}版",
        hand_in=hand_in,
        by=by,
        at=at,
    )
    return hand_in


def _without(record: Submission) -> None:
    """What the record is once its newest version is gone."""
    earlier = record.hand_ins.order_by("-number").first()
    waits = earlier is not None and (record.reviewed_at is None or earlier.handed_in_at > record.reviewed_at)
    if earlier is not None and record.batch_id is None:
        record.title = earlier.title
    if not waits and record.review_words:
        record.review = Submission.Review.RETURNED
    elif not waits and record.batch_id is None:
        record.delete()
        return
    record.save(update_fields=["title", "review"])


def _moment(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{chinese_date(local.date(), with_year=False)}{local:%H:%M}"
