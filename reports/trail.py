"""How the log tells what happens on the top floor: notices, tables taken along."""

from __future__ import annotations

from typing import Any

from units.audit import READING, tell


def _file(data: dict[str, Any]) -> str:
    return f"{data.get('period', '')} {data.get('format', '')}".strip()


tell("notice.downloaded", "下载未印发的通报", READING, _file)
tell("notice.fetched", "下载印发的通报", READING, _file)
tell("table.exported", "导出统计表", READING, lambda data: data.get("title", ""))

NOTICES = "通报"


def _period(data: dict[str, Any]) -> str:
    return "，".join(filter(None, (str(data.get("period", "")), str(data.get("number", "") or data.get("reason", "")))))


def _paragraph(data: dict[str, Any]) -> str:
    return f"{data.get('period', '')} {data.get('key', '')}".strip()


tell("notice.begun", "开始编制通报", NOTICES, _period)
tell("notice.changed", "修改通报段落", NOTICES, _paragraph)
tell("notice.particulars", "修改通报版面", NOTICES, _period)
tell("notice.abandoned", "作废通报初稿", NOTICES, _period)
tell("notice.signed_off", "说明核对提醒", NOTICES, _period)
tell("notice.submitted", "通报送审", NOTICES, _period)
tell("notice.reviewed", "通报审核通过", NOTICES, _period)
tell("notice.returned", "退回通报", NOTICES, _period)
tell("notice.approved", "签发通报", NOTICES, _period)
tell("notice.issued", "印发通报", NOTICES, _period)
tell("notice.received", "签收通报", NOTICES, _period)
tell("notice.receipt_asked", "提醒签收通报", NOTICES, _period)
tell("notice.verified", "核验通报文件", READING, lambda data: data.get("name", ""))


def _consulted(data: dict[str, Any]) -> str:
    units = "、".join(data.get("units", ())) or data.get("unit", "")
    said = data.get("answer", "") or data.get("decision", "")
    return "，".join(filter(None, (str(data.get("period", "")), units, said, data.get("words", ""))))


tell("consultation.sent", "发送预通报", NOTICES, _consulted)
tell("consultation.answered", "回复预通报", NOTICES, _consulted)
tell("consultation.decided", "答复预通报异议", NOTICES, _consulted)


def _tasks(data: dict[str, Any]) -> str:
    return f"{data.get('period', '')} {'、'.join(data.get('codes', ()))}".strip()


tell("notice.arranged", "将工作安排布置为任务", NOTICES, _tasks)

RECTIFICATIONS = "整改"


def _rectified(data: dict[str, Any]) -> str:
    return "，".join(filter(None, (str(data.get(name, "")) for name in ("period", "unit", "words"))))


tell(
    "rectification.opened",
    "开立整改",
    RECTIFICATIONS,
    lambda data: f"{data.get('period', '')}，{data.get('units', 0)}个单位，期限{data.get('due_on', '')}",
)
tell("rectification.answered", "回复整改情况", RECTIFICATIONS, _rectified)
tell("rectification.verified", "整改核验通过", RECTIFICATIONS, _rectified)
tell("rectification.returned", "退回整改", RECTIFICATIONS, _rectified)
tell("rectification.reopened", "重开整改", RECTIFICATIONS, _rectified)
tell("notice.archived", "导出通报存档", READING, _period)
tell(
    "notice.unit_archived",
    "导出单位通报存档",
    READING,
    lambda data: f"{data.get('unit', '')} {data.get('year', '')}".strip(),
)
