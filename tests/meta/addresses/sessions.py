"""Signing in and out, one's own account."""

from tests.meta.answers import ANONYMOUS, DONE, EVERYBODY, GO, OK, SIGNED_IN, Address, instead

ADDRESSES = (
    Address("home", "首页", instead(SIGNED_IN, GO)),
    Address("login", "登录", instead(EVERYBODY, GO) | {ANONYMOUS: OK}),
    Address("logout", "退出登录", instead(EVERYBODY, GO), method="POST"),
    Address("password", "修改本人密码", SIGNED_IN),
    Address("session_kept", "继续使用", instead(SIGNED_IN, DONE), method="POST"),
)
