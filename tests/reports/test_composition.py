from dataclasses import replace

from lanshan_portal.periods import Period
from reports.composition import compose
from reports.notice import ParagraphKind
from reports.texts import ArrangementText
from tests.reports import figure_builders as build
from tests.reports.figure_builders import DEPARTMENTS, DISTRICT, TOWNS, district_texts, nothing

ARRANGEMENTS = (ArrangementText("甲", "做甲。"), ArrangementText("乙", "做乙。"))


def headings(notice):
    return [section.title for section in notice.sections if section.title]


def test_parts_and_sections_are_numbered_in_order():
    notice = compose(nothing(), district_texts(arrangements=ARRANGEMENTS))
    assert headings(notice) == [
        "一、基本情况",
        "（一）主动公开情况",
        "（二）依申请公开情况",
        "（三）部门信箱办理情况",
        "（四）政务新媒体更新情况",
        "二、存在的主要问题",
        "三、7月份工作安排",
        "（一）甲",
        "（二）乙",
    ]


def test_section_left_out_leaves_no_gap_in_the_numbers():
    notice = compose(nothing(), district_texts(sections=("opening", "mailbox", "problems")))
    assert headings(notice) == ["一、基本情况", "（一）部门信箱办理情况", "二、存在的主要问题"]


def test_a_quiet_month_makes_a_whole_notice():
    lines = [paragraph.text for paragraph in compose(nothing(), district_texts()).paragraphs()]
    assert lines[:3] == [
        "临沂市兰山区人民政府办公室",
        "关于2020年6月份全区政务公开工作情况的通报",
        "各镇人民政府、街道办事处，区政府有关部门：",
    ]
    assert lines[-2:] == ["临沂市兰山区人民政府办公室", "2020年7月14日"]
    assert all(line.strip() for line in lines)


def test_title_lines_break_where_the_office_says():
    title = compose(nothing(), district_texts(title_pattern="关于{period}|{area}政务公开工作情况的通报")).title
    assert [[span.text for span in paragraph.spans] for paragraph in title] == [
        ["临沂市兰山区人民政府办公室"],
        ["关于2020年6月份", "全区政务公开工作情况的通报"],
    ]


def test_a_countys_quarterly_notice_comes_from_the_same_code():
    county = replace(
        DISTRICT,
        name="平原县人民政府办公室",
        short_name="县政府办公室",
        whole_area="全县",
        own_government="县政府",
        level="县",
    )
    quarter = Period.quarter(2021, 2)
    table = {"动态类信息": {"乡镇": 3, "县级部门": 4}}
    figures = replace(nothing(quarter), published=build.published(table, quarter))
    lines = [
        p.text for p in compose(figures, district_texts() and replace(district_texts(), office=county)).paragraphs()
    ]
    assert lines[1] == "关于2021年第二季度全县政务公开工作情况的通报"
    assert (
        "第二季度，全县通过县政府门户网站共发布信息7条，其中乡镇3条，县级部门4条；发布动态类信息7条，其中乡镇3条，县级部门4条。"
        in lines
    )
    assert not any("区" in line for line in lines if "区政府有关部门" not in line)


def test_every_number_of_a_counted_sentence_is_a_figure():
    table = {"动态类信息": {TOWNS: 521, DEPARTMENTS: 441}, "政务主动公开类信息": {TOWNS: 125, DEPARTMENTS: 463}}
    notice = compose(replace(nothing(), published=build.published(table)), district_texts())
    [paragraph] = next(section for section in notice.sections if section.key == "published").paragraphs
    assert [figure.value for figure in paragraph.figures] == [1550, 646, 904, 962, 521, 441, 588, 125, 463]
    assert [span.text for span in paragraph.spans if span.figure] == [str(f.value) for f in paragraph.figures]


def test_annotation_stands_in_brackets_below_the_date():
    notice = compose(nothing(), district_texts(annotation="此件公开发布"))
    assert [(p.kind, p.text) for p in notice.paragraphs()][-1] == (ParagraphKind.ANNOTATION, "（此件公开发布）")


def test_same_figures_make_the_same_notice():
    assert compose(nothing(), district_texts()) == compose(nothing(), district_texts())
