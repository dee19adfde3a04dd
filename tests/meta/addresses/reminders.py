"""Reminders, and the messages everybody gets."""

from tests.meta.answers import GO, NOT_THERE, OK, REMINDERS, SIGNED_IN, STAFF, Address, answers, instead

ITS_READER = answers(OK, STAFF, otherwise=NOT_THERE)

ADDRESSES = (
    Address("reminders", "催办记录", REMINDERS),
    Address("reminders_new", "发起催办", REMINDERS),
    Address("reminders_calls", "电话催办清单", REMINDERS),
    Address("reminders_one", "一批催办的阅读情况", REMINDERS, ("{sending}",)),
    Address("reminders_take_back", "撤回一批催办", instead(REMINDERS, GO), ("{sending}",), method="POST"),
    Address("messages", "本人的站内消息", SIGNED_IN),
    Address("messages_one", "一条站内消息，只有本人可见", ITS_READER, ("{message}",)),
    Address("messages_read", "把本人的消息标为已读", instead(SIGNED_IN, GO), method="POST"),
    Address("messages_unread", "恢复为未读", instead(SIGNED_IN, GO), ("1700000000000000",), method="POST"),
)
