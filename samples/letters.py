"""Applications for disclosure and cases of the departments' mailboxes, three months.

June holds the notice's four applications (the one it does not explain came by letter post) and its fifteen
cases by unit. Subjects are illustrative; applicants appear only as kinds.
"""

import random
from datetime import date

from samples.calendar_2020 import add_workdays, days, is_workday
from samples.district import BY_SHORT

Row = dict[str, object]

_COLUMNS = ("受理单位", "渠道", "收到日期", "申请人类型", "申请内容", "答复日期", "办理结果")
_ASSISTANCE = "协助调查函不计入条例规定的申请，按机关惯例一并登记"

_MAY = (
    (
        "区政府办公室",
        "网站",
        date(2020, 5, 6),
        "自然人",
        "2019年度城市基础设施配套费收支情况",
        date(2020, 6, 8),
        "予以公开",
    ),
    ("区住建局", "网站", date(2020, 5, 9), "自然人", "某住宅小区竣工验收备案材料", date(2020, 5, 28), "予以公开"),
    ("义堂镇", "信函", date(2020, 5, 12), "自然人", "村级道路硬化工程招标文件", date(2020, 6, 5), "部分公开"),
    ("区教育局", "当面", date(2020, 5, 15), "自然人", "民办幼儿园普惠性认定办法", date(2020, 5, 18), "予以公开"),
    (
        "区农业农村局",
        "协助调查函",
        date(2020, 5, 20),
        None,
        "协助核查耕地地力保护补贴面积有关材料",
        date(2020, 6, 2),
        None,
    ),
    ("区卫健局", "电子邮件", date(2020, 5, 26), "商业企业", "医疗废物集中处置收费依据", date(2020, 6, 9), "予以公开"),
)
_JUNE = (
    ("区政府办公室", "网站", date(2020, 6, 3), "自然人", "2019年度区级重点项目投资计划", date(2020, 6, 19), "予以公开"),
    (
        "市自然资源局兰山分局",
        "协助调查函",
        date(2020, 6, 9),
        None,
        "协助提供某地块征收批复有关材料",
        date(2020, 6, 22),
        None,
    ),
    ("区住建局", "信函", date(2020, 6, 15), "自然人", "某片区房屋征收补偿方案及公告", date(2020, 7, 7), "部分公开"),
    ("兰山街道", "协助调查函", date(2020, 6, 22), None, "协助核查社区房屋征收补偿有关材料", date(2020, 7, 3), None),
)


def application_rows(month: str) -> list[Row]:
    """The rows of the `applications` sheet; July 2020 has none."""
    rows: list[Row] = []
    for n, values in enumerate({"2020-05": _MAY, "2020-06": _JUNE}.get(month, ()), 1):
        row: Row = dict(zip(_COLUMNS, values, strict=True))
        row |= {"申请编号": f"LS-YSQ-{month.replace('-', '')}-{n:03d}", "受理单位": BY_SHORT[str(values[0])]}
        if row["渠道"] == "协助调查函":
            row["备注"] = _ASSISTANCE
        rows.append(row)
    if month == "2020-05":
        rows[0] |= {"延期日期": date(2020, 6, 2), "延期工作日数": 10, "备注": "涉及材料较多，经批准延期"}
        rows[2] |= {"补正通知日期": date(2020, 5, 15), "补正收到日期": date(2020, 5, 19)}
    if month == "2020-06":
        rows[2] |= {"征求意见发出日期": date(2020, 6, 18), "征求意见收到日期": date(2020, 6, 24)}
    return rows


# Unit, title, kind; the sample draws the days.
_CASES = {
    "2020-05": """
区教育局|咨询小学一年级入学报名材料|咨询
区教育局|询问复学后课后服务安排|咨询
区教育局|建议错峰放学缓解校门口拥堵|建议
区教育局|反映校外培训机构退费困难|投诉
区综合执法局|反映夜间烧烤油烟扰民|投诉
区综合执法局|建议增设早市摊点|建议
区住建局|咨询农村危房改造申请条件|咨询
区住建局|反映小区供暖管道渗漏|投诉
区住建局|求助老旧小区加装电梯手续|求助
区人社局|咨询失业保险金申领|咨询
区人社局|咨询灵活就业人员参保|咨询
市公安局兰山分局|咨询户口迁移所需材料|咨询
市自然资源局兰山分局|咨询不动产权证补办流程|咨询
区卫健局|咨询预防接种门诊开诊时间|咨询
区民政局|咨询临时救助申请条件|咨询
金雀山街道|反映楼道堆放杂物|投诉
义堂镇|反映村内道路破损|投诉
区交通运输局|建议增加公交班次|建议
""",
    "2020-06": """
区教育局|咨询2020年小学招生片区划分|咨询
区教育局|咨询随迁子女入学所需材料|咨询
区教育局|反映校车停靠点设置不合理|投诉
区教育局|建议延长课后服务时间|建议
区教育局|咨询教师资格认定时间|咨询
区人社局|咨询职业技能培训补贴申领|咨询
区人社局|反映工资拖欠问题|投诉
区住建局|咨询公租房申请条件|咨询
区住建局|反映工地夜间施工扰民|投诉
区政府办公室|咨询政府公报查阅地点|咨询
区政府办公室|建议完善政务热线回访|建议
兰山街道|求助社区养老助餐服务|求助
柳青街道|反映小区停车秩序混乱|投诉
区农业农村局|咨询耕地地力保护补贴标准|咨询
区司法局|咨询法律援助申请条件|咨询
""",
    "2020-07": """
区教育局|咨询初中招生报名时间|咨询
区教育局|咨询学区房入学年限要求|咨询
区教育局|咨询民办学校摇号办法|咨询
区住建局|反映雨后小区积水|投诉
区综合执法局|反映广场噪声扰民|投诉
区水利局|建议河道设置防溺水警示牌|建议
区医保局|咨询异地就医备案|咨询
枣园镇|求助办理残疾人补贴|求助
""",
}
_LATE = {"2020-05": {"反映夜间烧烤油烟扰民": 8, "反映小区供暖管道渗漏": 7}}
"""Cases answered late, with the working days they took; the limit is five."""


def case_rows(month: str) -> list[Row]:
    """The rows of the `mailbox_cases` sheet, in the order of their arrival."""
    rng = random.Random(f"mailbox {month}")
    last = {"2020-05": date(2020, 5, 29), "2020-06": date(2020, 6, 30), "2020-07": date(2020, 7, 31)}[month]
    first = last.replace(day=1)
    cases = [line.split("|") for line in _CASES[month].split()]
    arrived: list[tuple[date, list[str]]] = []
    for case in cases:
        working = [day for day in days(first, last) if is_workday(day)]
        arrived.append((rng.choice(working if rng.random() < 0.85 else days(first, last)), case))
    arrived.sort(key=lambda pair: pair[0])
    rows: list[Row] = []
    for n, (day, (unit, title, kind)) in enumerate(arrived, 1):
        taken = _LATE.get(month, {}).get(title) or rng.randint(1, 5)
        rows.append(
            {
                "编号": f"LSXX{month.replace('-', '')}{n:04d}",
                "单位": BY_SHORT[unit],
                "来信日期": day,
                "标题": title,
                "类型": kind,
                "答复日期": add_workdays(day, taken),
                "是否公开": "否" if kind == "求助" or rng.random() < 0.2 else "是",
            }
        )
    return rows
