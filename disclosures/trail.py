"""How the log tells what happens on the first floor: sheets, records, tasks, reminders, downloads."""

from __future__ import annotations

from typing import Any

from units.audit import tell

IMPORTS, READING, RECORDS = "导入", "查看和下载", "登记和修改"


def _sheet(data: dict[str, Any]) -> str:
    from disclosures.sheets import SHEET_KINDS

    kind = SHEET_KINDS.get(data.get("kind", ""))
    title = kind.title if kind else data.get("kind", "")
    counts = f"，新增 {data['new']}，更新 {data['updated']}" if "new" in data and "updated" in data else ""
    return f"{title}，{data['file']}{counts}" if data.get("file") else title


def _export(data: dict[str, Any]) -> str:
    from disclosures.lists import LISTS

    listed = LISTS.get(data.get("kind", ""))
    rows = f"，{data['rows']}{listed.measure}" if listed and "rows" in data else ""
    return f"{listed.title}{rows}" if listed else "工作任务完成情况"


def _record(data: dict[str, Any]) -> str:
    from disclosures.lists import LISTS

    listed = LISTS.get(data.get("kind", ""))
    named = " ".join(filter(None, (listed.title if listed else "", data.get("name", ""))))
    changed = "、".join(data.get("after", {}))
    return f"{named}，{changed}" if changed else named


def _round(data: dict[str, Any]) -> str:
    counts = f"，检查 {data['accounts']} 个账号，发现问题 {data['found']} 次" if "found" in data else ""
    return f"{data.get('name', '')}{counts}"


def _reading(data: dict[str, Any]) -> str:
    return f"随导出表 {data['exported']} 件" if "exported" in data else ""


tell("import.accepted", "导入数据", IMPORTS, _sheet)
tell("import.undone", "撤销导入", IMPORTS, _sheet)
tell("import.marked_copy", "下载标出错误的表格", READING, _sheet)
tell("rows.exported", "导出列表", READING, _export)
tell("application.read", "查看申请内容全文", READING, _reading)
tell("file.downloaded", "下载文件", READING, lambda data: "，".join(filter(None, (data.get("of"), data.get("file")))))
tell("record.added", "登记", RECORDS, _record)
tell("record.edited", "修改", RECORDS, _record)
tell("record.removed", "删除", RECORDS, _record)
tell("record.restored", "恢复", RECORDS, _record)
tell("media_round.started", "开始新媒体检查", RECORDS, lambda data: data.get("name", ""))
tell("media_round.finished", "完成新媒体检查", RECORDS, _round)
tell("media_round.reopened", "退回新媒体检查", RECORDS, lambda data: data.get("name", ""))
tell("media_round.abandoned", "放弃新媒体检查", RECORDS, lambda data: data.get("name", ""))
