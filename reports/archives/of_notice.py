"""The archive of one issued notice: its files, its figures with their rows, its checks, its hands, its receipts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone

from disclosures.duties.sheets import plain_workbook
from lanshan_portal.periods import chinese_date
from reports.archives.figure_book import figure_book
from reports.archives.packing import Member, packed, safe_name, without_times
from reports.checks.finding import LEVEL_NAMES, Level
from reports.issued_state import receive_by, receiving
from reports.models import IssuedNotice

Told = Callable[[int, int], None]

EXPLAINED = """{title}

发文字号：{number}
所属期：{period}
印发日期：{day}
正文校验码（SHA-256）：{digest}
{relation}
本压缩包内容：
公文/　印发的全部文件，与印发时逐字节一致
附表.xlsx　正文每个数字的含义、数值和印发时保存的记录，一个数字一张表
核对结果.json、核对结果.xlsx　印发前系统核对的结果和说明
点名.xlsx　点到名的单位和原句
签收.xlsx　各单位签收情况
办理记录.json　编制、审核、签发人员和时间
修改记录.xlsx　编制过程中每一处修改
正文和数字.json　印发时保存的正文和数字
校验码.txt　以上每个文件的 SHA-256，可用 sha256sum -c 校验码.txt 核对
"""


def archive_of_notice(issued: IssuedNotice, told: Told = lambda done, total: None) -> bytes:
    """The archive; made again while nothing has happened to the notice, it is the same to the byte."""
    return packed(_members(issued, told), issued.issued_on)


def archive_name(issued: IssuedNotice) -> str:
    """What it is saved under: a notice and the one that corrects it have the same title."""
    corrected = "（更正件）" if issued.supersedes_id else ""
    return safe_name(f"{issued.title}{corrected}存档.zip")


def _members(issued: IssuedNotice, told: Told) -> Iterator[Member]:
    yield Member.of_text("说明.txt", _explained(issued))
    for file in issued.files.all():
        yield Member(f"公文/{safe_name(file.name)}", bytes(file.content))
    yield Member("附表.xlsx", figure_book(issued, told))
    yield Member.of_json("核对结果.json", issued.findings)
    yield _sheet(issued, "核对结果", FINDING_HEADS, _findings(issued), (10, 60, 24, 40, 12, 20))
    yield _sheet(issued, "点名", NAMED_HEADS, _named(issued), (18, 36, 90))
    yield _sheet(issued, "签收", RECEIPT_HEADS, _receipts(issued), (18, 20, 10, 14, 20, 12))
    yield Member.of_json("办理记录.json", record_of(issued))
    yield _sheet(issued, "修改记录", REVISION_HEADS, _revisions(issued), (20, 12, 20, 24, 90))
    yield Member.of_json("正文和数字.json", issued.content)


def _sheet(
    issued: IssuedNotice, name: str, heads: list[str], rows: Iterable[list[str]], widths: tuple[int, ...]
) -> Member:
    content = plain_workbook(name, f"{issued.title}：{name}", heads, rows, widths)
    return Member(f"{name}.xlsx", without_times(content, issued.issued_on))


def moment(at: datetime | str | None) -> str:
    """A moment as people at the office read it."""
    when = datetime.fromisoformat(at) if isinstance(at, str) else at
    return f"{timezone.localtime(when):%Y-%m-%d %H:%M}" if when else ""


# --- what stands in each


def _explained(issued: IssuedNotice) -> str:
    relation = ""
    if issued.supersedes:
        relation += f"更正的通报：{called(issued.supersedes)}；更正原因：{issued.correction_reason}\n"
    if later := getattr(issued, "superseded_by", None):
        relation += f"已经更正，以{called(later)}为准；更正原因：{later.correction_reason}\n"
    return EXPLAINED.format(
        title=issued.title,
        number=issued.document_number or "无",
        period=issued.span.label,
        day=chinese_date(issued.issued_on),
        digest=issued.digest,
        relation=relation,
    )


def called(issued: IssuedNotice) -> str:
    """The notice as another one refers to it."""
    return issued.document_number or f"{chinese_date(issued.issued_on)}印发的《{issued.title}》"


def record_of(issued: IssuedNotice) -> dict[str, Any]:
    """Through whose hands it went, and all that says which notice it is."""
    later = getattr(issued, "superseded_by", None)
    return {
        "标题": issued.title,
        "发文字号": issued.document_number,
        "所属期": issued.span.label,
        "印发日期": issued.issued_on.isoformat(),
        "正文校验码": issued.digest,
        "办理": {
            name: {"人员": issued.record[step]["by"], "时间": moment(issued.record[step]["at"])}
            for step, name in (("drafted", "编制"), ("reviewed", "审核"), ("approved", "签发"))
        },
        "一人兼办两个环节": bool(issued.record.get("two_roles_by_one")),
        "印发": {"人员": str(issued.issued_by), "时间": moment(issued.issued_at)},
        "版式": issued.template_version,
        "字体": issued.fonts,
        "更正的通报": called(issued.supersedes) if issued.supersedes else "",
        "更正原因": issued.correction_reason,
        "更正件": called(later) if later else "",
    }


FINDING_HEADS = ["级别", "核对结果", "位置", "说明", "说明人", "说明时间"]


def _findings(issued: IssuedNotice) -> Iterator[list[str]]:
    for each in issued.findings:
        said = [each.get("reason", ""), each.get("by", ""), moment(each.get("at"))]
        yield [LEVEL_NAMES[Level(each["level"])], each["message"], each["where"], *said]


NAMED_HEADS = ["单位", "所在部分", "原句（其他单位以省略号代替）"]


def _named(issued: IssuedNotice) -> Iterator[list[str]]:
    for each in issued.named.all():
        yield [each.unit_name, each.part, each.text]


RECEIPT_HEADS = ["单位", "分组", "是否点名", "签收人", "签收时间", "情况"]


def _receipts(issued: IssuedNotice) -> Iterator[list[str]]:
    last = receive_by(issued)
    for each in receiving(issued):
        receipt = each.receipt
        late = receipt is not None and timezone.localdate(receipt.at) > last
        state = "未签收" if receipt is None else "逾期签收" if late else "按时签收"
        who = [str(receipt.by), moment(receipt.at)] if receipt else ["", ""]
        yield [each.unit.short_name, each.unit.group, "是" if each.named else "", *who, state]


REVISION_HEADS = ["时间", "人员", "修改", "段落", "修改后的文字"]


def _revisions(issued: IssuedNotice) -> Iterator[list[str]]:
    for each in issued.draft.revisions.select_related("by").order_by("id"):
        yield [moment(each.at), str(each.by), each.get_act_display(), each.key, each.text]
