"""How the log tells what happens on the ground floor: sessions, passwords, accounts, units."""

from units.audit import ACCOUNTS, SESSIONS, tell
from units.roles import ROLES

UNITS = "单位"


def _role(data: dict[str, str]) -> str:
    role = ROLES.get(data.get("role", ""))
    name = data.get("name", "")
    return f"{name}，{role.display_name}" if role and name else role.display_name if role else name


tell("session.opened", "登录", SESSIONS)
tell("session.refused", "登录未成功", SESSIONS, lambda data: data.get("username", ""))
tell("session.closed", "退出登录", SESSIONS)
tell("password.changed", "修改本人密码", SESSIONS)
tell("account.demonstration", "建立演示账号", ACCOUNTS, _role)
tell("unit.renamed", "变更单位", UNITS, lambda data: data.get("after", {}).get("short_name", ""))
tell("unit.dissolved", "停用单位", UNITS, lambda data: data.get("on_day", ""))
