"""Signing in and out, one's own account."""

from tests.meta.answers import ANONYMOUS, DONE, EVERYBODY, GO, NOT_THERE, OK, SIGNED_IN, Address, instead

ADDRESSES = (
    Address("home", "首页", instead(SIGNED_IN, GO)),
    Address("login", "登录", instead(EVERYBODY, GO) | {ANONYMOUS: OK}),
    Address("logout", "退出登录", instead(EVERYBODY, GO), method="POST"),
    Address("password", "修改本人密码", SIGNED_IN),
    Address("help", "本人角色的使用指南", SIGNED_IN),
    Address("help", "各角色的使用指南", SIGNED_IN, ("unit-liaison",)),
    Address("help", "没有的指南", instead(SIGNED_IN, NOT_THERE), ("nobody",)),
    Address("session_kept", "继续使用", instead(SIGNED_IN, DONE), method="POST"),
)
