"""Which address answers whom with what: the data of a test, and the page `docs/permissions.md`.

python -m tests.meta.permissions_page        writes the page anew
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "permissions.md"

ANONYMOUS, ADMINISTRATOR, STAFF, REVIEWER, LEADER, LIAISON, UNIT_LEADER, NEIGHBOUR, AUDITOR = (
    "anonymous",
    "administrator",
    "staff",
    "reviewer",
    "leader",
    "liaison",
    "unit_leader",
    "neighbour",
    "auditor",
)
PEOPLE = {
    ANONYMOUS: "未登录",
    ADMINISTRATOR: "系统管理员",
    STAFF: "办公室经办",
    REVIEWER: "办公室审核",
    LEADER: "签发领导",
    LIAISON: "该单位联络员",
    UNIT_LEADER: "该单位分管领导",
    NEIGHBOUR: "其他单位联络员",
    AUDITOR: "审计员",
}

SIGN_IN, GO, OK, DONE, NO, NOT_THERE = "登录", "转到", "可以", "可以 ", "无权", "不存在"
STATUS = {SIGN_IN: 302, GO: 302, OK: 200, DONE: 204, NO: 403, NOT_THERE: 404}

Answers = dict[str, str]
"""What each of PEOPLE gets."""


def answers(what: str, *people: str, otherwise: str = NO) -> Answers:
    """Those people get `what`, others `otherwise`, and nobody signed in is sent to sign in."""
    return {who: SIGN_IN if who == ANONYMOUS else what if who in people else otherwise for who in PEOPLE}


OFFICE_PEOPLE = (ADMINISTRATOR, STAFF, REVIEWER, LEADER)
UNIT_PEOPLE = (LIAISON, UNIT_LEADER)
READERS = (*OFFICE_PEOPLE, *UNIT_PEOPLE, NEIGHBOUR)

EVERYBODY = dict.fromkeys(PEOPLE, OK)
SIGNED_IN = answers(OK, *PEOPLE)
EVERY_READER = answers(OK, *READERS)
"""Whoever reads anything; units see their own."""
OWN = answers(OK, *OFFICE_PEOPLE, *UNIT_PEOPLE) | {NEIGHBOUR: NOT_THERE}
"""Something of one unit."""
OFFICE = answers(OK, *OFFICE_PEOPLE)
OFFICE_ELSE_NOT_THERE = OFFICE | dict.fromkeys((*UNIT_PEOPLE, NEIGHBOUR), NOT_THERE)
CLERKS = answers(OK, ADMINISTRATOR, STAFF)
ITS_UPLOADER = answers(OK, STAFF) | {ADMINISTRATOR: NOT_THERE}


def instead(pattern: Answers, told: str) -> Answers:
    """The same people, who get `told` where the pattern says that they may."""
    return {who: told if answer in (OK, GO, DONE) else answer for who, answer in pattern.items()}


@dataclass(frozen=True)
class Address:
    """One address: its name in the URLconf, its arguments, and what each of PEOPLE gets.

    Arguments in braces are filled from what the test made: a record of the liaison's unit, an upload of the staff's.
    """

    name: str
    what: str
    answers: Answers
    arguments: tuple[str, ...] = ()
    query: str = ""
    method: str = "GET"

    @property
    def shown(self) -> str:
        """The name with its arguments."""
        return f"{self.name}({', '.join(self.arguments)}){self.query}" if self.arguments else f"{self.name}{self.query}"


ADDRESSES = (
    Address("home", "首页", instead(SIGNED_IN, GO)),
    Address("login", "登录", instead(EVERYBODY, GO) | {ANONYMOUS: OK}),
    Address("logout", "退出登录", instead(EVERYBODY, GO), method="POST"),
    Address("password", "修改本人密码", SIGNED_IN),
    Address("session_kept", "继续使用", instead(SIGNED_IN, DONE), method="POST"),
    Address("overview", "总览；单位人员看到的是本单位", EVERY_READER, ("2020-06",)),
    Address("rows", "网站信息列表，单位人员只见本单位", EVERY_READER, ("published_items",)),
    Address("rows", "依申请公开列表，单位人员只见本单位", EVERY_READER, ("applications",)),
    Address("rows", "部门信箱列表，单位人员只见本单位", EVERY_READER, ("mailbox_cases",)),
    Address("rows", "政务新媒体列表，单位人员只见本单位", EVERY_READER, ("media_checks",)),
    Address("rows", "工作任务列表，单位人员只见本单位", EVERY_READER, ("duties",)),
    Address("rows", "一项任务的完成情况，单位人员只见本单位", EVERY_READER, ("duties",), "?requirement=T-1"),
    Address("rows", "新媒体检查轮次", OFFICE_ELSE_NOT_THERE, ("media_rounds",)),
    Address("rows", "没有的种类", instead(EVERY_READER, NOT_THERE), ("nothing",)),
    Address("rows_export", "导出网站信息，单位人员只有本单位", EVERY_READER, ("published_items",)),
    Address("rows_export", "导出依申请公开，单位人员只有本单位", EVERY_READER, ("applications",)),
    Address("rows_export", "导出一项任务的完成情况", EVERY_READER, ("duties",), "?requirement=T-1"),
    Address("record", "一条网站信息", OWN, ("published_items", "{item}")),
    Address("record", "一件申请", OWN, ("applications", "{application}")),
    Address("record", "一件来信", OWN, ("mailbox_cases", "{letter}")),
    Address("record", "一次新媒体检查", OWN, ("media_checks", "{check}")),
    Address("imports", "选择要导入的种类", CLERKS),
    Address("imports_kind", "上传部门信箱表", CLERKS, ("mailbox_cases",)),
    Address("imports_kind", "上传单位表", CLERKS | {STAFF: NOT_THERE}, ("units",)),
    Address("imports_template", "下载模板", CLERKS, ("mailbox_cases",)),
    Address("imports_check", "核对结果，只有上传人可见", ITS_UPLOADER, ("mailbox_cases", "{token}")),
    Address("imports_marked", "标出错误的表格，只有上传人可见", ITS_UPLOADER, ("mailbox_cases", "{bad_token}")),
    Address(
        "imports_confirm",
        "确认导入，只有上传人可以",
        instead(ITS_UPLOADER, GO),
        ("mailbox_cases", "{token}"),
        method="POST",
    ),
    Address(
        "imports_discard",
        "放弃导入，只有上传人可以",
        instead(ITS_UPLOADER, GO),
        ("mailbox_cases", "{token}"),
        method="POST",
    ),
    Address("batches", "导入记录", CLERKS),
    Address("batches_one", "一批导入", CLERKS, ("{batch}",)),
    Address("batches_undo", "撤销一批导入", instead(CLERKS, GO), ("{batch}",), method="POST"),
    Address("notice", "通报预览", OFFICE, ("2020-06",)),
    Address("notice_pdf", "通报版面", OFFICE, ("2020-06",)),
    Address("notice_file", "下载通报：纯文本", OFFICE, ("2020-06", "text")),
    Address("notice_file", "下载通报：数据", OFFICE, ("2020-06", "json")),
    Address("notice_file", "没有的格式", instead(OFFICE, NOT_THERE), ("2020-06", "odt")),
)


def page() -> str:
    """The page: who each role is, what each permission means, what each address answers."""
    from units.roles import ROLES, Permission

    lines = [
        "# Who may see what",
        "",
        "Written by `python -m tests.meta.permissions_page` from the table that",
        "`tests/meta/test_every_url_with_every_role.py` walks; that test fails when this page is out of date.",
        "",
        "## 角色",
        "",
        "| 角色 | 说明 | 权限 |",
        "| --- | --- | --- |",
    ]
    for role in ROLES.values():
        rights = "；".join(right.sentence for right in Permission if right in role.permissions)
        lines.append(f"| {role.display_name} | {role.description} | {rights} |")
    lines += [
        "",
        "## 页面",
        "",
        f"登录：转到登录页，登录后返回。{GO}：办理后转到其他页面。无权：403。不存在：404。",
        "",
        f"| 页面 | 地址 | {' | '.join(PEOPLE.values())} |",
        f"| --- | --- | {' | '.join('---' for _ in PEOPLE)} |",
    ]
    for address in ADDRESSES:
        method = "" if address.method == "GET" else f"{address.method} "
        told = " | ".join(address.answers[who].strip() for who in PEOPLE)
        lines.append(f"| {address.what} | `{method}{address.shown}` | {told} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
