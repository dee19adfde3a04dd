"""How the log tells what happens on the first floor: sheets, records, tasks, reminders, downloads."""

from __future__ import annotations

from typing import Any

from units.audit import tell

IMPORTS, READING, TASKS, HAND_INS = "导入", "查看和下载", "工作任务", "报送和审核"


def _sheet(data: dict[str, Any]) -> str:
    from disclosures.sheets import SHEET_KINDS

    kind = SHEET_KINDS.get(data.get("kind", ""))
    title = kind.title if kind else data.get("kind", "")
    counts = f"，新增 {data['new']}，更新 {data['updated']}" if "new" in data and "updated" in data else ""
    return f"{title}，{data['file']}{counts}" if data.get("file") else title


def _export(data: dict[str, Any]) -> str:
    from disclosures.lists import LISTS

    listed = LISTS.get(data.get("kind", ""))
    return listed.title if listed else "工作任务完成情况"


def _reading(data: dict[str, Any]) -> str:
    return f"随导出表 {data['exported']} 件" if "exported" in data else ""


tell("import.accepted", "导入数据", IMPORTS, _sheet)
tell("import.undone", "撤销导入", IMPORTS, _sheet)
tell("import.marked_copy", "下载标出错误的表格", READING, _sheet)
tell("rows.exported", "导出列表", READING, _export)
tell("application.read", "查看申请内容全文", READING, _reading)
tell("file.downloaded", "下载文件", READING, lambda data: "，".join(filter(None, (data.get("of"), data.get("file")))))


def _duty(data: dict[str, Any]) -> str:
    return "，".join(data[name] for name in ("unit", "name", "words") if data.get(name))


def _requirement(data: dict[str, Any]) -> str:
    return "，".join(data[name] for name in ("code", "name") if data.get(name))


tell("duty.handed_in", "报送材料", HAND_INS, _duty)
tell("duty.withdrawn", "撤回报送", HAND_INS, _duty)
tell("duty.accepted", "审核通过", HAND_INS, _duty)
tell("duty.returned", "退回修改", HAND_INS, _duty)
tell("duty.reopened", "撤销审核", HAND_INS, _duty)
tell("duty.extended", "办理延期", HAND_INS, _duty)
tell("duty.extension_revoked", "撤销延期", HAND_INS, _duty)
tell("duty.exemption_asked", "申请标记不适用", HAND_INS, _duty)
tell("duty.exempted", "标记不适用", HAND_INS, _duty)
tell("duty.exemption_refused", "未同意标记不适用", HAND_INS, _duty)
tell("duty.exemption_revoked", "撤销不适用", HAND_INS, _duty)
tell("requirement.created", "布置工作任务", TASKS, _requirement)
tell("requirement.changed", "修改工作任务", TASKS, _requirement)
tell("requirement.ended", "停止或恢复每月任务", TASKS, _requirement)
tell("requirement.deleted", "删除工作任务", TASKS, _requirement)
tell("requirement.restored", "恢复删除的工作任务", TASKS, _requirement)
