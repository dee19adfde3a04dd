"""Which address answers whom with what: the data of a test, and the page `docs/permissions.md`.

python -m tests.meta.permissions_page        writes the page anew
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "permissions.md"

ANONYMOUS, ADMINISTRATOR, STAFF, LIAISON, NEIGHBOUR = (
    "anonymous",
    "administrator",
    "office_staff",
    "liaison",
    "neighbour",
)
PEOPLE = {
    ANONYMOUS: "未登录",
    ADMINISTRATOR: "系统管理员",
    STAFF: "办公室经办",
    LIAISON: "该单位联络员",
    NEIGHBOUR: "其他单位联络员",
}

SIGN_IN, GO, OK, DONE, NO, NOT_THERE = "登录", "转到", "可以", "可以 ", "无权", "不存在"
STATUS = {SIGN_IN: 302, GO: 302, OK: 200, DONE: 204, NO: 403, NOT_THERE: 404}


@dataclass(frozen=True)
class Address:
    """One address: its name in the URLconf, its arguments, and what each of PEOPLE gets, in that order.

    Arguments in braces are filled from what the test made: a record of the liaison's unit, an upload of the staff's.
    """

    name: str
    what: str
    answers: tuple[str, str, str, str, str]
    arguments: tuple[str, ...] = ()
    query: str = ""
    method: str = "GET"

    @property
    def shown(self) -> str:
        """The name with its arguments."""
        return f"{self.name}({', '.join(self.arguments)}){self.query}" if self.arguments else f"{self.name}{self.query}"


EVERYBODY = (OK, OK, OK, OK, OK)
SIGNED_IN = (SIGN_IN, OK, OK, OK, OK)
OFFICE = (SIGN_IN, OK, OK, NO, NO)
OWN = (SIGN_IN, OK, OK, OK, NOT_THERE)
ITS_UPLOADER = (SIGN_IN, NOT_THERE, OK, NO, NO)

ADDRESSES = (
    Address("home", "首页", (SIGN_IN, GO, GO, GO, GO)),
    Address("login", "登录", (OK, GO, GO, GO, GO)),
    Address("logout", "退出登录", (GO, GO, GO, GO, GO), method="POST"),
    Address("password", "修改本人密码", SIGNED_IN),
    Address("session_kept", "继续使用", (SIGN_IN, DONE, DONE, DONE, DONE), method="POST"),
    Address("overview", "总览；联络员看到的是本单位", SIGNED_IN, ("2020-06",)),
    Address("rows", "网站信息列表，联络员只见本单位", SIGNED_IN, ("published_items",)),
    Address("rows", "依申请公开列表，联络员只见本单位", SIGNED_IN, ("applications",)),
    Address("rows", "部门信箱列表，联络员只见本单位", SIGNED_IN, ("mailbox_cases",)),
    Address("rows", "政务新媒体列表，联络员只见本单位", SIGNED_IN, ("media_checks",)),
    Address("rows", "工作任务列表，联络员只见本单位", SIGNED_IN, ("duties",)),
    Address("rows", "一项任务的完成情况，联络员只见本单位", SIGNED_IN, ("duties",), "?requirement=T-1"),
    Address("rows", "新媒体检查轮次", (SIGN_IN, OK, OK, NOT_THERE, NOT_THERE), ("media_rounds",)),
    Address("rows", "没有的种类", (SIGN_IN, NOT_THERE, NOT_THERE, NOT_THERE, NOT_THERE), ("nothing",)),
    Address("rows_export", "导出网站信息，联络员只有本单位", SIGNED_IN, ("published_items",)),
    Address("rows_export", "导出依申请公开，联络员只有本单位", SIGNED_IN, ("applications",)),
    Address("rows_export", "导出一项任务的完成情况", SIGNED_IN, ("duties",), "?requirement=T-1"),
    Address("record", "一条网站信息", OWN, ("published_items", "{item}")),
    Address("record", "一件申请", OWN, ("applications", "{application}")),
    Address("record", "一件来信", OWN, ("mailbox_cases", "{letter}")),
    Address("record", "一次新媒体检查", OWN, ("media_checks", "{check}")),
    Address("imports", "选择要导入的种类", OFFICE),
    Address("imports_kind", "上传部门信箱表", OFFICE, ("mailbox_cases",)),
    Address("imports_kind", "上传单位表", (SIGN_IN, OK, NOT_THERE, NO, NO), ("units",)),
    Address("imports_template", "下载模板", OFFICE, ("mailbox_cases",)),
    Address("imports_check", "核对结果，只有上传人可见", ITS_UPLOADER, ("mailbox_cases", "{token}")),
    Address("imports_marked", "标出错误的表格，只有上传人可见", ITS_UPLOADER, ("mailbox_cases", "{bad_token}")),
    Address(
        "imports_confirm",
        "确认导入，只有上传人可以",
        (SIGN_IN, NOT_THERE, GO, NO, NO),
        ("mailbox_cases", "{token}"),
        method="POST",
    ),
    Address(
        "imports_discard",
        "放弃导入，只有上传人可以",
        (SIGN_IN, NOT_THERE, GO, NO, NO),
        ("mailbox_cases", "{token}"),
        method="POST",
    ),
    Address("batches", "导入记录", OFFICE),
    Address("batches_one", "一批导入", OFFICE, ("{batch}",)),
    Address("batches_undo", "撤销一批导入", (SIGN_IN, GO, GO, NO, NO), ("{batch}",), method="POST"),
    Address("notice", "通报预览", OFFICE, ("2020-06",)),
    Address("notice_pdf", "通报版面", OFFICE, ("2020-06",)),
    Address("notice_file", "下载通报：纯文本", OFFICE, ("2020-06", "text")),
    Address("notice_file", "下载通报：数据", OFFICE, ("2020-06", "json")),
    Address("notice_file", "没有的格式", (SIGN_IN, NOT_THERE, NOT_THERE, NO, NO), ("2020-06", "odt")),
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
        answers = " | ".join(answer.strip() for answer in address.answers)
        lines.append(f"| {address.what} | `{method}{address.shown}` | {answers} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
