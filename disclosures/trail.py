"""How the log tells what happens on the first floor: sheets, records, tasks, reminders, downloads."""

from __future__ import annotations

from typing import Any

from units.audit import READING, tell

IMPORTS = "导入"


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
