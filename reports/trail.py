"""How the log tells what happens on the top floor: notices."""

from __future__ import annotations

from typing import Any

from units.audit import tell

NOTICES = "通报"


def _file(data: dict[str, Any]) -> str:
    return f"{data.get('period', '')} {data.get('format', '')}".strip()


tell("notice.downloaded", "下载未印发的通报", NOTICES, _file)
