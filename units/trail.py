"""How the log tells what happens on the ground floor: sessions, passwords, accounts, appointments, units."""

from __future__ import annotations

from datetime import date
from typing import Any

from lanshan_portal.periods import chinese_date
from units.audit import ACCOUNTS, SESSIONS, tell
from units.roles import ROLES

UNITS, SETTINGS = "单位", "设置"
FIELDS = {
    "display_name": "姓名",
    "job_title": "职务",
    "phone": "联系电话",
    "email": "邮箱",
    "mail_wanted": "邮件通知",
    "large_text": "字号",
}

UNIT_FIELDS = {"full_name": "全称", "short_name": "简称", "group": "分组", "kind": "类型", "founded_on": "启用日期"}


def _whose(data: dict[str, Any]) -> str:
    """赵联络（zhao）."""
    name, account = data.get("name", ""), data.get("account", "")
    return f"{name}（{account}）" if name and account else name or account


def _role(data: dict[str, Any]) -> str:
    """兰山街道单位联络员."""
    role = ROLES.get(data.get("role", ""))
    return f"{data.get('unit', '')}{role.display_name}" if role else ""


def _said(*parts: str) -> str:
    return "，".join(part for part in parts if part)


def _appointment(data: dict[str, Any]) -> str:
    return _said(_whose(data), _role(data), data.get("span", ""))


def _handed_over(data: dict[str, Any]) -> str:
    successor = _whose({"name": data.get("to_name", ""), "account": data.get("to_account", "")})
    return _said(_whose(data), _role(data), f"交接给{successor}" if successor else "", data.get("span", ""))


def _changed(data: dict[str, Any]) -> str:
    fields = "、".join(FIELDS.get(name, name) for name in data.get("changed", ()))
    was = data.get("was", "")
    renamed = f"原名{was}" if was and was != data.get("name") else ""
    return _said(_whose(data), fields, renamed)


def _unit(data: dict[str, Any]) -> str:
    """区粮食局（D09）."""
    name, code = data.get("name", ""), data.get("code", "")
    return f"{name}（{code}）" if name and code else name or code


def _corrected(data: dict[str, Any]) -> str:
    words = "、".join(UNIT_FIELDS.get(name, name) for name in data.get("changed", ()))
    was = data.get("was", "")
    return _said(_unit(data), words, f"原简称{was}" if was and was != data.get("name") else "")


def _renamed(data: dict[str, Any]) -> str:
    """区扶贫办改为区乡村振兴局，自2021年6月1日起."""
    before, after = (data.get(key, {}).get("short_name", "") for key in ("before", "after"))
    names = f"{before}改为{after}" if before and before != after else after
    changed = [
        f"{UNIT_FIELDS[name]}改为{data['after'][name]}"
        for name in ("group", "kind")
        if data.get("before", {}).get(name) != data.get("after", {}).get(name) and data.get("after", {}).get(name)
    ]
    day = _day(data.get("from_day", ""))
    return _said(names, *changed, f"自{day}起" if day else "")


def _settings(data: dict[str, Any]) -> str:
    return f"{data['page']}，{len(data.get('changes', []))}处" if "page" in data else ""


def _day(text: str) -> str:
    return chinese_date(date.fromisoformat(text)) if text else ""


tell("session.opened", "登录", SESSIONS)
tell("session.refused", "登录未成功", SESSIONS, lambda data: data.get("username", ""))
tell("session.closed", "退出登录", SESSIONS)
tell("password.changed", "修改本人密码", SESSIONS)

tell("account.demonstration", "建立演示账号", ACCOUNTS, lambda data: _said(_whose(data), _role(data)))
tell("account.created", "建立账号", ACCOUNTS, _whose)
tell("account.corrected", "修改账号资料", ACCOUNTS, _changed)
tell("account.profile_kept", "修改本人资料", ACCOUNTS, _changed)
tell("account.password_issued", "发放初始密码", ACCOUNTS, _whose)
tell("account.unlocked", "解除账号锁定", ACCOUNTS, _whose)
tell("account.deactivated", "停用账号", ACCOUNTS, _whose)
tell("account.activated", "启用账号", ACCOUNTS, _whose)
tell("appointment.begun", "任命", ACCOUNTS, _appointment)
tell("appointment.withdrawn", "撤销任命", ACCOUNTS, _appointment)
tell("appointment.ended", "终止任职", ACCOUNTS, _appointment)
tell("appointment.resumed", "恢复任职", ACCOUNTS, _appointment)
tell("appointment.handed_over", "交接", ACCOUNTS, _handed_over)

tell("unit.founded", "新建单位", UNITS, _unit)
tell("unit.corrected", "更正单位", UNITS, _corrected)
tell("unit.renamed", "变更单位", UNITS, _renamed)
tell("unit.change_taken_back", "撤销单位变更", UNITS, _renamed)
tell("unit.dissolved", "停用单位", UNITS, lambda data: _said(_unit(data), _day(data.get("on_day", ""))))
tell("unit.reinstated", "恢复单位", UNITS, _unit)
tell("unit.alias_added", "增加单位别名", UNITS, lambda data: _said(_unit(data), data.get("alias", "")))
tell("unit.alias_removed", "删除单位别名", UNITS, lambda data: _said(_unit(data), data.get("alias", "")))
tell("unit.ordered", "调整单位排序", UNITS, lambda data: f"{len(data['codes'])}个单位" if "codes" in data else "")
tell("group.added", "新建分组", UNITS, lambda data: data.get("name", ""))
tell("group.renamed", "分组改名", UNITS, lambda data: "改为".join(filter(None, (data.get("was"), data.get("name")))))
tell("group.moved", "调整分组排序", UNITS, lambda data: data.get("name", ""))
tell("group.removed", "删除分组", UNITS, lambda data: data.get("name", ""))

tell("settings.changed", "修改设置", SETTINGS, _settings)
tell("settings.restored", "撤回设置的修改", SETTINGS, _settings)
