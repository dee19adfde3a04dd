"""New-media accounts of the district's units and the check rounds of three months.

The round of July 2020 has the notice's nine overdue accounts: 5 微信订阅号, 2 微信服务号, 1 微博, 1 抖音. Accounts
and the other rounds are illustrative; no account of this list exists under its identifier.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from samples.calendar_2020 import add_workdays, days
from samples.district import BY_SHORT, TOWNS, UNITS, Unit

Row = dict[str, object]

_NO_SUBSCRIPTION = ("区审计局", "区人防办", "区金融监管局", "区供销社", "区机关事务服务中心", "区信访局")

# Platform -> units that run an account there besides 微信订阅号, which most units have.
_ALSO_ON = {
    "微信服务号": "区教育局 区人社局 区卫健局 区审批服务局 区医保局 区税务局 区住建局 市自然资源局兰山分局 柳青街道",
    "微博": "区教育局 市公安局兰山分局 区民政局 区司法局 区人社局 区住建局 区水利局 区文旅局 区卫健局 区应急局 "
    "区市场监管局 区综合执法局 区消防救援大队 银雀山街道 兰山街道 兰山商城",
    "抖音": "市公安局兰山分局 区文旅局 区应急局 区市场监管局 区综合执法局 区消防救援大队 义堂镇 枣园镇",
    "今日头条": "区政府办公室 区教育局 区农业农村局 区司法局 兰山经开区",
    "快手": "区消防救援大队 方城镇",
    "视频号": "区文旅局 区卫健局",
    "移动客户端": "区审批服务局",
    "其他": "区大数据局",
}
_CODE = {
    "微信订阅号": "dy",
    "微信服务号": "fw",
    "微博": "wb",
    "抖音": "dyin",
    "今日头条": "tt",
    "快手": "ks",
    "视频号": "sp",
    "移动客户端": "app",
    "其他": "qt",
}
_SERVICE_NAME = {"移动客户端": "兰山掌上办", "其他": "兰山城市大脑小程序"}
_CLOSED = {("微博", "区水利局"): date(2019, 11, 20), ("今日头条", "区司法局"): date(2020, 4, 15)}
_PAUSED = (("微博", "区民政局"), ("微信订阅号", "区投资促进中心"))


@dataclass(frozen=True)
class Account:
    """One account; `closed` and `paused` as the register of the summer of 2020 has them."""

    name: str
    platform: str
    unit: Unit
    identifier: str
    opened: date
    closed: date | None
    paused: bool

    @property
    def state(self) -> str:
        """正常, 暂停 or 已注销."""
        return "已注销" if self.closed else "暂停" if self.paused else "正常"


def _accounts() -> Iterator[Account]:
    rng = random.Random("accounts")
    holders = {"微信订阅号": [unit for unit in UNITS if unit.short not in _NO_SUBSCRIPTION]}
    holders |= {platform: [BY_SHORT[name] for name in names.split()] for platform, names in _ALSO_ON.items()}
    for platform, units in holders.items():
        for n, unit in enumerate(units, 1):
            key = (platform, unit.short)
            yield Account(
                _account_name(platform, unit),
                platform,
                unit,
                f"lanshan-sample-{_CODE[platform]}{n:02d}",
                date(2014, 3, 1) + timedelta(rng.randint(0, 2100)),
                _CLOSED.get(key),
                key in _PAUSED,
            )


def _account_name(platform: str, unit: Unit) -> str:
    if platform in _SERVICE_NAME:
        return _SERVICE_NAME[platform]
    core = unit.short.removeprefix("区")
    if unit.group == TOWNS:
        core = core.removesuffix("街道").removesuffix("镇").removeprefix("兰山") or "兰山街道"
        return f"{core}之声" if platform == "微信订阅号" else f"{core}便民服务"
    if core.endswith("兰山分局"):
        core = core.removeprefix("市").removesuffix("兰山分局")
    for end in ("服务中心", "发展中心", "促进中心", "救援大队", "办公室", "局", "办"):
        core = core.removesuffix(end)
    return f"兰山{core.removesuffix('服务')}服务" if platform == "微信服务号" else f"兰山{core}"


ACCOUNTS: tuple[Account, ...] = tuple(_accounts())


def account_rows() -> list[Row]:
    """The rows of the `media_accounts` sheet."""
    return [
        {
            "账号名称": account.name,
            "平台": account.platform,
            "主办单位": account.unit,
            "账号ID": account.identifier,
            "状态": account.state,
            "开设日期": account.opened,
            "注销日期": account.closed,
        }
        for account in ACCOUNTS
    ]


@dataclass(frozen=True)
class Round:
    """One check of all accounts: its days, the accounts found overdue, and the time given to put them right."""

    name: str
    first: date
    last: date
    overdue: tuple[tuple[str, str], ...]
    due: date
    late: tuple[tuple[str, str], ...] = ()
    """Accounts put right only after `due`."""


ROUNDS = {
    "2020-05": Round(
        "2020年6月第1次",
        date(2020, 6, 3),
        date(2020, 6, 5),
        (
            ("微信订阅号", "区科技局"),
            ("微信订阅号", "方城镇"),
            ("微信订阅号", "汪沟镇"),
            ("微信订阅号", "区统计局"),
            ("微信订阅号", "区畜牧发展中心"),
            ("微信订阅号", "李官镇"),
            ("微信服务号", "区住建局"),
            ("微博", "区司法局"),
            ("微博", "兰山商城"),
            ("今日头条", "兰山经开区"),
            ("快手", "方城镇"),
        ),
        date(2020, 6, 9),
    ),
    "2020-06": Round(
        "2020年7月第1次",
        date(2020, 7, 6),
        date(2020, 7, 8),
        (
            ("微信订阅号", "半程镇"),
            ("微信订阅号", "李官镇"),
            ("微信订阅号", "区科技局"),
            ("微信订阅号", "区农机发展中心"),
            ("微信订阅号", "区退役军人局"),
            ("微信服务号", "柳青街道"),
            ("微信服务号", "区医保局"),
            ("微博", "银雀山街道"),
            ("抖音", "区综合执法局"),
        ),
        date(2020, 7, 10),
    ),
    "2020-07": Round(
        "2020年8月第1次",
        date(2020, 8, 4),
        date(2020, 8, 6),
        (
            ("微信订阅号", "李官镇"),
            ("微信订阅号", "区统计局"),
            ("微信订阅号", "区环卫服务中心"),
            ("今日头条", "兰山经开区"),
            ("微博", "兰山商城"),
        ),
        date(2020, 8, 10),
        (("微博", "兰山商城"),),
    ),
}


def check_rows(month: str) -> list[Row]:
    """The rows of the `media_checks` sheet of the round that the month's notice reports: every account in use, once."""
    check = ROUNDS[month]
    rng = random.Random(f"checks {month}")
    rows: list[Row] = []
    for account in ACCOUNTS:
        if account.state != "正常":
            continue
        day = rng.choice(days(check.first, check.last))
        key = (account.platform, account.unit.short)
        row: Row = {
            "检查批次": check.name,
            "检查日期": day,
            "账号名称": account.name,
            "平台": account.platform,
            "最近更新日期": day - timedelta(rng.randint(0, 12)),
        }
        if key in check.overdue:
            silent = rng.randint(16, 41)
            done = add_workdays(check.due, 1) if key in check.late else check.due - timedelta(rng.randint(0, 1))
            row |= {
                "最近更新日期": day - timedelta(silent),
                "问题类型": "超期更新",
                "问题说明": f"截至检查日已{silent}日未更新",
                "整改期限": check.due,
                "整改完成日期": done,
            }
        rows.append(row)
    return rows
