"""Sheets: every kind the portal reads and writes, one definition for import, template, export and documentation.

Read in this order: `workbook` (bytes -> rows), `checking` (rows -> records and errors), `store` (records -> database),
`resources/` (what each kind is).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from disclosures.sheets.resources.accounts import AccountResource
from disclosures.sheets.resources.applications import ApplicationResource
from disclosures.sheets.resources.bodies import OfficeResource, UnitResource
from disclosures.sheets.resources.calendar import RestDayResource
from disclosures.sheets.resources.mailbox_cases import MailboxCaseResource
from disclosures.sheets.resources.media import MediaAccountResource, MediaCheckResource
from disclosures.sheets.resources.notice import ArrangementResource, NoticeTextResource
from disclosures.sheets.resources.published_items import PublishedItemResource
from disclosures.sheets.resources.tasks import RequirementResource, SubmissionResource

if TYPE_CHECKING:
    from disclosures.sheets.resources.base import SheetResource


@dataclass(frozen=True)
class SheetKind:
    """A kind of sheet: its key on the command line, its name and what it is, and its definition."""

    key: str
    title: str
    description: str
    resource: type[SheetResource]

    def __str__(self) -> str:
        return self.title


SHEET_KINDS: dict[str, SheetKind] = {
    kind.key: kind
    for kind in (
        SheetKind("office", "机关", "编发通报的机关，一行。", OfficeResource),
        SheetKind("units", "单位", "接受通报的镇街、部门等单位，及其分组、排序和沿革。", UnitResource),
        SheetKind("accounts", "账号", "登录人员的账号，及其在机关或单位的角色。", AccountResource),
        SheetKind("rest_days", "工作日历", "国务院放假安排中的休息日和调休上班日。", RestDayResource),
        SheetKind("media_accounts", "新媒体账号", "各单位主办的政务新媒体账号。", MediaAccountResource),
        SheetKind("published_items", "网站信息", "各单位在政府网站发布的信息。", PublishedItemResource),
        SheetKind("applications", "依申请公开", "收到的政府信息公开申请及其办理情况。", ApplicationResource),
        SheetKind("mailbox_cases", "部门信箱", "部门信箱收到的来信及答复情况。", MailboxCaseResource),
        SheetKind("media_checks", "新媒体检查", "每次检查中各账号的情况。", MediaCheckResource),
        SheetKind("requirements", "工作任务", "布置给各单位的任务、期限和范围。", RequirementResource),
        SheetKind("submissions", "任务报送", "各单位对工作任务的报送情况。", SubmissionResource),
        SheetKind("arrangements", "工作安排", "通报中的下步工作安排。", ArrangementResource),
        SheetKind("notice_texts", "通报文字", "通报的引言、结语等由人撰写的文字。", NoticeTextResource),
    )
}
"""Every kind, in the order in which an empty portal is loaded."""
