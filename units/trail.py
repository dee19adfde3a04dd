"""How the log tells what happens on the ground floor: sessions, passwords, accounts, units."""

from units.audit import tell
from units.roles import ROLES

SESSIONS, ACCOUNTS, UNITS = "登录", "账号", "单位"


def _role(data: dict[str, str]) -> str:
    role = ROLES.get(data.get("role", ""))
    name = data.get("name", "")
    return f"{name}，{role.display_name}" if role and name else role.display_name if role else name


def _alias(data: dict[str, str]) -> str:
    return f"“{data['name']}”即{data['unit']}" if data.get("name") and data.get("unit") else ""


tell("session.opened", "登录", SESSIONS)
tell("session.refused", "登录未成功", SESSIONS, lambda data: data.get("username", ""))
tell("session.closed", "退出登录", SESSIONS)
tell("password.changed", "修改本人密码", SESSIONS)
tell("account.demonstration", "建立演示账号", ACCOUNTS, _role)
tell("unit.renamed", "变更单位", UNITS, lambda data: data.get("after", {}).get("short_name", ""))
tell("unit.dissolved", "停用单位", UNITS, lambda data: data.get("on_day", ""))
tell("unit.alias_remembered", "记住单位别名", UNITS, _alias)
tell("unit.alias_forgotten", "取消单位别名", UNITS, _alias)
