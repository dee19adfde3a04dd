"""The rules of an appointment: pure, sentence by sentence."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.units.test_directory import entry
from units.appointing import Appointment, span_in_words, why_not
from units.directory import Directory
from units.roles import ADMINISTRATOR, AUDITOR, OFFICE_REVIEWER, OFFICE_STAFF, UNIT_LEADER, UNIT_LIAISON

JULY = date(2020, 7, 1)
STREET, CLOSED, YOUNG = 1, 2, 3
DIRECTORY = Directory(
    [
        entry(STREET, "兰山街道办事处", "兰山街道"),
        entry(CLOSED, "兰山区工商行政管理局", "区工商局", dissolved_on=date(2019, 2, 15)),
        entry(YOUNG, "兰山区大数据局", "区大数据局", founded_on=date(2020, 9, 1)),
    ]
)


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (Appointment(UNIT_LIAISON, None, JULY), "“单位联络员”是单位的角色，请填写单位。"),
        (Appointment(OFFICE_STAFF, STREET, JULY), "“办公室经办”是机关的角色，不填写单位。"),
        (Appointment(UNIT_LIAISON, CLOSED, JULY), "区工商局已于2019年2月15日停用，不能再任命人员。"),
        (Appointment(UNIT_LEADER, YOUNG, JULY), "区大数据局自2020年9月1日起设立，任职不能早于这一天。"),
        (Appointment(UNIT_LIAISON, STREET, JULY), ""),
        (Appointment(OFFICE_STAFF, None, JULY), ""),
    ],
)
def test_a_role_is_held_where_it_belongs(wanted, sentence):
    assert why_not(wanted, [], DIRECTORY) == sentence


@pytest.mark.parametrize(
    ("since", "until", "sentence"),
    [
        (date(2020, 1, 1), None, "自2020年1月1日起已是兰山街道的单位联络员，不能重复任命。"),
        (date(2020, 1, 1), date(2020, 7, 2), "2020年1月1日至2020年7月1日已是兰山街道的单位联络员，不能重复任命。"),
        (date(2020, 1, 1), date(2020, 7, 1), ""),
        (date(2020, 8, 1), None, "自2020年8月1日起已是兰山街道的单位联络员，不能重复任命。"),
    ],
)
def test_the_same_role_at_the_same_place_is_held_once_at_a_time(since, until, sentence):
    held = [Appointment(UNIT_LIAISON, STREET, since, until)]
    assert why_not(Appointment(UNIT_LIAISON, STREET, JULY), held, DIRECTORY) == sentence


def test_a_person_may_have_two_roles_and_act_for_two_units():
    held = [Appointment(OFFICE_STAFF, None, date(2020, 1, 1)), Appointment(UNIT_LIAISON, YOUNG, date(2020, 9, 1))]
    for role, unit in ((OFFICE_REVIEWER, None), (UNIT_LEADER, STREET), (UNIT_LIAISON, STREET)):
        assert why_not(Appointment(role, unit, JULY), held, DIRECTORY) == ""


@pytest.mark.parametrize(("first", "second"), [(AUDITOR, ADMINISTRATOR), (ADMINISTRATOR, AUDITOR)])
def test_who_reads_the_log_is_nothing_else(first, second):
    held = [Appointment(first, None, date(2020, 1, 1))]
    sentence = f"审计员不能兼任其他角色，该账号自2020年1月1日起是{first.display_name}。"
    assert why_not(Appointment(second, None, JULY), held, DIRECTORY) == sentence
    ended = [Appointment(first, None, date(2020, 1, 1), JULY)]
    assert why_not(Appointment(second, None, JULY), ended, DIRECTORY) == ""


def test_a_span_is_told_with_its_last_day():
    assert span_in_words(JULY, date(2021, 7, 1)) == "2020年7月1日至2021年6月30日"
    assert span_in_words(JULY, None) == "自2020年7月1日起"


days = st.dates(date(2020, 1, 1), date(2020, 3, 1))
spans = st.builds(
    lambda first, length: Appointment(UNIT_LIAISON, STREET, first, first + timedelta(days=length) if length else None),
    days,
    st.integers(0, 30),
)


@given(spans, spans)
def test_spans_overlap_exactly_when_they_share_a_day(one, other):
    def holds(span: Appointment, day: date) -> bool:
        return span.since <= day and (span.until is None or day < span.until)

    shared = [
        day
        for number in range(120)
        if holds(one, day := date(2020, 1, 1) + timedelta(days=number)) and holds(other, day)
    ]
    assert one.overlaps(other) == bool(shared) == other.overlaps(one)
    refused = why_not(Appointment(UNIT_LIAISON, STREET, one.since), [other], DIRECTORY)
    assert bool(refused) == (other.until is None or one.since < other.until)
