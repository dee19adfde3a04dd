"""The log: what is selected, page by page, and that a page costs the same however long the log is."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.district import District
from tests.people import administrator, auditor, liaison, signed_in, staff
from units import log
from units.log import Selection, page_of, people_asked_for, told
from units.models import AuditEvent, Membership, Office, User

pytestmark = pytest.mark.django_db

JULY_6 = datetime(2020, 7, 6, 1, tzinfo=UTC)


@pytest.fixture
def district():
    return District()


@pytest.fixture
def write(monkeypatch):
    """Write events at given times, past the field that notes the time by itself."""
    monkeypatch.setattr(AuditEvent._meta.get_field("at"), "auto_now_add", False)

    def writing(number: int, *, since: datetime = JULY_6, step: timedelta = timedelta(minutes=1), **fields):
        fields = {"verb": "session.opened"} | fields
        return AuditEvent.objects.bulk_create(AuditEvent(at=since + step * index, **fields) for index in range(number))

    return writing


def numbers(entries) -> list[int]:
    return [entry.pk for entry in entries]


# --- pages


def test_pages_follow_each_other_without_gap_or_repetition_and_back_again(district, write):
    """Events of one moment as well: their numbers order them."""
    write(120, office=district.office, step=timedelta(0))
    everything = list(AuditEvent.objects.order_by("-at", "-pk").values_list("pk", flat=True))
    first = page_of(Selection(district.office))
    second = page_of(Selection(district.office), before=first.older)
    third = page_of(Selection(district.office), before=second.older)
    assert numbers([*first.entries, *second.entries, *third.entries]) == everything
    assert (first.newer, third.older) == (None, None)
    back = page_of(Selection(district.office), after=third.newer)
    assert numbers(back.entries) == numbers(second.entries)
    assert numbers(page_of(Selection(district.office), after=back.newer).entries) == numbers(first.entries)
    # Going on from the newest ends at the newest, whole.
    assert page_of(Selection(district.office), after=everything[0]) == first


def test_a_place_that_is_none_is_the_newest(district, write):
    write(3, office=district.office)
    assert page_of(Selection(district.office), before=10**15) == page_of(Selection(district.office))


def test_a_page_costs_the_same_at_a_hundred_and_at_three_thousand(district, write, django_assert_num_queries):
    write(100, office=district.office)
    selection = Selection(district.office)
    with django_assert_num_queries(2):
        page_of(selection)
    write(3_000, office=district.office, since=JULY_6 + timedelta(days=1))
    with django_assert_num_queries(2):
        page = page_of(selection)
    with django_assert_num_queries(3):
        page_of(selection, before=page.older)


# --- what is asked for


def test_families_people_days_and_addresses_narrow_the_log(district, write):
    clerk, own = staff(district.office), liaison(district.street)
    write(2, office=district.office, by=clerk, address="10.34.6.18")
    write(3, office=district.office, by=own, verb="import.accepted", since=JULY_6 + timedelta(days=1))
    write(1, office=district.office, by=own, verb="session.closed", since=JULY_6 + timedelta(days=2))

    def count(**fields) -> int:
        return len(list(told(Selection(district.office, **fields))))

    assert count() == 6
    assert count(people=(clerk.pk,)) == 2
    assert count(people=()) == 0
    assert count(people=(clerk.pk, own.pk), family="登录") == 3
    assert count(family="登录") == 3
    assert count(family="导入") == 3
    assert count(address="10.34.6.18") == 2
    assert count(first=date(2020, 7, 7), last=date(2020, 7, 7)) == 3
    assert count(last=date(2020, 7, 6)) == 2
    assert count(first=date(2020, 7, 9)) == 0


def test_a_day_begins_at_midnight_in_shanghai(district, write):
    write(1, office=district.office, since=datetime(2020, 7, 5, 16, 0, tzinfo=UTC))
    write(1, office=district.office, since=datetime(2020, 7, 6, 15, 59, tzinfo=UTC))
    write(1, office=district.office, since=datetime(2020, 7, 6, 16, 0, tzinfo=UTC))
    assert len(page_of(Selection(district.office, first=date(2020, 7, 6), last=date(2020, 7, 6))).entries) == 2


def test_words_are_looked_for_in_what_a_reader_reads(district, write):
    clerk = staff(district.office, display_name="李经办")
    write(1, office=district.office, by=clerk, verb="import.accepted", data={"kind": "units", "file": "七月.xlsx"})
    write(1, office=district.office, verb="appointment.begun", data={"role": "unit_liaison", "unit": "李官镇"})

    def found(words: str) -> list[str]:
        return [entry.sentence for entry in page_of(Selection(district.office, words=words)).entries]

    assert found("单位，七月") == found("七月.XLSX") == found("李经办 导入") == ["导入数据：单位，七月.xlsx"]
    assert found("李官镇单位联络员") == ["任命：李官镇单位联络员"]
    assert found("系统") == ["任命：李官镇单位联络员"]
    assert found("没有的字") == []


def test_a_search_stops_says_how_far_it_came_and_goes_on_from_there(district, write, monkeypatch):
    monkeypatch.setattr(log, "MOST_SCANNED", 100)
    monkeypatch.setattr(log, "SCANNED_AT_ONCE", 40)
    write(1, office=district.office, verb="password.changed")
    write(150, office=district.office, since=JULY_6 + timedelta(days=1))
    selection = Selection(district.office, words="密码")
    first = page_of(selection)
    assert first.entries == []
    assert first.searched_to is not None
    second = page_of(selection, before=first.older)
    assert [entry.sentence for entry in second.entries] == ["修改本人密码"]
    assert (second.older, second.searched_to) == (None, None)


def test_what_many_people_did_is_merged_in_order_and_so_is_a_family(district, write, monkeypatch):
    people = [liaison(district.street, name=f"p{number}") for number in range(5)]
    for number in range(30):
        verb = ("session.opened", "session.closed")[number % 2]
        write(1, office=district.office, by=people[number % 5], verb=verb, since=JULY_6 + timedelta(minutes=number))
    ids = tuple(person.pk for person in people)
    expected = list(AuditEvent.objects.order_by("-at", "-pk").values_list("pk", flat=True))
    assert numbers(told(Selection(district.office, people=ids))) == expected
    assert numbers(told(Selection(district.office, family="登录"))) == expected
    monkeypatch.setattr(log, "MOST_STREAMS", 2)
    assert numbers(told(Selection(district.office, people=ids))) == expected


def test_who_is_asked_for_by_name_pinyin_account_and_unit(district):
    zhao = liaison(district.street, name="zhao", display_name="赵联络", pinyin="zhaolianluo zll")
    qian = liaison(district.town, name="qian", display_name="钱联络", pinyin="qianlianluo qll")
    former = User.objects.create_user("former")
    Membership.objects.create(
        user=former,
        office=district.office,
        unit=district.street,
        role="unit_liaison",
        since=date(2019, 1, 1),
        until=date(2019, 2, 1),
    )
    root = User.objects.create_superuser("root", password="x")

    def asked(person: str = "", unit: str = "") -> set[int] | None:
        found = people_asked_for(
            district.office, person=person, unit=unit, directory=district.directory(), day=date(2020, 7, 6)
        )
        return found if found is None else set(found)

    assert asked() is None
    assert asked("zll") == asked("赵") == asked("ZHAO") == {zhao.pk}
    assert asked("联络") == {zhao.pk, qian.pk}
    assert asked("root") == {root.pk}
    assert asked(unit="兰山街道") == {zhao.pk, former.pk}
    assert asked("former", "兰山街道") == {former.pk}
    assert asked(unit="没有的单位") == asked("没有的人") == set()


def test_another_offices_events_are_not_read_here_and_nobodys_are(district, write):
    other = Office.objects.create(code="371399", level="县", name="乙县人民政府办公室", short_name="县政府办公室")
    foreign, own = staff(other, name="foreign"), staff(district.office)
    write(1, office=other, by=foreign)
    write(1, by=foreign, verb="session.refused")
    mine = [*write(1, office=district.office, by=own), *write(1, by=own), *write(1, verb="session.refused")]
    assert set(numbers(told(Selection(district.office)))) == {event.pk for event in mine}


# --- the page


def test_the_auditor_lands_on_the_log_and_opens_nothing_else(district):
    client = signed_in(auditor(district.office))
    assert client.get(reverse("home"))["Location"] == reverse("log")
    assert client.get(reverse("log")).status_code == 200
    assert client.get(reverse("account")).status_code == 200
    for closed in ("accounts", "units", "imports"):
        assert client.get(reverse(closed)).status_code == 403
    assert client.get("/2020-06/").status_code == 403


def test_the_page_tells_who_did_what_from_where(district, write):
    clerk = staff(district.office, display_name="李经办")
    write(1, office=district.office, by=clerk, address="10.34.6.18", data={"username": "x"}, verb="session.refused")
    client = signed_in(auditor(district.office))
    page = client.get(reverse("log"), {"person": "李经办", "family": "登录"}).content.decode()
    assert "2020-07-06 09:00:00" in page
    assert "登录未成功：x" in page
    assert "10.34.6.18" in page
    assert "没有符合条件的记录" in client.get(reverse("log"), {"person": "没有"}).content.decode()


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"first": "昨天"}, "起始日期：起始日期应写作 2020-06-01。"),
        ({"last": "1899-01-01"}, "截至日期：截至日期应在1950年至2099年之间。"),
        ({"address": "办公室"}, "来源地址：来源地址应写作 10.34.6.18 的形式。"),
        ({"family": "没有"}, "类别：没有这一项类别可选，请重新选择。"),
    ],
)
def test_a_condition_that_makes_no_sense_lists_nothing_and_says_why(district, asked, sentence):
    response = signed_in(auditor(district.office)).get(reverse("log"), asked)
    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_the_page_asks_the_same_number_of_questions_however_long_the_log(district, write):
    client = signed_in(auditor(district.office))
    counts = []
    for number in (10, 500):
        write(number, office=district.office, by=administrator(district.office, name=f"a{number}"))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("log"))
        counts.append(len(asked))
    assert counts[0] == counts[1] < 20
