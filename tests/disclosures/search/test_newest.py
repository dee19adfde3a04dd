"""Searching: what LIKE would find, by one character as by ten; the newest first; nothing that lists blot out."""

import string
from datetime import date, timedelta

import pytest
from django.core.checks import run_checks
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disclosures.models import DisclosureApplication, MailboxCase, PublishedItem
from disclosures.search import index as search_index
from disclosures.search.newest import forget_frequencies, found, newest, words_of
from lanshan_portal.periods import Period
from tests.district import JUNE_1, District

pytestmark = pytest.mark.django_db

# Few enough characters to meet each other often: common ones, letters, quotes, signs of query languages, an astral one.
SOME = "兰山街道公开疫情aBé1２'\"\\%_*:&|!-，（ \n𫞩€"
TEXTS = st.text(st.sampled_from(SOME), max_size=12)
SMALL = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


def in_small(text: str) -> str:
    return text.translate(SMALL)


@pytest.fixture
def district():
    forget_frequencies()
    return District()


def titled(district, *titles: str, **fields) -> list[PublishedItem]:
    made = []
    for number, title in enumerate(titles):
        item = district.item(district.street, on=JUNE_1 + timedelta(days=number))
        PublishedItem.objects.filter(pk=item.pk).update(title=title, **fields)
        item.refresh_from_db()
        made.append(item)
    return made


def titles_found(query: str) -> list[str]:
    return [item.title for item in found(PublishedItem.objects.order_by("published_on", "pk"), query)]


# --- the same as LIKE


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(titles=st.lists(TEXTS, min_size=1, max_size=6), numbers=st.lists(TEXTS, min_size=6, max_size=6), query=TEXTS)
def test_the_index_finds_what_a_look_at_every_row_finds(district, titles, numbers, query):
    PublishedItem.objects.all().delete()
    items = titled(district, *titles)
    for item, number in zip(items, numbers, strict=False):
        PublishedItem.objects.filter(pk=item.pk).update(document_number=number)
    words = words_of(query)
    expected = [
        item.pk
        for item in PublishedItem.objects.order_by("-published_on", "-pk")
        if all(word in in_small(item.title) or word in in_small(item.document_number) for word in words)
    ]
    rows = PublishedItem.objects.order_by("-published_on", "-pk")
    assert list(found(rows, query).values_list("pk", flat=True)) == expected
    june = Period.month(2020, 6)
    assert list(found(rows, query, span=june).values_list("pk", flat=True)) == expected
    if words:
        for reach in (1, 2, 100):
            assert newest(PublishedItem, district.office, query, reach) == expected[:reach]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("兰山街道", ["兰山街道"]),
        ("  兰山　街道 ", ["兰山", "街道"]),
        ("临兰政办字〔2020〕23号", ["临兰政办字", "2020", "23号"]),
        ("临兰政办字[2020]23号", ["临兰政办字", "2020", "23号"]),
        ("《条例》", ["条例"]),
        ("ABC abc", ["abc"]),
        ("\u200b \x07 （）", []),
        ("", []),
    ],
)
def test_a_query_is_its_words(query, words):
    assert words_of(query) == words


def test_one_two_and_more_characters_find(district):
    titled(district, "兰山街道召开防汛会议", "金雀山街道召开会议", "关于疫情的通告")
    assert titles_found("疫") == ["关于疫情的通告"]
    assert titles_found("议") == ["兰山街道召开防汛会议", "金雀山街道召开会议"]
    assert titles_found("防汛") == ["兰山街道召开防汛会议"]
    assert titles_found("山街道召") == ["兰山街道召开防汛会议", "金雀山街道召开会议"]
    assert titles_found("会议 兰山") == ["兰山街道召开防汛会议"]
    assert titles_found("街议") == []
    assert len(titles_found("")) == 3


def test_a_word_stands_in_one_field(district):
    titled(district, "关于印发", document_number="临兰政办字〔2020〕23号")
    assert titles_found("发临") == []
    assert titles_found("关于 23号") == ["关于印发"]


# --- the index keeps up


def test_records_changed_and_removed_in_bulk_are_found_as_they_are(district):
    items = titled(district, "疫情一", "疫情二", "疫情三")
    PublishedItem.objects.filter(pk=items[0].pk).update(title="鼠患一")
    items[1].published_on += timedelta(days=90)
    items[1].save()
    items[2].delete()
    assert titles_found("疫情") == ["疫情二"]
    assert titles_found("鼠患") == ["鼠患一"]
    assert newest(PublishedItem, district.office, "疫", 5) == [items[1].pk]
    assert newest(PublishedItem, district.office, "一", 5) == [items[0].pk]


@pytest.mark.django_db(transaction=True)
def test_what_is_missing_of_the_index_is_made_again_and_filled(district):
    titled(district, "疫情一")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP INDEX disclosures_publisheditem_pairs")
        else:
            cursor.execute("DROP TRIGGER disclosures_publisheditem_pairs_insert")
    titled(district, "疫情二")
    errors = run_checks(databases=["default"], tags=["database"])
    assert [error.msg for error in errors] == ["缺少查找索引：disclosures_publisheditem。"]
    search_index.keep()
    assert not run_checks(databases=["default"], tags=["database"])
    assert sorted(titles_found("疫情")) == ["疫情一", "疫情二"]


def test_very_long_words_are_searched_up_to_their_limit(district):
    content = "征" * (search_index.LONGEST - 2) + "补偿方案"
    application = district.application(district.street, content=content)
    rows = DisclosureApplication.objects.all()
    assert [each.pk for each in found(rows, "征补偿")] == [application.pk]
    assert not found(rows, "方案").exists()


# --- frequent words and rare ones


@pytest.fixture
def many(district):
    """Three thousand items: one word in nearly all, one in few, one only in the oldest."""
    category = district.item(district.street).category
    PublishedItem.objects.bulk_create(
        PublishedItem(
            office=district.office,
            key=f"many{number}",
            unit=district.street,
            category=category,
            title=f"街道召开第{number}次会议" + ("（旧闻）" if number < 600 else "") + ("鼠疫" if number == 5 else ""),
            published_on=date(2012, 1, 1) + timedelta(days=number),
        )
        for number in range(3_000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    forget_frequencies()
    return district


@pytest.mark.parametrize(
    "query", ["会", "会议", "召开第2999次", "旧闻", "旧", "鼠疫", "疫", "鼠 会议", "没有的话", "没"]
)
def test_the_newest_are_those_of_the_list_however_frequent_the_words(many, query):
    rows = found(PublishedItem.objects.order_by("-published_on", "-pk"), query)
    for reach in (1, 51, 700):
        assert newest(PublishedItem, many.office, query, reach) == list(rows.values_list("pk", flat=True)[:reach])


def test_another_offices_records_are_not_found(district):
    (item,) = titled(district, "疫情一")
    other = District.of(district.office)
    other.office = type(district.office).objects.create(
        code="371399", jurisdiction="别的区", level="区", short_name="别的办公室"
    )
    assert newest(PublishedItem, district.office, "疫情", 5) == [item.pk]
    assert newest(PublishedItem, other.office, "疫情", 5) == []


# --- what citizens wrote


@pytest.mark.parametrize("query", ["138", "1", "13800001234", "ab", "电话138", "３"])
def test_letters_and_digits_of_what_a_citizen_wrote_find_nothing(district, query):
    district.application(district.street, content="征收补偿，电话13800001234，ab@example.org，３号楼")
    district.letter(district.street)
    MailboxCase.objects.update(title="来电13800001234，ab，３", number="甲")
    DisclosureApplication.objects.update(number="乙")
    for model in (DisclosureApplication, MailboxCase):
        assert not found(model.objects.all(), query).exists()
        assert newest(model, district.office, query, 5) == []


def test_other_characters_and_the_number_do(district):
    application = district.application(district.street, content="征收补偿，电话13800001234")
    DisclosureApplication.objects.update(number="兰公开申〔2020〕7号")
    for query in ("补偿", "征", "2020", "兰公开申[2020]7号", "补偿 2020"):
        assert [each.pk for each in found(DisclosureApplication.objects.all(), query)] == [application.pk]
        assert newest(DisclosureApplication, district.office, query, 5) == [application.pk]
