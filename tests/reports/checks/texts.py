"""Notices to check: the June 2020 notice with its district, and the clean notice of a county that does not exist."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from disclosures.workdays import WorkingCalendar
from lanshan_portal.periods import Period
from reports.checks import CheckContext, Finding, check_text
from reports.checks.reading import NoticeText, read
from units.directory import Directory, DirectoryEntry

GOLDEN = Path(__file__).parents[2] / "golden" / "june-2020"
JUNE_LINES = (GOLDEN / "notice.txt").read_text(encoding="utf-8").splitlines()
FACTS = json.loads((GOLDEN / "facts.json").read_text(encoding="utf-8"))

KINDS = (("街道", "街道"), ("镇", "镇"), ("经开区", "管委会"), ("商城", "管委会"))
JUNE_CONTEXT = CheckContext(period=Period.month(2020, 6), issued_on=date(2020, 7, 14))


def entry(
    number: int, name: str, *, full: str = "", aliases: Sequence[str] = (), **dates: date | int
) -> DirectoryEntry:
    """A unit of that short name; its kind and group by how the name ends."""
    kind = next((kind for ending, kind in KINDS if name.endswith(ending)), "部门")
    group = FACTS["groups"][kind == "部门"]
    return DirectoryEntry(
        unit_id=number,
        code=f"U{number:02}",
        full_name=full or name,
        short_name=name,
        aliases=tuple(aliases),
        group_id=1 + (kind == "部门"),
        group=group,
        group_position=1 + (kind == "部门"),
        kind=kind,
        position=number,
        **dates,
    )


def district() -> Directory:
    """Every unit the June 2020 notice names, with the names the facts give it."""
    names = [*FACTS["units_named"], "兰山商城"]
    entries = []
    for number, name in enumerate(names, start=1):
        told = FACTS["names"].get(name, {})
        entries.append(entry(number, name, full=told.get("full", ""), aliases=told.get("aliases", ())))
    return Directory(entries)


def found(lines: Sequence[str], context: CheckContext | None = None) -> list[tuple[str, str]]:
    """Code and level of everything the checks find."""
    return [(str(finding.code), str(finding.level)) for finding in check_text(lines, context or CheckContext())]


def text_of(*sentences: str, heading: str = "") -> NoticeText:
    """A text of those sentences under a part and, where given, a section."""
    lines = ["一、基本情况"]
    if heading:
        lines.append(f"（一）{heading}")
    return read([*lines, *sentences])


def messages(check, *sentences: str, context: CheckContext = JUNE_CONTEXT, heading: str = "") -> list[str]:
    """What one check says about sentences under 一、基本情况."""
    findings: list[Finding] = list(check(text_of(*sentences, heading=heading), context))
    return [finding.message for finding in findings]


def codes(check, *sentences: str, context: CheckContext = JUNE_CONTEXT, heading: str = "") -> list[tuple[str, str]]:
    """Code and level of what one check says about sentences under 一、基本情况."""
    findings = check(text_of(*sentences, heading=heading), context)
    return [(str(finding.code), str(finding.level)) for finding in findings]


NATIONAL_DAY_2023 = WorkingCalendar(
    resting=frozenset(date(2023, 9, 29 + day) if day < 2 else date(2023, 10, day - 1) for day in range(8)),
    working=frozenset({date(2023, 10, 7), date(2023, 10, 8)}),
    official_years=frozenset({2023}),
)

COUNTY = """\
云岭县人民政府办公室
关于2023年第三季度全县政务公开工作情况的通报
各乡镇人民政府、街道办事处，县政府各部门、各直属单位：
为深入贯彻落实《中华人民共和国政府信息公开条例》，切实做好2023年政务公开重点工作，县政府办公室于10月上旬对第三季度全县政务公开工作情况进行了检查，现将有关情况通报如下：
一、总体情况
（一）主动公开情况。第三季度，全县各级各部门通过县政府门户网站公开信息2346条，其中乡镇（街道）公开1020条，占43.5%；县直部门公开1326条，占56.5%。按信息类别分，概况类信息200条，政策文件类信息146条，工作动态类信息1500条，重点领域类信息500条。
（二）依申请公开情况。第三季度，全县共收到政府信息公开申请28件，其中网络申请15件、信函申请10件、当面申请3件。已办结25件，尚在办理期限内3件。
（三）政务新媒体情况。全县现有备案政务新媒体账号86个，其中微信公众号52个、微博11个、抖音号15个、其他8个。9月下旬抽查账号30个，合格28个，合格率93.3%；不合格2个，分别是青石镇“青石发布”、县水务局“云岭水务”。
（四）政府网站信箱办理情况。第三季度共受理群众来信132件，已办结130件，按时办结率98.5%。办件量居前的单位有：县住建局32件，县教体局21件，县公安局、县人社局各15件，南溪镇、北河乡、青石镇各7件。
（五）政策解读情况。各部门发布政策解读材料45篇，较二季度增加12篇，其中文字解读30篇、图文解读12篇、视频解读3篇。
二、存在的问题
一是信息更新不及时。抽查发现，县林业局、县科技局、北河乡等3个单位的“机构职能”栏目未及时更新；东山镇“财政资金”栏目超过90天未更新。二是政策解读质量不高。部分单位解读材料仅摘抄原文，缺少针对性。三是信箱答复不规范。有2件来信逾期答复，涉及县交通局、南溪镇。
截至10月9日，仍有4个单位未报送第三季度政务公开工作总结（县审计局、县统计局、东山镇、西川街道）。
三、下一步工作要求
（一）加强信息发布审核。各乡镇（街道）、各部门要严格落实“三审三校”制度，于10月31日前完成全面自查。
（二）做好年度考核准备。请各单位对照《云岭县2023年政务公开工作要点》（云政办发〔2023〕15号），于11月15日前将自评材料报送县政府办公室（联系人：政务公开股，电话：0000—1234567）。
（三）按时整改。请上述存在问题的单位在10月27日前完成整改，并将整改情况书面报送县政府办公室。
附件：2023年第三季度信息发布情况统计表
单位\t概况类\t政策文件类\t工作动态类\t重点领域类\t合计
乡镇（街道）\t120\t50\t650\t200\t1020
县直部门\t80\t96\t850\t300\t1326
合计\t200\t146\t1500\t500\t2346
云岭县人民政府办公室
2023年10月16日
（此件公开发布）
"""

HALF_YEAR = """\
关于2021年上半年全市政务公开工作情况的通报
各县（区）人民政府，市政府各部门：
现将2021年上半年全市政务公开工作情况通报如下：
一、工作进展
（一）信息发布。1月至6月，全市通过市政府门户网站发布信息6,200条。
上半年，全市政府网站共发布信息12600条，其中县（区）7200条，市政府部门5400条；发布动态类信息9000条，均为县（区）和部门日常更新；发布公告类信息3600条。
（二）依申请公开。上半年，全市共受理申请160件（其中：网上申请120件，信函申请32件，当面申请8件），均按时答复。
（三）新媒体。全市开设政务新媒体240个，关停15个，注销9个，目前正常运行216个。
（四）信箱。未收到群众来信。
二、存在问题
未发现需要通报的问题。
三、下半年工作安排
各县（区）要在8月20日前报送工作方案。
某市人民政府办公厅
2021年7月20日
"""
