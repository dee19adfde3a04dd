"""The committed sheets hold every fact of the June 2020 notice."""

import json
from collections import Counter
from datetime import date, timedelta

import pytest
from chinese_calendar import is_workday

from tests.samples.committed_sheets import (
    FIRST_COLUMN,
    GOLDEN,
    MONTHS,
    SHEETS,
    day,
    names,
    rows,
    sheet_path,
    some_day,
    working_days,
)

JUNE = "2020-06"
ISSUED_ON = {"2020-05": date(2020, 6, 11), "2020-06": date(2020, 7, 14), "2020-07": date(2020, 8, 12)}
FACTS = json.loads((GOLDEN / "facts.json").read_text(encoding="utf-8"))
NOTICE = (GOLDEN / "notice.txt").read_text(encoding="utf-8").splitlines()


def active_units() -> list[str]:
    return [str(row["简称"]) for row in rows(JUNE, "units") if not row["停用日期"]]


def groups() -> dict[str, str]:
    return {str(row["简称"]): str(row["分组"]) for row in rows(JUNE, "units")}


def unit_of(row: dict[str, object], column: str = "单位") -> str:
    return names()[str(row[column])]


# --- Office, units, calendar


def test_june_has_every_kind_and_the_order_of_loading_in_its_file_names() -> None:
    found = [path.stem for path in SHEETS if path.parent.name == JUNE]
    assert [stem[:2] for stem in found] == [f"{n:02d}" for n in range(1, 13)]
    assert {stem[3:] for stem in found} == set(FIRST_COLUMN)


def test_office_is_the_notices() -> None:
    (office,) = rows(JUNE, "office")
    fact = FACTS["office"]
    assert (office["政区名称"], str(office["政区代码"]), office["级别词"], office["政府名称"], office["机关名称"]) == (
        fact["jurisdiction"],
        fact["code"],
        fact["level"],
        fact["government"],
        fact["office"],
    )
    assert (office["机关简称"], office["科室"]) == (fact["office_short"], fact["section"])
    assert office["主送机关"] == FACTS["addressees"]


def test_units_hold_the_groups_and_every_unit_of_the_notice() -> None:
    count = Counter(groups()[unit] for unit in active_units())
    assert list(count) == FACTS["groups"]
    assert count["镇街道、商城、经开区"] == 14
    assert count["政府各部门"] == 41
    assert set(FACTS["units_named"]) <= set(active_units())
    for short, fact in FACTS["names"].items():
        (row,) = [row for row in rows(JUNE, "units") if row["简称"] == short]
        assert row["全称"] == fact["full"]
        assert str(row["别名"]).split("、") == fact["aliases"]


def test_official_order_is_the_order_of_the_sheet() -> None:
    orders = [int(str(row["排序"]).removesuffix(".0")) for row in rows(JUNE, "units")]
    assert orders == sorted(set(orders))


def test_dissolved_units_name_a_successor_that_exists() -> None:
    dissolved = [row for row in rows(JUNE, "units") if row["停用日期"]]
    assert {names()[str(row["并入单位"])] for row in dissolved} == {"区应急局", "区文旅局"}
    assert all(some_day(row["停用日期"]) < date(2020, 5, 1) for row in dissolved)


def test_rest_days_are_those_of_2020() -> None:
    nature = {day(row["日期"]): row["性质"] for row in rows(JUNE, "rest_days")}
    for n in range(366):
        today = date(2020, 1, 1) + timedelta(n)
        works = nature[today] == "上班" if today in nature else today.weekday() < 5
        assert works == is_workday(today), today


# --- Items


@pytest.mark.parametrize(("month", "total"), [("2020-05", 1464), ("2020-06", 1550), ("2020-07", 600)])
def test_items_of_the_month(month: str, total: int) -> None:
    days = [some_day(row["发布日期"]) for row in rows(month, "published_items")]
    assert len(days) == total
    assert {f"{published:%Y-%m}" for published in days} == {month}


def test_items_of_june_by_category_and_group() -> None:
    fact = FACTS["published_items"]
    items = rows(JUNE, "published_items")
    cells = Counter((row["类别"], groups()[unit_of(row)]) for row in items)
    for category, parts in fact["by_category_and_group"].items():
        assert sum(count for (found, _), count in cells.items() if found == category) == parts["total"]
        for group in FACTS["groups"]:
            assert cells[category, group] == parts[group]
    by_group = Counter(groups()[unit_of(row)] for row in items)
    assert dict(by_group) == fact["by_group"]
    assert by_group.total() == fact["total"] == len(items)


def test_every_unit_published_but_not_in_every_category() -> None:
    per_unit = {unit: Counter[object]() for unit in active_units()}
    for row in rows(JUNE, "published_items"):
        per_unit[unit_of(row)][row["类别"]] += 1
    assert all(count.total() for count in per_unit.values())
    assert any(not count["动态类"] for count in per_unit.values())
    assert any(not count["政务主动公开类"] for count in per_unit.values())


def test_items_are_told_apart_by_address_or_by_unit_title_and_day() -> None:
    items = [row for month in MONTHS for row in rows(month, "published_items")]
    keys = [row["网址"] or (unit_of(row), row["标题"], day(row["发布日期"])) for row in items]
    assert len(set(keys)) == len(items)
    assert sum(isinstance(key, tuple) for key in keys) > 100


def test_interpretations_name_a_file_of_their_month_and_do_not_precede_it() -> None:
    for month in MONTHS:
        items = rows(month, "published_items")
        files = {row[column]: row for row in items if row["文号"] for column in ("网址", "文号")}
        interpretations = [row for row in items if row["解读形式"]]
        assert interpretations
        for row in interpretations:
            assert some_day(row["发布日期"]) >= some_day(files[row["解读对象"]]["发布日期"])
            assert unit_of(row) == unit_of(files[row["解读对象"]])


def test_items_were_formed_before_they_were_published() -> None:
    formed = [row for month in MONTHS for row in rows(month, "published_items") if row["形成日期"]]
    assert formed
    assert all(some_day(row["形成日期"]) <= some_day(row["发布日期"]) for row in formed)


# --- Applications and mailbox


def test_applications_of_june_by_channel() -> None:
    applications = rows(JUNE, "applications")
    assert {f"{some_day(row['收到日期']):%Y-%m}" for row in applications} == {JUNE}
    channels = Counter(row["渠道"] for row in applications)
    fact = FACTS["applications"]
    assert channels == {
        "网站": fact["by_channel"]["区政府网站"],
        "协助调查函": fact["by_channel"]["省市政府依申请协助调函"],
        "信函": fact["unexplained"],
    }
    assert channels.total() == fact["total"]


def test_applications_were_answered_in_time_and_before_the_issue() -> None:
    for month in ("2020-05", "2020-06"):
        for row in rows(month, "applications"):
            start = day(row["补正收到日期"]) or some_day(row["收到日期"])
            answered = some_day(row["答复日期"])
            extension = int(str(row["延期工作日数"] or 0).removesuffix(".0"))
            assert working_days(start, answered) <= 20 + extension, row
            assert start <= answered <= ISSUED_ON[month]
    assert any(row["延期日期"] for row in rows("2020-05", "applications"))


def test_july_has_no_application() -> None:
    assert sheet_path("2020-07", "applications") is None


def test_mailbox_cases_of_june_by_unit_all_answered_within_five_working_days() -> None:
    cases = rows(JUNE, "mailbox_cases")
    assert {f"{some_day(row['来信日期']):%Y-%m}" for row in cases} == {JUNE}
    assert Counter(unit_of(row) for row in cases) == FACTS["mailbox"]["by_unit"]
    assert len(cases) == FACTS["mailbox"]["total"]
    for row in cases:
        assert 0 < working_days(some_day(row["来信日期"]), some_day(row["答复日期"])) <= 5


def test_two_mailbox_cases_of_may_were_answered_late() -> None:
    late = [
        unit_of(row)
        for row in rows("2020-05", "mailbox_cases")
        if working_days(some_day(row["来信日期"]), some_day(row["答复日期"])) > 5
    ]
    assert sorted(late) == ["区住建局", "区综合执法局"]


# --- New media


def test_accounts_cover_every_platform_and_state() -> None:
    accounts = rows(JUNE, "media_accounts")
    assert 85 <= len(accounts) <= 95
    assert len({(row["平台"], row["账号名称"]) for row in accounts}) == len(accounts)
    assert set(names()) >= {str(row["主办单位"]) for row in accounts}
    assert {row["状态"] for row in accounts} == {"正常", "暂停", "已注销"}
    platforms = {"微信订阅号", "微信服务号", "微博", "抖音", "今日头条", "快手", "视频号", "移动客户端", "其他"}
    assert {row["平台"] for row in accounts} == platforms


@pytest.mark.parametrize("month", MONTHS)
def test_a_round_checks_every_account_in_use_once(month: str) -> None:
    checks = rows(month, "media_checks")
    in_use = {(row["平台"], row["账号名称"]) for row in rows(JUNE, "media_accounts") if row["状态"] == "正常"}
    assert Counter((row["平台"], row["账号名称"]) for row in checks) == Counter(in_use)
    assert len({row["检查批次"] for row in checks}) == FACTS["new_media"]["rounds"]
    for row in checks:
        idle = some_day(row["检查日期"]) - some_day(row["最近更新日期"])
        assert (idle > timedelta(14)) == (row["问题类型"] == "超期更新")


def test_overdue_accounts_of_the_july_round_by_platform_put_right_in_time() -> None:
    checks = rows(JUNE, "media_checks")
    assert {row["检查批次"] for row in checks} == {"2020年7月第1次"}
    assert {day(row["检查日期"]) for row in checks} <= {date(2020, 7, n) for n in (6, 7, 8)}
    overdue = [row for row in checks if row["问题类型"]]
    assert {row["问题类型"] for row in overdue} == {"超期更新"}
    assert Counter(row["平台"] for row in overdue) == FACTS["new_media"]["by_platform"]
    assert len(overdue) == FACTS["new_media"]["overdue_events"]
    for row in overdue:
        assert some_day(row["检查日期"]) <= some_day(row["整改完成日期"]) <= some_day(row["整改期限"])
        assert some_day(row["整改期限"]) < ISSUED_ON[JUNE]


# --- Tasks


def scope(requirement: dict[str, object]) -> list[str]:
    text = str(requirement["范围"])
    if text == "全部单位":
        return active_units()
    if text in FACTS["groups"]:
        return [unit for unit in active_units() if groups()[unit] == text]
    return [names()[name] for name in text.split("、")]


def not_accepted_by(month: str, requirement: dict[str, object], cut_off: date) -> set[str]:
    """Units in scope without an accepted submission on or before the day."""
    accepted = {
        unit_of(row)
        for row in rows(month, "submissions")
        if row["任务编号"] == requirement["任务编号"]
        and row["审核结果"] == "通过"
        and some_day(row["提交日期"]) <= cut_off
    }
    assert accepted <= set(scope(requirement))
    return set(scope(requirement)) - accepted


def requirement_placed(placement: str, recurrence: str = "一次") -> dict[str, object]:
    (found,) = [row for row in rows(JUNE, "requirements") if (row["通报位置"], row["频次"]) == (placement, recurrence)]
    return found


def test_followed_up_task_and_the_units_that_had_not_uploaded() -> None:
    (fact,) = FACTS["followed_up_requirements"]
    task = requirement_placed("上期重点工作")
    cut_off = some_day(task["统计截止日期"])
    assert (task["来源通报"], f"{task['动作']}{task['任务名称']}") == (fact["set_by_notice"], fact["title"])
    assert cut_off.isoformat() == fact["as_of"]
    assert not_accepted_by(JUNE, task, cut_off) == set(fact["missing"])


def test_first_problem_and_its_units() -> None:
    fact = FACTS["problems"][0]
    task = requirement_placed("存在问题")
    cut_off = some_day(task["统计截止日期"])
    assert (task["问题标题"], task["依据文件"]) == (fact["topic"], fact["basis"])
    assert f"{task['动作']}{task['任务名称']}" == fact["requirement"]
    assert cut_off.isoformat() == fact["as_of"]
    missing = not_accepted_by(JUNE, task, cut_off)
    assert missing == set(fact["missing"])
    assert len(missing) == fact["count_stated"]
    assert missing == not_accepted_by(JUNE, task, some_day(task["截止日期"])), "late and missing would differ"


def test_monthly_interview_and_the_four_units_that_were_late() -> None:
    fact = FACTS["problems"][1]
    task = requirement_placed("存在问题", "每月")
    assert (task["问题标题"], f"{task['动作']}{task['任务名称']}") == (fact["topic"], fact["requirement"])
    assert len(scope(task)) == 12
    assert not_accepted_by(JUNE, task, some_day(task["截止日期"])) == set(fact["late"])
    assert not_accepted_by(JUNE, task, ISSUED_ON[JUNE]) == {"白沙埠镇", "枣园镇"}
    terms = {row["期次"] for row in rows(JUNE, "submissions") if row["任务编号"] == task["任务编号"]}
    assert terms == {fact["month"]}


def test_some_units_moved_only_after_the_cut_off() -> None:
    task = requirement_placed("上期重点工作")
    cut_off = some_day(task["统计截止日期"])
    after = {
        row["审核结果"]
        for row in rows(JUNE, "submissions")
        if row["任务编号"] == task["任务编号"] and some_day(row["提交日期"]) > cut_off
    }
    assert after == {"退回", "待审"}


def test_one_task_is_kept_out_of_the_notice() -> None:
    assert not_accepted_by(JUNE, requirement_placed("不通报"), ISSUED_ON[JUNE])


def test_submissions_are_told_apart_and_answer_a_task() -> None:
    for month in MONTHS:
        submissions = rows(month, "submissions")
        keys = {(row["任务编号"], row["期次"], unit_of(row), day(row["提交日期"])) for row in submissions}
        assert len(keys) == len(submissions)
        assert {row["任务编号"] for row in submissions} == {row["任务编号"] for row in rows(month, "requirements")}


def test_articles_of_july_were_adopted_at_every_level() -> None:
    assert {row["采用级别"] for row in rows("2020-07", "submissions")} == {"", "国办", "省级", "市级", "区级"}


# --- Words


def test_arrangements_of_june_are_the_notices_word_for_word() -> None:
    arrangements = rows(JUNE, "arrangements")
    start = NOTICE.index("三、7月份工作安排") + 1
    printed = [f"（{number}）{row['标题']}" for number, row in zip("一二三四", arrangements, strict=True)]
    assert [line for pair in zip(printed, (row["正文"] for row in arrangements), strict=True) for line in pair] == (
        NOTICE[start : start + 8]
    )
    for row, fact in zip(arrangements, FACTS["arrangements"], strict=True):
        assert row["标题"] == fact["title"]
        assert row["栏目路径"] == fact.get("column", "")
    assert some_day(arrangements[0]["截止日期"]).isoformat() == FACTS["arrangements"][0]["due"]


def test_lead_closing_and_contact_of_june_are_the_notices_word_for_word() -> None:
    texts = {row["段落"]: row["正文"] for row in rows(JUNE, "notice_texts")}
    assert texts == {"引言": NOTICE[3], "结语": NOTICE[-4], "联系方式": NOTICE[-3]}


def test_may_set_the_task_that_june_follows_up() -> None:
    texts = [str(row["正文"]) for row in rows("2020-05", "arrangements") if row["转为任务"] == "是"]
    assert any("主动公开基本目录" in text for text in texts)
