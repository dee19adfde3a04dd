"""The archive of one unit's year: the sentences that named it, its receipts, the notices in which it was named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from django.utils import timezone

from disclosures.duties.sheets import plain_workbook
from reports.archives.of_notice import called, moment
from reports.archives.packing import Member, packed, safe_name, without_times
from reports.issued_state import receive_by
from reports.models import IssuedNotice, NamedUnit, NoticeReceipt
from units.models import Unit

Told = Callable[[int, int], None]

NAMED_HEADS = ["印发日期", "发文字号", "通报", "所在部分", "原句（其他单位以省略号代替）", "通报是否有效"]
RECEIPT_HEADS = ["印发日期", "发文字号", "通报", "签收期限", "签收人", "签收时间", "情况"]
EXPLAINED = """{unit} {year}年通报存档

{year}年印发通报 {notices} 份，其中点到本单位 {named} 份，共 {sentences} 句。

点名.xlsx　点到本单位的每一句
签收.xlsx　每份通报的签收情况
公文/　点到本单位的通报
校验码.txt　以上每个文件的 SHA-256，可用 sha256sum -c 校验码.txt 核对
"""


def archive_of_unit(unit: Unit, year: int, told: Told = lambda done, total: None) -> bytes:
    """The archive of the notices that were issued in that year and are the unit's business."""
    return packed(_members(unit, year, told), date(year, 12, 31))


def archive_name(unit: Unit, year: int) -> str:
    """What it is saved under."""
    return safe_name(f"{unit}{year}年通报存档.zip")


def _members(unit: Unit, year: int, told: Told) -> Iterator[Member]:
    notices = list(
        IssuedNotice.objects.filter(office=unit.office_id, issued_on__year=year)
        .select_related("superseded_by")
        .defer("content")
        .order_by("issued_on", "id")
    )
    sentences = list(NamedUnit.objects.filter(unit=unit, notice__in=notices).order_by("notice__issued_on", "id"))
    by_notice = {notice.pk: notice for notice in notices}
    naming = [notice for notice in notices if any(each.notice_id == notice.pk for each in sentences)]
    words = EXPLAINED.format(unit=unit, year=year, notices=len(notices), named=len(naming), sentences=len(sentences))
    yield Member.of_text("说明.txt", words)
    lines = [_sentence(by_notice[each.notice_id], each) for each in sentences]
    yield _sheet(unit, year, "点名", NAMED_HEADS, lines, (12, 24, 50, 36, 80, 12))
    yield _sheet(unit, year, "签收", RECEIPT_HEADS, _receipts(unit, notices), (12, 24, 50, 12, 12, 18, 12))
    for done, notice in enumerate(naming):
        told(done, len(naming))
        for file in notice.files.filter(form="pdf"):
            yield Member(f"公文/{notice.issued_on:%Y-%m-%d}-{notice.pk} {safe_name(file.name)}", bytes(file.content))


def _sheet(
    unit: Unit, year: int, name: str, heads: list[str], rows: list[list[str]], widths: tuple[int, ...]
) -> Member:
    content = plain_workbook(name, f"{unit}{year}年通报{name}", heads, rows, widths)
    return Member(f"{name}.xlsx", without_times(content, date(year, 12, 31)))


def _told(notice: IssuedNotice) -> list[str]:
    return [notice.issued_on.isoformat(), notice.document_number, notice.title]


def _sentence(notice: IssuedNotice, named: NamedUnit) -> list[str]:
    later = getattr(notice, "superseded_by", None)
    return [*_told(notice), named.part, named.text, f"已更正，以{called(later)}为准" if later else "有效"]


def _receipts(unit: Unit, notices: list[IssuedNotice]) -> list[list[str]]:
    """A line for every notice of the year that went to the unit."""
    found = NoticeReceipt.objects.filter(unit=unit, notice__in=notices).select_related("by")
    receipts = {receipt.notice_id: receipt for receipt in found}
    lines = []
    for notice in notices:
        if not Unit.objects.existing_at(timezone.localdate(notice.issued_at)).filter(pk=unit.pk).exists():
            continue
        last, receipt = receive_by(notice), receipts.get(notice.pk)
        late = receipt is not None and timezone.localdate(receipt.at) > last
        state = "未签收" if receipt is None else "逾期签收" if late else "按时签收"
        who = [str(receipt.by), moment(receipt.at)] if receipt else ["", ""]
        lines.append([*_told(notice), last.isoformat(), *who, state])
    return lines
