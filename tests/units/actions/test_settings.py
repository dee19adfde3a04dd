"""Settings: what was and what is kept, told in words, taken back unless something else came after."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from disclosures.models import CalendarYear, Category, DeadlineRule, ReminderSettings, RestDay
from reports.models import NoticeSettings
from tests.district import District
from tests.people import administrator
from units.actions.settings import SettingsRefused, change, history, restore, sentences, state_of
from units.models import AuditEvent, Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def district():
    return District()


@pytest.fixture
def admin(district):
    return administrator(district.office, display_name="王管理")


def test_a_change_keeps_what_was_and_what_is(district, admin):
    office = Office.objects.get()
    office.phone = "0539-8203456"
    event = change(page="机关", records=[office], office=office, by=admin)
    assert Office.objects.get().phone == "0539-8203456"
    assert event.by == admin
    assert event.data["changes"] == [
        {
            "model": "units.office",
            "id": office.pk,
            "name": "临沂市兰山区人民政府办公室",
            "before": {"phone": ""},
            "after": {"phone": "0539-8203456"},
        }
    ]
    assert sentences(event) == ["“临沂市兰山区人民政府办公室”：联系电话由空改为“0539-8203456”"]


def test_nothing_changed_is_no_event(district, admin):
    assert change(page="机关", records=[Office.objects.get()], office=district.office, by=admin) is None
    assert not AuditEvent.objects.exists()


def test_a_change_is_taken_back(district, admin):
    office = Office.objects.get()
    office.phone, office.level = "1", "县"
    event = change(page="机关", records=[office], office=office, by=admin)
    back = restore(event=event, office=office, by=admin)
    office.refresh_from_db()
    assert (office.phone, office.level) == ("", "区")
    assert back.verb == "settings.restored"
    assert sentences(back) == ["“临沂市兰山区人民政府办公室”：级别词由“县”改为“区”，联系电话由“1”改为空"]


def test_what_was_changed_again_is_not_taken_back(district, admin):
    office = Office.objects.get()
    office.phone = "1"
    event = change(page="机关", records=[office], office=office, by=admin)
    office.phone = "2"
    change(page="机关", records=[office], office=office, by=admin)
    with pytest.raises(SettingsRefused, match="^此后又有改动，不能撤回，请直接修改。$"):
        restore(event=event, office=office, by=admin)
    assert Office.objects.get().phone == "2"


def test_another_field_changed_since_does_not_hinder(district, admin):
    office = Office.objects.get()
    office.phone = "1"
    event = change(page="机关", records=[office], office=office, by=admin)
    office.section = "政务公开科"
    change(page="机关", records=[office], office=office, by=admin)
    restore(event=event, office=office, by=admin)
    office.refresh_from_db()
    assert (office.phone, office.section) == ("", "政务公开科")


def test_what_was_added_goes_and_what_was_removed_comes_back(district, admin):
    new = Category(office=district.office, name="政策类", position=3)
    old = Category.objects.get(name="动态类")
    old_state, old_pk = state_of(old), old.pk
    event = change(page="信息类别", records=[new], removed=[old], office=district.office, by=admin)
    assert sentences(event) == ["新增“政策类”", "删除“动态类”"]
    assert set(Category.objects.values_list("name", flat=True)) == {"政务主动公开类", "政策类"}
    restore(event=event, office=district.office, by=admin)
    assert state_of(Category.objects.get(pk=old_pk)) == old_state
    assert not Category.objects.filter(name="政策类").exists()


def test_what_is_in_use_is_not_removed(district, admin):
    district.item(district.street)
    with pytest.raises(SettingsRefused, match="^“动态类”正在使用，不能删除，可以停用。$"):
        change(page="信息类别", removed=[Category.objects.get(name="动态类")], office=district.office, by=admin)


def test_what_was_added_and_is_in_use_by_now_stays(district, admin):
    new = Category(office=district.office, name="政策类")
    event = change(page="信息类别", records=[new], office=district.office, by=admin)
    district.item(district.street, "政策类")
    with pytest.raises(SettingsRefused, match="^“政策类”正在使用"):
        restore(event=event, office=district.office, by=admin)


def test_settings_made_for_the_first_time_are_told_and_taken_back(district, admin):
    chosen = ReminderSettings.of(district.office)
    chosen.digest_at = time(15)
    event = change(page="催办和邮件设置", records=[chosen], office=district.office, by=admin)
    assert ReminderSettings.objects.get().digest_at == time(15)
    restore(event=event, office=district.office, by=admin)
    assert not ReminderSettings.objects.exists()


def test_times_days_and_choices_read_as_people_write_them(district, admin):
    chosen = ReminderSettings.objects.create(office=district.office)
    chosen.digest_at, chosen.daily_limit, chosen.workdays_only = time(15), 3, False
    event = change(page="催办和邮件设置", records=[chosen], office=district.office, by=admin)
    assert sentences(event) == [
        "每家单位每天最多催办次数由2改为3，每日汇总发送时间由“16:30:00”改为“15:00:00”，休息日不发邮件由是改为否"
    ]
    notice = NoticeSettings.objects.create(office=district.office)
    notice.sections, notice.media_window = ["opening", "closing"], "period"
    event = change(page="通报设置", records=[notice], office=district.office, by=admin)
    assert "改为“引言、结语”" in sentences(event)[0]
    assert "由“印发当月的检查”改为“通报所属期内的检查”" in sentences(event)[0]


def test_several_records_are_one_change(district, admin):
    day = RestDay(day=date(2027, 1, 1), nature="休息", name="元旦", basis="国办通知")
    year = CalendarYear(year=2027, official=True, basis="国办通知")
    event = change(page="工作日历", records=[day, year], office=district.office, by=admin)
    restore(event=event, office=district.office, by=admin)
    assert not RestDay.objects.filter(day__year=2027).exists()
    assert not CalendarYear.objects.filter(year=2027).exists()


def test_history_is_of_the_office_and_of_the_kind(district, admin):
    office = district.office
    other = Office.objects.create(
        code="371303",
        jurisdiction="某市某县",
        level="县",
        government="某县人民政府",
        name="某县人民政府办公室",
        short_name="县政府办公室",
        addressees="各单位",
        document_prefix="某政办字",
    )
    office.phone, other.phone = "1", "2"
    first = change(page="机关", records=[office], office=office, by=admin)
    change(page="机关", records=[other], office=other, by=admin)
    change(page="信息类别", records=[Category(office=office, name="新")], office=office, by=admin)
    assert history(office, Office) == [first]


class WhateverIsChanged(TestCase):
    """Taking back gives back what was, whatever it was."""

    @given(
        st.text(max_size=40).filter(
            lambda text: "\x00" not in text and not any("\ud800" <= c <= "\udfff" for c in text)
        ),
        st.integers(1, 250),
        st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2030, 1, 1))),
    )
    def test_restore_undoes_change(self, source, days, begins):
        office = Office.objects.first() or District().office
        rule = DeadlineRule.objects.filter(office=office, subject="mailbox_reply").first()
        before = state_of(rule)
        rule.source, rule.working_days, rule.valid_from = source, days, begins
        event = change(page="办理时限", records=[rule], office=office, by=None)
        if event is not None:
            restore(event=event, office=office, by=None)
        assert state_of(DeadlineRule.objects.get(pk=rule.pk)) == before
