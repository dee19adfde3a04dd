"""Tasks that the office set its units, and what the units handed in.

June's lists of units that did not deliver are the notice's, with its two cut-off dates; the days on which the others
delivered, and May's and July's tasks, are illustrative.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from samples.calendar_2020 import add_workdays, workday_before
from samples.district import BY_SHORT, UNITS, Unit, in_group
from samples.public_titles import GRASSROOTS_NUMBER, GRASSROOTS_PLAN

Row = dict[str, object]

ALL = "全部单位"
BASIS = f"《{GRASSROOTS_PLAN}》（{GRASSROOTS_NUMBER}）"
INTERVIEWED = (
    "兰山街道、银雀山街道、白沙埠镇、枣园镇、区发改局、区教育局、区民政局、区人社局、"
    "区住建局、区卫健局、区审批服务局、区市场监管局"
)
"""The units whose turn for an interview on the government website falls into the summer of 2020."""

CATALOGUE, PLAN, INTERVIEW, SURVEY = (f"RW-202006-{n:02d}" for n in range(1, 5))


@dataclass(frozen=True)
class Answers:
    """What the units of a task handed in for one period.

    `missing` hand in nothing that counts; `late` accepted rows after the due date; `returned` a first row that was sent
    back before the accepted one; `extra` rows as they stand, for what happened after the cut-off.
    """

    task: str
    units: tuple[Unit, ...]
    material: str
    first: date
    due: date
    missing: tuple[str, ...] = ()
    late: Mapping[str, date] = field(default_factory=dict)
    returned: Mapping[str, tuple[date, date]] = field(default_factory=dict)
    extra: tuple[tuple[str, date, str], ...] = ()
    adopted: Mapping[str, str] = field(default_factory=dict)
    period: str = ""

    def rows(self) -> Iterator[Row]:
        """The rows of the `submissions` sheet for this task and period."""
        rng = random.Random(f"submissions {self.task} {self.period}")
        for unit in self.units:
            if unit.short in self.returned:
                back, again = self.returned[unit.short]
                yield self._row(unit, back, "退回")
                yield self._row(unit, again, "通过")
            elif unit.short in self.late:
                yield self._row(unit, self.late[unit.short], "通过")
            elif unit.short not in self.missing:
                day = workday_before(self.due, rng.randint(0, 9))
                yield self._row(unit, max(day, add_workdays(self.first, 0)), "通过")
        for name, day, verdict in self.extra:
            yield self._row(BY_SHORT[name], day, verdict)

    def _row(self, unit: Unit, day: date, verdict: str) -> Row:
        return {
            "任务编号": self.task,
            "期次": self.period,
            "单位": unit,
            "提交日期": day,
            "材料名称": self.material.format(u=unit.full),
            "审核结果": verdict,
            "采用级别": self.adopted.get(unit.short),
        }


def _named(names: str) -> tuple[Unit, ...]:
    return tuple(BY_SHORT[name] for name in names.split("、"))


_INTERVIEW_TASK: Row = {
    "任务编号": INTERVIEW,
    "任务名称": "政务访谈稿",
    "布置日期": date(2020, 6, 1),
    "截止日期": date(2020, 6, 25),
    "范围": INTERVIEWED,
    "频次": "每月",
    "通报位置": "存在问题",
    "问题标题": "个别单位政务访谈内容报送不及时",
    "问题说明": "部分单位对政务访谈工作重视不足，存在政务访谈内容报送不及时的问题",
    "动作": "报送",
}

_TASKS: dict[str, tuple[Row, ...]] = {
    "2020-05": (
        {
            "任务编号": "RW-202005-01",
            "任务名称": "2020年政务公开工作台账",
            "来源通报": "2020-04",
            "布置日期": date(2020, 5, 12),
            "截止日期": date(2020, 5, 29),
            "统计截止日期": date(2020, 6, 5),
            "范围": ALL,
            "频次": "一次",
            "通报位置": "上期重点工作",
            "动作": "报送",
        },
        {
            "任务编号": "RW-202005-02",
            "任务名称": "本单位机构职能更新信息",
            "布置日期": date(2020, 5, 12),
            "截止日期": date(2020, 5, 29),
            "统计截止日期": date(2020, 6, 5),
            "范围": "政府各部门",
            "频次": "一次",
            "栏目路径": "公开-区政府信息公开-机构职能",
            "通报位置": "存在问题",
            "问题标题": "个别单位基础信息更新不及时",
            "问题说明": "部分单位内设机构调整后，未及时更新网站机构职能栏目",
            "动作": "公开",
        },
    ),
    "2020-06": (
        {
            "任务编号": CATALOGUE,
            "任务名称": "各单位主动公开基本目录",
            "来源通报": "2020-05",
            "布置日期": date(2020, 6, 11),
            "截止日期": date(2020, 6, 30),
            "统计截止日期": date(2020, 7, 6),
            "范围": ALL,
            "频次": "一次",
            "栏目路径": "公开-区政府信息公开-主动公开基本目录",
            "通报位置": "上期重点工作",
            "动作": "上传",
        },
        {
            "任务编号": PLAN,
            "任务名称": "本单位推进基层政务公开标准化规范化工作实施方案",
            "布置日期": date(2020, 6, 12),
            "截止日期": date(2020, 6, 30),
            "统计截止日期": date(2020, 7, 4),
            "范围": ALL,
            "频次": "一次",
            "依据文件": BASIS,
            "通报位置": "存在问题",
            "问题标题": "对基层政务公开标准化规范化工作重视不足",
            "问题说明": f"部分单位未认真研究并落实{BASIS}",
            "动作": "上传",
        },
        _INTERVIEW_TASK,
        {
            "任务编号": SURVEY,
            "任务名称": "政务公开培训需求调查表",
            "布置日期": date(2020, 6, 8),
            "截止日期": date(2020, 6, 19),
            "范围": "政府各部门",
            "频次": "一次",
            "通报位置": "不通报",
            "动作": "报送",
        },
    ),
    "2020-07": (
        {
            "任务编号": "RW-202007-01",
            "任务名称": "本单位2020年上半年工作总结",
            "来源通报": "2020-06",
            "布置日期": date(2020, 7, 14),
            "截止日期": date(2020, 7, 24),
            "统计截止日期": date(2020, 8, 5),
            "范围": ALL,
            "频次": "一次",
            "栏目路径": "公开-区政府信息公开-规划计划-年度总结和计划",
            "通报位置": "上期重点工作",
            "动作": "公开",
        },
        {
            "任务编号": "RW-202007-02",
            "任务名称": "政务公开亮点信息",
            "来源通报": "2020-06",
            "布置日期": date(2020, 7, 14),
            "截止日期": date(2020, 7, 31),
            "范围": ALL,
            "频次": "每月",
            "通报位置": "存在问题",
            "问题标题": "部分单位政务公开亮点信息报送不及时",
            "问题说明": "部分单位未按要求总结提炼政务公开工作中的经验做法",
            "动作": "报送",
        },
        _INTERVIEW_TASK,
    ),
}

_INTERVIEW_TEXT = "{u}政务访谈稿"

_ANSWERS: dict[str, tuple[Answers, ...]] = {
    "2020-05": (
        Answers(
            "RW-202005-01",
            UNITS,
            "{u}2020年政务公开工作台账",
            date(2020, 5, 13),
            date(2020, 5, 29),
            missing=("方城镇", "区人防办", "区供销社"),
            late={"马厂湖镇": date(2020, 6, 2), "区统计局": date(2020, 6, 4)},
        ),
        Answers(
            "RW-202005-02",
            tuple(in_group("政府各部门")),
            "{u}机构职能",
            date(2020, 5, 13),
            date(2020, 5, 29),
            missing=("区农机发展中心", "区金融监管局"),
            returned={"区财政局": (date(2020, 5, 20), date(2020, 5, 27))},
        ),
    ),
    "2020-06": (
        Answers(
            CATALOGUE,
            UNITS,
            "{u}主动公开基本目录",
            date(2020, 6, 12),
            date(2020, 6, 30),
            missing=("区市场监管局", "区农机发展中心", "区民政局", "区信访局", "李官镇", "兰山经开区"),
            late={
                "汪沟镇": date(2020, 7, 2),
                "区科技局": date(2020, 7, 3),
                "区畜牧发展中心": date(2020, 7, 1),
                "区人防办": date(2020, 7, 6),
            },
            returned={
                "区发改局": (date(2020, 6, 22), date(2020, 6, 29)),
                "半程镇": (date(2020, 6, 29), date(2020, 7, 3)),
            },
            extra=(
                ("区民政局", date(2020, 7, 8), "退回"),
                ("兰山经开区", date(2020, 7, 9), "待审"),
                ("区市场监管局", date(2020, 7, 10), "待审"),
            ),
        ),
        Answers(
            PLAN,
            UNITS,
            "{u}推进基层政务公开标准化规范化工作实施方案",
            date(2020, 6, 15),
            date(2020, 6, 30),
            missing=("区扶贫办", "区农机发展中心", "区市场监管局", "兰山街道", "兰山经开区"),
            returned={"区交通运输局": (date(2020, 6, 19), date(2020, 6, 24))},
            extra=(("区扶贫办", date(2020, 7, 7), "通过"), ("兰山街道", date(2020, 7, 8), "退回")),
        ),
        Answers(
            INTERVIEW,
            _named(INTERVIEWED),
            _INTERVIEW_TEXT,
            date(2020, 6, 8),
            date(2020, 6, 24),
            missing=("白沙埠镇", "枣园镇"),
            late={"兰山街道": date(2020, 6, 29), "银雀山街道": date(2020, 7, 1)},
            returned={"区住建局": (date(2020, 6, 16), date(2020, 6, 22))},
            period="2020-06",
        ),
        Answers(
            SURVEY,
            tuple(in_group("政府各部门")),
            "{u}政务公开培训需求调查表",
            date(2020, 6, 9),
            date(2020, 6, 19),
            missing=("区供销社", "区税务局", "区消防救援大队"),
        ),
    ),
    "2020-07": (
        Answers(
            "RW-202007-01",
            UNITS,
            "{u}2020年上半年工作总结",
            date(2020, 7, 15),
            date(2020, 7, 24),
            missing=("汪沟镇", "区农机发展中心", "区供销社"),
            late={"李官镇": date(2020, 7, 28), "区信访局": date(2020, 7, 30)},
        ),
        Answers(
            "RW-202007-02",
            UNITS,
            "{u}政务公开亮点信息",
            date(2020, 7, 15),
            date(2020, 7, 31),
            missing=("方城镇", "李官镇", "区人防办", "区供销社", "区税务局"),
            late={"兰山商城": date(2020, 8, 3)},
            adopted={
                "区审批服务局": "国办",
                "柳青街道": "省级",
                "区教育局": "省级",
                "区卫健局": "市级",
                "义堂镇": "市级",
                "区市场监管局": "市级",
                "区人社局": "区级",
                "银雀山街道": "区级",
            },
            period="2020-07",
        ),
        Answers(
            INTERVIEW,
            _named(INTERVIEWED),
            _INTERVIEW_TEXT,
            date(2020, 7, 6),
            date(2020, 7, 24),
            missing=("枣园镇",),
            late={"区发改局": date(2020, 7, 29)},
            period="2020-07",
        ),
    ),
}


def requirement_rows(month: str) -> list[Row]:
    """The rows of the `requirements` sheet."""
    return [dict(row) for row in _TASKS[month]]


def submission_rows(month: str) -> list[Row]:
    """The rows of the `submissions` sheet, in the order in which they came in."""
    rows = [row for answers in _ANSWERS[month] for row in answers.rows()]
    return sorted(rows, key=lambda row: str(row["提交日期"]))
