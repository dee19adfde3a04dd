"""What letters say: Chinese, plain text, with the address of each thing in the portal. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Sender:
    """Who writes: the office's section, its telephone, the portal's name and address (empty: not told to the portal)."""

    office: str
    phone: str
    portal: str
    address: str

    def link(self, path: str) -> str:
        """The whole address of a page; nothing where the portal does not know its own."""
        return f"{self.address}{path}" if self.address else ""


@dataclass(frozen=True)
class Told:
    """One message as a letter tells it: its kind in words, title, path of its page, and more where it is a reminder."""

    kind: str
    title: str
    path: str
    unit: str = ""
    items: tuple[str, ...] = ()
    words: str = ""


MOST_TOLD = 50
"""So many messages in one letter; the rest are counted."""
MOST_ITEMS = 20
"""So many things of one reminder likewise."""


def subject(told: Sequence[Told], sender: Sender, *, daily: bool) -> str:
    """【兰山区政务公开管理平台】催办：2项工作逾期未办."""
    if daily:
        words = f"消息汇总（{len(told)}条未读）"
    elif len(told) == 1:
        words = told[0].title
    else:
        words = f"{told[0].title}等{len(told)}条消息"
    return f"【{sender.portal}】{words}"[:200]


def body(name: str, told: Sequence[Told], sender: Sender, *, daily: bool) -> str:
    """The letter to a person of that name."""
    paragraphs = [f"{name}同志：" if name else "您好："]
    if daily:
        paragraphs.append(f"平台上有以下{len(told)}条消息尚未阅读：")
        paragraphs.append("\n".join(_line(number, each, sender) for number, each in enumerate(told[:MOST_TOLD], 1)))
        if len(told) > MOST_TOLD:
            paragraphs.append(f"另有{len(told) - MOST_TOLD}条，请登录平台查看。")
    else:
        paragraphs += [_in_full(each, sender) for each in told]
    if any(each.items for each in told):
        paragraphs.append("如已办理，请忽略本邮件。")
    paragraphs.append("\n".join(_foot(sender)))
    return "\n\n".join(paragraphs) + "\n"


def _in_full(each: Told, sender: Sender) -> str:
    lines = []
    if each.items:
        whose = f"贵单位（{each.unit}）" if each.unit else "贵单位"
        lines.append(f"{sender.office}提醒{whose}以下事项：")
        lines += [f"{number}. {item}" for number, item in enumerate(each.items[:MOST_ITEMS], 1)]
        if len(each.items) > MOST_ITEMS:
            lines.append(f"另有{len(each.items) - MOST_ITEMS}项，请登录平台查看。")
    else:
        lines.append(f"【{each.kind}】{each.title}")
    if each.words:
        lines.append(each.words)
    link = sender.link(each.path)
    lines.append(f"请登录平台办理：{link}" if link else f"请登录{sender.portal}办理。")
    return "\n".join(lines)


def _line(number: int, each: Told, sender: Sender) -> str:
    unit = f"（{each.unit}）" if each.unit else ""
    line = f"{number}. 【{each.kind}】{each.title}{unit}"
    link = sender.link(each.path)
    return f"{line}\n   {link}" if link else line


def _foot(sender: Sender) -> list[str]:
    phone = f"，联系电话 {sender.phone}" if sender.phone else ""
    return [
        f"{sender.office}{phone}",
        "本邮件由系统自动发出，请勿直接回复。不需要邮件提醒的，可登录平台，在“站内消息”页面关闭。",
    ]
