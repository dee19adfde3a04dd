"""Appointments: begun, taken back, ended, resumed, handed over."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.district import District
from tests.people import administrator, auditor, liaison, staff, unit_leader
from units.actions import accounts, appointments, register
from units.actions.appointments import AccountRefused
from units.appointing import Appointment
from units.audit import sentence_of
from units.models import AuditEvent, Membership, Office, Unit, User
from units.people import acting_for, people_of_units
from units.roles import AUDITOR, OFFICE_REVIEWER, OFFICE_STAFF, UNIT_LEADER, UNIT_LIAISON

pytestmark = pytest.mark.django_db

TODAY = date(2020, 7, 6)
AUGUST = date(2020, 8, 1)


@pytest.fixture
def district():
    return District()


@pytest.fixture
def chief(district):
    return administrator(district.office, display_name="王管理")


@pytest.fixture
def leaver(district):
    return liaison(district.street, name="zhao", display_name="赵联络")


def newest() -> str:
    return sentence_of(AuditEvent.objects.latest("id"))


def hand_over(membership, successor, chief, from_day=AUGUST) -> Membership:
    return appointments.hand_over(membership=membership, successor=successor, from_day=from_day, by=chief, on=TODAY)


# --- appointing


def test_a_second_role_begins_beside_the_first(district, chief, leaver):
    appoint = {"office": district.office, "user": leaver, "since": TODAY, "by": chief}
    appointments.appoint(role=UNIT_LIAISON, unit=district.town, **appoint)
    assert newest() == "任命：赵联络（zhao），李官镇单位联络员，自2020年7月6日起"
    assert leaver.memberships.in_force(TODAY).count() == 2
    with pytest.raises(AccountRefused, match="^自2020年7月6日起已是李官镇的单位联络员，不能重复任命。$"):
        appointments.appoint(role=UNIT_LIAISON, unit=district.town, **appoint)


def test_a_unit_of_another_office_and_a_day_beyond_the_years_are_refused(district, chief, leaver):
    other = Office.objects.create(code="371399", level="县", name="乙县人民政府办公室", short_name="县政府办公室")
    elsewhere = Unit.objects.create(office=other, code="E1", position=1)
    for unit, since, sentence in (
        (elsewhere, TODAY, "该单位不属于本机关。"),
        (district.town, date(1949, 1, 1), "起始日期应在1950年至2099年之间。"),
    ):
        with pytest.raises(AccountRefused, match=f"^{sentence}$"):
            appointments.appoint(
                office=district.office, user=leaver, role=UNIT_LIAISON, unit=unit, since=since, by=chief
            )


def test_a_unit_that_has_ended_gets_nobody(district, chief, leaver):
    register.dissolve_unit(unit=district.town, on_day=date(2020, 1, 1), by=chief)
    with pytest.raises(AccountRefused, match="^李官镇已于2020年1月1日停用，不能再任命人员。$"):
        appointments.appoint(
            office=district.office, user=leaver, role=UNIT_LIAISON, unit=district.town, since=TODAY, by=chief
        )


def test_an_auditor_is_nothing_else(district, chief):
    reader = auditor(district.office)
    with pytest.raises(AccountRefused, match="^审计员不能兼任其他角色，该账号自2020年1月1日起是审计员。$"):
        appointments.appoint(office=district.office, user=reader, role=OFFICE_STAFF, unit=None, since=TODAY, by=chief)


# --- taking back and ending


def test_a_mistaken_appointment_is_taken_back_the_same_day_and_no_later(district, chief, leaver):
    made = appointments.appoint(
        office=district.office, user=leaver, role=UNIT_LEADER, unit=district.street, since=TODAY, by=chief
    )
    appointments.withdraw(membership=made, by=chief, on=TODAY)
    assert leaver.memberships.count() == 1
    assert newest() == "撤销任命：赵联络（zhao），兰山街道单位分管领导，自2020年7月6日起"
    sentence = "^该任职自2020年1月1日开始，已经生效，不能撤销，请改为终止任职。$"
    with pytest.raises(AccountRefused, match=sentence):
        appointments.withdraw(membership=leaver.memberships.get(), by=chief, on=TODAY)


def test_the_only_appointment_of_an_account_is_not_taken_back_it_would_be_nobodys(district, chief):
    newcomer = accounts.create(
        office=district.office,
        username="xin",
        profile=accounts.Profile("新人"),
        role=UNIT_LIAISON,
        unit=district.street,
        since=TODAY,
        by=chief,
    )
    sentence = "^这是该账号唯一的任职，不能撤销；请先任命正确的角色再撤销，不再使用的账号请停用。$"
    with pytest.raises(AccountRefused, match=sentence):
        appointments.withdraw(membership=newcomer, by=chief, on=TODAY)
    appointments.appoint(
        office=district.office, user=newcomer.user, role=UNIT_LEADER, unit=district.street, since=TODAY, by=chief
    )
    appointments.withdraw(membership=newcomer, by=chief, on=TODAY)
    assert list(newcomer.user.memberships.values_list("role", flat=True)) == ["unit_leader"]


def test_an_appointment_ends_on_its_day_and_its_end_is_taken_back(district, chief, leaver):
    held = leaver.memberships.get()
    appointments.end(membership=held, until=AUGUST, by=chief, on=TODAY)
    assert newest() == "终止任职：赵联络（zhao），兰山街道单位联络员，2020年1月1日至2020年7月31日"
    assert acting_for(district.street, date(2020, 7, 31)).exists()
    assert not acting_for(district.street, AUGUST).exists()
    appointments.resume(membership=held, by=chief)
    assert acting_for(district.street, AUGUST).exists()
    assert newest() == "恢复任职：赵联络（zhao），兰山街道单位联络员，自2020年1月1日起"
    with pytest.raises(AccountRefused, match="^该任职没有终止。$"):
        appointments.resume(membership=held, by=chief)


@pytest.mark.parametrize(
    ("until", "sentence"),
    [
        (date(2020, 1, 1), "终止日期应晚于起始日期2020年1月1日。"),
        (date(2019, 5, 1), "终止日期应晚于起始日期2020年1月1日。"),
        (date(2100, 1, 1), "终止日期应在1950年至2099年之间。"),
    ],
)
def test_an_end_that_makes_no_sense_is_refused(chief, leaver, until, sentence):
    with pytest.raises(AccountRefused, match=f"^{sentence}$") as refused:
        appointments.end(membership=leaver.memberships.get(), until=until, by=chief, on=TODAY)
    assert refused.value.field == "until"


def test_what_has_ended_ends_no_second_time_and_does_not_come_back_over_a_later_one(district, chief, leaver):
    held = leaver.memberships.get()
    appointments.end(membership=held, until=date(2020, 3, 1), by=chief, on=TODAY)
    with pytest.raises(AccountRefused, match="^该任职已自2020年3月1日起终止。$"):
        appointments.end(membership=held, until=AUGUST, by=chief, on=TODAY)
    appointments.appoint(
        office=district.office, user=leaver, role=UNIT_LIAISON, unit=district.street, since=TODAY, by=chief
    )
    with pytest.raises(AccountRefused, match="^自2020年7月6日起已是兰山街道的单位联络员，不能重复任命。$"):
        appointments.resume(membership=held, by=chief)


# --- handing over


def test_the_leaver_goes_and_the_successor_comes_on_the_same_day(district, chief, leaver):
    successor = unit_leader(district.street, name="qian", display_name="钱领导")
    following = hand_over(leaver.memberships.get(), successor, chief)
    assert (following.user, following.role, following.unit, following.since) == (
        successor,
        "unit_liaison",
        district.street,
        AUGUST,
    )
    assert list(acting_for(district.street, date(2020, 7, 31))) == [leaver]
    assert list(acting_for(district.street, AUGUST)) == [successor]
    assert leaver.memberships.get().handed_to == following
    assert newest() == ("交接：赵联络（zhao），兰山街道单位联络员，交接给钱领导（qian），2020年1月1日至2020年7月31日")


def test_somebody_of_another_unit_may_take_over_and_acts_for_both(district, chief, leaver):
    other = liaison(district.town, name="sun", display_name="孙联络")
    hand_over(leaver.memberships.get(), other, chief)
    held = other.memberships.in_force(AUGUST)
    assert {each.unit for each in held} == {district.street, district.town}


def test_a_colleague_who_acts_for_the_unit_already_goes_on_doing_so(district, chief, leaver):
    colleague = liaison(district.street, name="qian", display_name="钱联络")
    assert hand_over(leaver.memberships.get(), colleague, chief) == colleague.memberships.get()
    assert colleague.memberships.count() == 1
    assert list(acting_for(district.street, AUGUST)) == [colleague]


def test_a_role_is_handed_over_once(district, chief, leaver):
    successor, third = staff(district.office, display_name="钱联络"), liaison(district.town)
    hand_over(leaver.memberships.get(), successor, chief)
    with pytest.raises(AccountRefused, match="^该任职已于2020年8月1日交接给钱联络，不能重复办理。$"):
        hand_over(leaver.memberships.get(), third, chief, from_day=date(2020, 9, 1))
    with pytest.raises(AccountRefused, match="^该任职已交接给钱联络，不能恢复；需要时请重新任命。$"):
        appointments.resume(membership=leaver.memberships.get(), by=chief)
    # The successor hands on in turn.
    following = hand_over(successor.memberships.get(unit=district.street), third, chief, from_day=date(2020, 9, 1))
    assert following.user == third


@pytest.mark.parametrize(
    ("who", "from_day", "sentence"),
    [
        ("leaver", AUGUST, "接任人不能是移交人本人。"),
        ("off", AUGUST, "停用人的账号已停用，请先启用。"),
        ("foreign", AUGUST, "外单位的账号不由本机关管理。"),
        ("auditor", AUGUST, "审计员不能兼任其他角色，该账号自2020年1月1日起是审计员。"),
        ("colleague", date(2020, 1, 1), "交接日期应晚于移交人的起始日期2020年1月1日。"),
    ],
)
def test_a_hand_over_that_cannot_be_changes_nothing(district, chief, leaver, who, from_day, sentence):
    other = Office.objects.create(code="371399", level="县", name="乙县人民政府办公室", short_name="县政府办公室")
    people = {
        "leaver": lambda: leaver,
        "off": lambda: liaison(district.town, is_active=False, display_name="停用人"),
        "foreign": lambda: staff(other, name="foreign", display_name="外单位"),
        "auditor": lambda: auditor(district.office),
        "colleague": lambda: liaison(district.town),
    }
    with pytest.raises(AccountRefused, match=f"^{sentence}$"):
        hand_over(leaver.memberships.get(), people[who](), chief, from_day=from_day)
    held = leaver.memberships.get()
    assert (held.until, held.handed_to) == (None, None)
    assert not AuditEvent.objects.exists()


def test_an_ended_role_and_a_role_at_the_office_are_not_handed_over(district, chief, leaver):
    successor = liaison(district.town)
    appointments.end(membership=leaver.memberships.get(), until=date(2020, 3, 1), by=chief, on=TODAY)
    with pytest.raises(AccountRefused, match="^该任职已自2020年3月1日起终止，请直接任命接任人。$"):
        hand_over(leaver.memberships.get(), successor, chief)
    clerk = staff(district.office)
    with pytest.raises(AccountRefused, match="机关人员请分别办理任命和终止。$"):
        hand_over(clerk.memberships.get(), successor, chief)


def test_who_is_what_at_each_unit_is_one_question(district, leaver, django_assert_num_queries):
    unit_leader(district.street, name="head")
    liaison(district.town, name="off", is_active=False)
    with django_assert_num_queries(1):
        found = people_of_units(district.office, TODAY)
    assert {unit: [held.role for held in those] for unit, those in found.items()} == {
        district.street.pk: ["unit_liaison", "unit_leader"]
    }


# --- whatever is done, in whatever order

days = st.dates(date(2020, 6, 1), date(2020, 9, 1))
ROLES_TO_TRY = (UNIT_LIAISON, UNIT_LEADER, OFFICE_STAFF, OFFICE_REVIEWER, AUDITOR)
steps = st.lists(
    st.tuples(
        st.sampled_from(["appoint", "end", "withdraw", "resume", "hand_over"]),
        st.integers(0, 1),
        st.integers(0, 3),
        st.sampled_from(ROLES_TO_TRY),
        days,
        days,
    ),
    max_size=14,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_nobody_ever_holds_a_role_twice_and_every_span_has_a_day(steps, district, chief):
    """Refusals are part of it: what is not refused keeps the rules."""
    Membership.objects.exclude(user=chief).delete()
    User.objects.exclude(pk=chief.pk).delete()
    people = [User.objects.create_user(f"p{number}") for number in range(2)]
    for person in people:
        Membership.objects.create(
            user=person, office=district.office, role="office_staff", since=date(2019, 1, 1), until=date(2019, 1, 2)
        )
    refusals: list[str] = []
    for verb, who, which, role, day, other_day in steps:
        held = list(people[who].memberships.order_by("id"))
        chosen = held[which % len(held)]
        unit = district.street if role.for_unit else None
        try:
            match verb:
                case "appoint":
                    appointments.appoint(
                        office=district.office, user=people[who], role=role, unit=unit, since=day, by=chief
                    )
                case "end":
                    appointments.end(membership=chosen, until=day, by=chief, on=other_day)
                case "withdraw":
                    appointments.withdraw(membership=chosen, by=chief, on=day)
                case "resume":
                    appointments.resume(membership=chosen, by=chief)
                case "hand_over":
                    appointments.hand_over(
                        membership=chosen, successor=people[1 - who], from_day=day, by=chief, on=other_day
                    )
        except AccountRefused as refused:
            refusals.append(str(refused))
    assert all(sentence.endswith("。") for sentence in refusals)
    for person in people:
        spans: list[Appointment] = [appointments.as_appointment(each) for each in person.memberships.all()]
        assert all(span.until is None or span.until > span.since for span in spans)
        for index, one in enumerate(spans):
            for other in spans[index + 1 :]:
                if one.overlaps(other):
                    assert one.place != other.place
                    assert AUDITOR not in (one.role, other.role)
    for each in Membership.objects.filter(handed_to__isnull=False).select_related("handed_to"):
        assert each.until is not None
        assert each.until - each.since >= timedelta(days=1)
