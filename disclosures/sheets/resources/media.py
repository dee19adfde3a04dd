"""新媒体账号 and 新媒体检查."""

from collections.abc import Iterable

from disclosures.models import MediaAccount, MediaCheck, Platform
from disclosures.sheets.register import nearest
from disclosures.sheets.resources.base import Column, Complaint, Row, SheetResource, needs, not_before
from disclosures.sheets.widgets import ChoiceWidget, DateWidget, KeeperWidget, TermWidget, TextWidget
from units.directory import normalised


def closed_state(resource: SheetResource, row: Row) -> Iterable[Complaint]:
    """An account with a day of closing is closed."""
    if row["closed_on"] and row["state"] != MediaAccount.State.CLOSED:
        yield "state", "填写了注销日期，状态应为“已注销”。"


class MediaAccountResource(SheetResource):
    """One account of a unit on a platform."""

    name = Column("name", "账号名称", TextWidget(width=24), required=True, example="兰山教育")
    platform = Column("platform_id", "平台", TermWidget(Platform), required=True, example="微信订阅号")
    unit = Column(
        "unit_id", "主办单位", KeeperWidget(), required=True, example="区教育局", note="现在主办该账号的单位。"
    )
    account_id = Column("account_id", "账号ID", TextWidget(), default="", note="平台上的账号标识。")
    state = Column(
        "state", "状态", ChoiceWidget(MediaAccount.State), default=MediaAccount.State.NORMAL.value, note="留空为正常。"
    )
    opened_on = Column("opened_on", "开设日期", DateWidget())
    closed_on = Column("closed_on", "注销日期", DateWidget())

    model = MediaAccount
    key_in_words = "平台和账号名称"
    other_day = "opened_on"
    rules = (not_before("closed_on", "opened_on", "注销日期早于开设日期，请核对。"), closed_state)

    def natural_key(self, row: Row) -> tuple[str, ...]:
        return (str(row["platform_id"]), normalised(row["name"]))


def account_is_known(resource: SheetResource, row: Row) -> Iterable[Complaint]:
    """A check belongs to an account the portal knows."""
    accounts = resource.register.accounts
    if (row["platform_id"], normalised(row["account_name"])) not in accounts:
        platform = next(
            word.name for word in resource.register.terms(Platform).values() if word.pk == row["platform_id"]
        )
        known = [account.name for (platform_id, _), account in accounts.items() if platform_id == row["platform_id"]]
        hint = nearest(row["account_name"], known)
        yield (
            "account_name",
            f"新媒体账号表中没有{platform}账号“{row['account_name']}”{hint}，请核对，或先导入新媒体账号。",
        )


class MediaCheckResource(SheetResource):
    """What one check round found at one account: a line a problem, or one line without problem."""

    round = Column("round", "检查批次", TextWidget(width=20), required=True, example="2020年7月第1次")
    checked_on = Column("checked_on", "检查日期", DateWidget(), required=True, example="2020-07-08")
    account_name = Column("account_name", "账号名称", TextWidget(80, width=24), required=True, example="兰山教育")
    platform = Column("platform_id", "平台", TermWidget(Platform), required=True, example="微信订阅号")
    last_updated_on = Column("last_updated_on", "最近更新日期", DateWidget(), example="2020-06-20")
    problem = Column(
        "problem",
        "问题类型",
        ChoiceWidget(MediaCheck.Problem),
        default="",
        example="超期更新",
        note="留空表示未发现问题。",
    )
    description = Column("description", "问题说明", TextWidget(lines=True, width=36), default="")
    rectify_by = Column("rectify_by", "整改期限", DateWidget())
    rectified_on = Column("rectified_on", "整改完成日期", DateWidget())

    model = MediaCheck
    key_in_words = "检查批次、平台、账号名称和问题类型"
    day = "checked_on"
    derived = ("account_id", "unit_id")
    settled = ("unit_id",)
    export_order = ("checked_on", "pk")
    recent = frozenset({"checked_on"})
    rules = (
        account_is_known,
        not_before("checked_on", "last_updated_on", "检查日期早于最近更新日期，请核对。"),
        not_before("rectified_on", "checked_on", "整改完成日期早于检查日期，请核对。"),
        needs("rectify_by", "problem", "填写了整改期限，却没有问题类型，请补填。"),
        needs("rectified_on", "problem", "填写了整改完成日期，却没有问题类型，请补填。"),
    )

    def natural_key(self, row: Row) -> tuple[str, ...]:
        return (row["round"], str(row["platform_id"]), normalised(row["account_name"]), row["problem"])

    def suggestions(self, attribute: str) -> tuple[str, ...]:
        return tuple(account.name for account in self.register.accounts.values()) if attribute == "account_name" else ()

    def complete(self, row: Row) -> None:
        """The unit is the one that keeps the account when the check first comes in."""
        account = self.register.accounts[row["platform_id"], normalised(row["account_name"])]
        row["account_id"], row["unit_id"] = account.pk, account.unit_id

    def displayed(self, row: Row) -> Row:
        platform_id, name = self.register.accounts_by_pk[row["account_id"]]
        return row | {"account_name": name, "platform_id": platform_id}
