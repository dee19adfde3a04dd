"""How the log tells what happens on the ground floor: sessions, passwords, accounts, units."""

from typing import Any

from units.audit import tell
from units.roles import ROLES

SESSIONS, ACCOUNTS, UNITS, SETTINGS = "登录", "账号", "单位", "设置"


def _role(data: dict[str, str]) -> str:
    role = ROLES.get(data.get("role", ""))
    name = data.get("name", "")
    return f"{name}，{role.display_name}" if role and name else role.display_name if role else name


tell("session.opened", "登录", SESSIONS)
tell("session.refused", "登录未成功", SESSIONS, lambda data: data.get("username", ""))
tell("session.closed", "退出登录", SESSIONS)
tell("password.changed", "修改本人密码", SESSIONS)
tell("account.demonstration", "建立演示账号", ACCOUNTS, _role)
tell(
    "account.mail",
    "修改本人的邮件提醒",
    ACCOUNTS,
    lambda data: ("接收" if data.get("wanted") else "不接收") if "wanted" in data else "",
)
tell("unit.renamed", "变更单位", UNITS, lambda data: data.get("after", {}).get("short_name", ""))
tell("unit.dissolved", "停用单位", UNITS, lambda data: data.get("on_day", ""))


def _settings(data: dict[str, Any]) -> str:
    return f"{data['page']}，{len(data.get('changes', []))}处" if "page" in data else ""


tell("settings.changed", "修改设置", SETTINGS, _settings)
tell("settings.restored", "撤回设置的修改", SETTINGS, _settings)
