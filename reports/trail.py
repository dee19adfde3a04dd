"""How the log tells what happens on the top floor: notices, tables taken along."""

from __future__ import annotations

from typing import Any

from units.audit import READING, tell


def _file(data: dict[str, Any]) -> str:
    return f"{data.get('period', '')} {data.get('format', '')}".strip()


tell("notice.downloaded", "下载未印发的通报", READING, _file)
tell("table.exported", "导出统计表", READING, lambda data: data.get("title", ""))
