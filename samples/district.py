"""Who exists in the sample: 14 towns, streets and zones, 41 departments, 2 dissolved in 2019.

The units that the June 2020 notice names are real and keep the notice's names; the others are the departments a
district government of that year usually has, and are illustrative.
"""

import random
from dataclasses import dataclass
from datetime import date

TOWNS = "镇街道、商城、经开区"
DEPARTMENTS = "政府各部门"
REFORM = date(2019, 2, 15)
"""The sample's date of the 2019 reform of the district's departments (illustrative)."""


@dataclass(frozen=True)
class Unit:
    """A unit of the district, with every name under which a sheet may call it."""

    code: str
    full: str
    short: str
    aliases: tuple[str, ...]
    group: str
    kind: str
    order: int
    since: date | None = None
    until: date | None = None
    successor: str = ""

    def called(self, rng: random.Random) -> str:
        """One of the unit's names, as different clerks write it: mostly the short one."""
        chance = rng.random()
        if chance < 0.64:
            return self.short
        if chance < 0.78:
            return self.full
        if chance < 0.92 and self.aliases:
            return rng.choice(self.aliases)
        return self.code


_STREETS = ("兰山", "银雀山", "金雀山", "柳青")
_TOWNS = ("白沙埠", "枣园", "半程", "义堂", "马厂湖", "李官", "方城", "汪沟")

# short name | full name | aliases | kind; in the order of protocol.
_DEPARTMENTS = """
区政府办公室|兰山区人民政府办公室|区政府办、临沂市兰山区人民政府办公室|部门
区发改局|兰山区发展和改革局|区发展和改革局|部门
区教育局|兰山区教育局|教育局|部门
区科技局|兰山区科学技术局|区科学技术局|部门
区工信局|兰山区工业和信息化局|区工业和信息化局|部门
市公安局兰山分局|临沂市公安局兰山分局|区公安分局、兰山公安分局|部门
区民政局|兰山区民政局|民政局|部门
区司法局|兰山区司法局|司法局|部门
区财政局|兰山区财政局|财政局|部门
区人社局|兰山区人力资源和社会保障局|区人力资源和社会保障局、人社局|部门
市自然资源局兰山分局|临沂市自然资源和规划局兰山分局|区自然资源分局、市自然资源和规划局兰山分局|部门
市生态环境局兰山分局|临沂市生态环境局兰山分局|区生态环境分局|部门
区住建局|兰山区住房和城乡建设局|区住房和城乡建设局、住建局|部门
区交通运输局|兰山区交通运输局|区交通局|部门
区水利局|兰山区水利局|水利局|部门
区农业农村局|兰山区农业农村局|农业农村局|部门
区商务局|兰山区商务局|商务局|部门
区文旅局|兰山区文化和旅游局|区文化和旅游局|部门
区卫健局|兰山区卫生健康局|区卫生健康局|部门
区退役军人局|兰山区退役军人事务局|区退役军人事务局|部门
区应急局|兰山区应急管理局|区应急管理局|部门
区审计局|兰山区审计局|审计局|部门
区审批服务局|兰山区行政审批服务局|区行政审批服务局、区行政审批局|部门
区市场监管局|兰山区市场监督管理局|区市场监督管理局、市场监管局|部门
区综合执法局|兰山区综合行政执法局|区综合行政执法局|部门
区统计局|兰山区统计局|统计局|部门
区医保局|兰山区医疗保障局|区医疗保障局|部门
区信访局|兰山区信访局|信访局|部门
区金融监管局|兰山区地方金融监督管理局|区地方金融监管局|部门
区大数据局|兰山区大数据局|大数据局|部门
区扶贫办|兰山区扶贫开发办公室|区扶贫开发办公室、扶贫办|部门
区人防办|兰山区人民防空办公室|区人民防空办公室|部门
区农机发展中心|兰山区农业机械发展中心|区农机中心|直属机构
区畜牧发展中心|兰山区畜牧发展促进中心|区畜牧中心|直属机构
区机关事务服务中心|兰山区机关事务服务中心|区机关事务中心|直属机构
区投资促进中心|兰山区投资促进服务中心|区投促中心|直属机构
区房产服务中心|兰山区房产和住房保障服务中心|区房产和住房保障服务中心|直属机构
区环卫服务中心|兰山区环境卫生服务中心|区环卫中心|直属机构
区供销社|兰山区供销合作社联合社|区供销合作社|其他
区税务局|国家税务总局临沂市兰山区税务局|税务局|其他
区消防救援大队|临沂市兰山区消防救援大队|兰山消防大队|其他
"""
_FOUNDED_BY_REFORM = ("区退役军人局", "区应急局", "区审批服务局", "区市场监管局", "区医保局", "区文旅局")
_DISSOLVED = (
    ("区安监局", "兰山区安全生产监督管理局", "安监局", "区应急局"),
    ("区旅游局", "兰山区旅游发展局", "旅游局", "区文旅局"),
)


def _towns() -> list[Unit]:
    named = (
        [(f"{n}街道", f"兰山区{n}街道办事处", (f"{n}街道办事处", f"{n}街道办"), "街道") for n in _STREETS]
        + [(f"{n}镇", f"兰山区{n}镇人民政府", (f"{n}镇人民政府", f"{n}镇政府"), "镇") for n in _TOWNS]
        + [("兰山商城", "兰山商城管委会", ("商城",), "管委会")]
        + [("兰山经开区", "兰山经济开发区管委会", ("兰山经济开发区", "经开区"), "管委会")]
    )
    return [
        Unit(f"371302-T{n:02d}", full, short, aliases, TOWNS, kind, n)
        for n, (short, full, aliases, kind) in enumerate(named, 1)
    ]


def _departments() -> list[Unit]:
    units: list[Unit] = []
    for n, line in enumerate(_DEPARTMENTS.split(), 1):
        short, full, aliases, kind = line.split("|")
        since = REFORM if short in _FOUNDED_BY_REFORM else None
        units.append(
            Unit(f"371302-D{n:02d}", full, short, tuple(aliases.split("、")), DEPARTMENTS, kind, 100 + n, since)
        )
    return units


def _dissolved(departments: list[Unit]) -> list[Unit]:
    code = {unit.short: unit.code for unit in departments}
    return [
        Unit(f"371302-D{n}", full, short, (alias,), DEPARTMENTS, "部门", 100 + n, None, REFORM, code[successor])
        for n, (short, full, alias, successor) in enumerate(_DISSOLVED, 91)
    ]


UNITS: tuple[Unit, ...] = (*_towns(), *_departments())
"""The units of 2020 in official order: towns, streets and zones first, then departments."""

DISSOLVED: tuple[Unit, ...] = tuple(_dissolved(_departments()))

BY_SHORT: dict[str, Unit] = {unit.short: unit for unit in UNITS}


def in_group(group: str) -> list[Unit]:
    """The units of 2020 of one group, in official order."""
    return [unit for unit in UNITS if unit.group == group]


def unit_rows() -> list[dict[str, object]]:
    """The rows of the `units` sheet."""
    return [
        {
            "单位编码": unit.code,
            "全称": unit.full,
            "简称": unit.short,
            "别名": "、".join(unit.aliases),
            "分组": unit.group,
            "类型": unit.kind,
            "排序": unit.order,
            "启用日期": unit.since,
            "停用日期": unit.until,
            "并入单位": unit.successor,
            "备注": "机构改革撤销" if unit.until else "",
        }
        for unit in (*UNITS, *DISSOLVED)
    ]


def office_rows() -> list[dict[str, object]]:
    """The one row of the `office` sheet, as the June 2020 notice names the office."""
    return [
        {
            "政区代码": "371302",
            "政区名称": "临沂市兰山区",
            "级别词": "区",
            "政府名称": "兰山区人民政府",
            "机关名称": "临沂市兰山区人民政府办公室",
            "机关简称": "区政府办公室",
            "科室": "区政府办公室政务公开科",
            "主送机关": "各镇人民政府、街道办事处，区政府有关部门，兰山商城管委会，兰山经济开发区管委会",
            "发文机关代字": "临兰政办字",
        }
    ]
