"""How a duty stands, word for word."""

from datetime import date

import pytest

from disclosures.duties.states import Stage, told
from tests.desk import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk(lock_after_days=9)


def at(desk: Desk, month: int, day: int) -> tuple[str, str, str, Stage]:
    as_of = date(2020, month, day)
    found = told(desk.duty(as_of=as_of), as_of)
    return found.words, found.look, found.sentence, found.stage


def test_open_it_says_how_long_there_is(desk):
    assert at(desk, 6, 22) == ("待报", "awaited", "6月30日截止，尚未报送", Stage.OPEN)
    assert at(desk, 6, 23) == ("剩7天", "soon", "6月30日截止，尚未报送", Stage.OPEN)
    assert at(desk, 6, 30) == ("今天截止", "soon", "6月30日截止，当天为最后一天", Stage.OPEN)
    assert at(desk, 7, 6) == ("逾期6天", "behind", "6月30日截止，已逾期6天", Stage.OPEN)
    assert at(desk, 7, 10) == ("逾期10天", "behind", "6月30日截止，已逾期10天，7月10日起已锁定", Stage.OPEN)


def test_the_lock_is_a_fact_of_its_own(desk):
    day = date(2020, 7, 10)
    assert told(desk.duty(as_of=day), day).locked
    assert not told(desk.duty(as_of=date(2020, 7, 9)), date(2020, 7, 9)).locked


def test_extended_it_says_until_when(desk):
    desk.extend(date(2020, 7, 10))
    assert at(desk, 7, 6) == ("剩4天", "soon", "延期至7月10日，尚未报送", Stage.OPEN)


def test_handed_in_it_waits(desk):
    desk.hand_in()
    assert at(desk, 6, 25) == ("待审核", "review", "6月20日报送，等待审核", Stage.REVIEW)


def test_late_it_says_by_how_much_before_and_after_the_review(desk):
    desk.on(date(2020, 7, 3))
    version = desk.hand_in()
    assert at(desk, 7, 6) == ("待审核", "review", "7月3日报送，逾期3天，等待审核", Stage.REVIEW)
    desk.accept(version)
    assert at(desk, 7, 6) == ("逾期3天完成", "mended", "7月3日报送，逾期3天，已审核通过", Stage.FINISHED)


def test_accepted_in_time(desk):
    desk.accept(desk.hand_in())
    assert at(desk, 7, 6) == ("按时完成", "done", "6月20日报送，已审核通过", Stage.FINISHED)


def test_returned_it_is_the_units_turn(desk):
    desk.return_(desk.hand_in())
    assert at(desk, 6, 25) == ("已退回", "behind", "材料被退回，6月30日截止", Stage.RETURNED)
    assert at(desk, 7, 3) == ("已退回", "behind", "材料被退回，6月30日截止，已逾期3天", Stage.RETURNED)


def test_not_applicable_once_somebody_has_approved(desk):
    desk.ask_exemption()
    assert at(desk, 7, 3)[:2] == ("不适用待批", "soon")
    assert at(desk, 7, 3)[2] == "已申请标记为不适用，等待批准；6月30日截止，已逾期3天"
    desk.ask_exemption(by=desk.reviewer, unit=desk.district.town, reason="没有该项职责。")
    found = told(desk.duty(desk.district.town), date(2020, 7, 3))
    assert (found.words, found.sentence) == ("不适用", "已标记为不适用：没有该项职责")


def test_what_was_published_says_which_and_when():
    desk = Desk(action="公开", column="公开-机构职能", assigned_on=date(2020, 6, 1))
    item = desk.district.item(desk.unit, on=date(2020, 6, 10))
    type(item).objects.update(column="公开-机构职能", title="机构职能")
    assert at(desk, 7, 6) == ("已公开", "done", "网站6月10日已发布“机构职能”", Stage.FINISHED)
    type(item).objects.update(published_on=date(2020, 7, 2))
    assert at(desk, 7, 6) == ("逾期2天公开", "mended", "网站7月2日已发布“机构职能”，逾期2天", Stage.FINISHED)


def test_who_is_asked_no_longer(desk):
    desk.hand_in()
    desk.task.scope = "listed"
    desk.task.save()
    desk.task.units.set([desk.district.town])
    desk.task.refresh_from_db()
    assert at(desk, 7, 6) == ("不再要求", "none", "该任务已不要求这个单位报送", Stage.FINISHED)
