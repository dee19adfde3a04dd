"""How the log tells what happens on the first floor: sheets, records, tasks, reminders, downloads."""

from __future__ import annotations

from typing import Any

from units.audit import READING, tell

IMPORTS, MESSAGES, REMINDERS, TASKS, HAND_INS, RECORDS = "导入", "消息", "催办", "工作任务", "报送和审核", "登记和修改"


def _sheet(data: dict[str, Any]) -> str:
    from disclosures.sheets import SHEET_KINDS

    kind = SHEET_KINDS.get(data.get("kind", ""))
    title = kind.title if kind else data.get("kind", "")
    counts = f"，新增 {data['new']}，更新 {data['updated']}" if "new" in data and "updated" in data else ""
    return f"{title}，{data['file']}{counts}" if data.get("file") else title


def _export(data: dict[str, Any]) -> str:
    from disclosures.lists import LISTS
    from disclosures.sheets import SHEET_KINDS

    kind = data.get("kind", "")
    listed = LISTS.get(kind)
    rows = f"，{data['rows']}{listed.measure}" if listed and "rows" in data else ""
    found = listed or SHEET_KINDS.get(kind)
    return f"{found.title}{rows}" if found else "工作任务完成情况"


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


def _passed_on(data: dict[str, Any]) -> str:
    if not data.get("to"):
        return ""
    return f"{data.get('unit', '')}的{data.get('count', 0)}条未读消息，由{data.get('from', '')}转给{data['to']}"


def _log_export(data: dict[str, Any]) -> str:
    return "，".join(filter(None, (data.get("asked"), f"共 {data['rows']} 条" if "rows" in data else "")))


tell("import.accepted", "导入数据", IMPORTS, _sheet)
tell("import.undone", "撤销导入", IMPORTS, _sheet)
tell("import.marked_copy", "下载标出错误的表格", READING, _sheet)
tell("rows.exported", "导出列表", READING, _export)
tell("application.read", "查看申请内容全文", READING, _reading)
tell("file.downloaded", "下载文件", READING, lambda data: "，".join(filter(None, (data.get("of"), data.get("file")))))
tell("log.exported", "导出操作日志", READING, _log_export)
tell("message.passed_on", "转交消息", MESSAGES, _passed_on)


def _reminded(data: dict[str, Any]) -> str:
    units = data.get("units", [])
    left_out = f"，{data['left_out']}家未发送" if data.get("left_out") else ""
    return f"{len(units)}家单位{left_out}" if units else "没有需要催办的事项"


tell("reminder.sent", "发出催办", REMINDERS, _reminded)
tell("reminder.taken_back", "撤回催办", REMINDERS, lambda data: f"{data['read']}家已读" if data.get("read") else "")
tell("mail.tested", "发送测试邮件", REMINDERS, lambda data: data.get("refused", ""))


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
tell("record.added", "登记", RECORDS, _record)
tell("record.edited", "修改", RECORDS, _record)
tell("record.removed", "删除", RECORDS, _record)
tell("record.restored", "恢复", RECORDS, _record)
tell("media_round.started", "开始新媒体检查", RECORDS, lambda data: data.get("name", ""))
tell("media_round.finished", "完成新媒体检查", RECORDS, _round)
tell("media_round.reopened", "退回新媒体检查", RECORDS, lambda data: data.get("name", ""))
tell("media_round.abandoned", "放弃新媒体检查", RECORDS, lambda data: data.get("name", ""))
