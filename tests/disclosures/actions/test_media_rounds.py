"""Rounds of checks: begun, entered row by row by several people, finished into findings, looked at again, taken back."""

from datetime import UTC, date, datetime

import pytest

from disclosures.actions import media_entries, media_rounds, records
from disclosures.actions.media_entries import Typed
from disclosures.files.recognition import FileRefused
from disclosures.models import MediaAccount, MediaCheck, MediaRound, MediaRoundEntry, Platform
from disclosures.rounds import Line, lines_of
from disclosures.sheets import SHEET_KINDS
from disclosures.sheets.export import export
from tests.people import staff
from tests.sheets import imported, xlsx
from units.models import AuditEvent, Office, User

AT = datetime(2020, 7, 8, 1, tzinfo=UTC)
LATER = datetime(2020, 7, 20, 1, tzinfo=UTC)
JULY_8 = date(2020, 7, 8)
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


@pytest.fixture
def clerk(office: Office) -> User:
    return staff(office, display_name="李经办")


@pytest.fixture
def other(office: Office) -> User:
    return staff(office, name="colleague", display_name="王经办")


@pytest.fixture
def accounts(office: Office) -> list[MediaAccount]:
    rows = [
        ["账号名称", "平台", "主办单位"],
        ["兰山街道之声", "微信订阅号", "兰山街道"],
        ["李官发布", "微博", "李官镇"],
        ["兰山教育", "抖音", "区教育局"],
    ]
    imported("media_accounts", xlsx(rows))
    return list(MediaAccount.objects.select_related("platform").order_by("pk"))


@pytest.fixture
def begun(office, accounts, clerk) -> MediaRound:
    return media_rounds.start(
        office=office,
        name="2020年7月第1次",
        checked_on=JULY_8,
        accounts=accounts,
        scope="全部账号",
        rectify_by=date(2020, 7, 15),
        by=clerk,
        at=AT,
    )


def entry(begun: MediaRound, number: int) -> MediaRoundEntry:
    return begun.entries.select_related("round", "account__platform").order_by("position")[number]


def typed(row: MediaRoundEntry, **texts: str) -> Typed:
    return Typed(row.pk, row.version, texts)


def save(begun: MediaRound, by: User, *rows: Typed, at: datetime = AT):
    return media_entries.save_rows(media_round=begun, rows=rows, by=by, at=at)


# --- beginning


def test_rounds_of_a_month_are_counted_wherever_they_came_from(office, begun):
    assert media_rounds.proposed_name(office, JULY_8) == "2020年7月第2次"
    head = ["检查批次", "检查日期", "账号名称", "平台"]
    imported("media_checks", xlsx([head, ["2020年7月第2次", "2020-07-20", "兰山教育", "抖音"]]))
    assert media_rounds.proposed_name(office, JULY_8) == "2020年7月第3次"
    assert media_rounds.proposed_name(office, date(2020, 8, 1)) == "2020年8月第1次"


def test_a_round_needs_accounts_and_a_name_of_its_own(office, accounts, clerk, begun):
    start = {"office": office, "checked_on": JULY_8, "scope": "", "rectify_by": None, "by": clerk, "at": AT}
    with pytest.raises(media_rounds.RoundRefused, match="^已有名为“2020年7月第1次”的检查批次，请换一个名称。$"):
        media_rounds.start(name="2020年7月第1次", accounts=accounts, **start)
    with pytest.raises(media_rounds.RoundRefused, match="^所选范围内没有正常使用的账号，请换一个范围。$"):
        media_rounds.start(name="另一次", accounts=[], **start)
    assert AuditEvent.objects.get(verb="media_round.started").data["accounts"] == 3


# --- entering


def test_silence_is_counted_by_the_limit_of_the_platform(office, begun, clerk):
    Platform.objects.filter(office=office, name="微博").update(freshness_days=30)
    saved = save(
        begun,
        clerk,
        typed(entry(begun, 0), last_updated_on="6-23"),
        typed(entry(begun, 1), last_updated_on="6-23"),
        typed(entry(begun, 2), last_updated_on="6-24"),
    )
    assert [Line(each.entry).counted for each in saved] == ["超期，15天", "15天", "14天"]
    assert [Line(each.entry).found for each in saved] == [["超期更新"], [], []]
    assert media_rounds.counted(begun) == {"accounts": 3, "looked_at": 3, "open": 0, "found": 1}


def test_a_row_may_have_silence_and_a_problem_or_be_said_to_have_none(begun, clerk):
    save(begun, clerk, typed(entry(begun, 0), last_updated_on="2020-06-01", result="错别字", description="标题"))
    assert entry(begun, 0).problems == ("超期更新", "错别字")
    save(begun, clerk, typed(entry(begun, 0), last_updated_on="2020-06-01", result="无"))
    assert entry(begun, 0).problems == ()
    assert entry(begun, 0).description == ""


@pytest.mark.parametrize(
    ("texts", "errors"),
    [
        ({"last_updated_on": "6-31"}, {"last_updated_on": "“6-31”不存在，请核对月份和日期。"}),
        ({"last_updated_on": "2020-07-09"}, {"last_updated_on": "检查日期早于最近更新日期，请核对。"}),
        ({"result": "没有这项"}, {"result": "没有这一项可选，请重新选择。"}),
        (
            {"last_updated_on": "7-1", "rectify_by": "7-20"},
            {"rectify_by": "填写了整改期限，却没有发现问题，请核对。"},
        ),
        ({"result": "错别字", "rectify_by": "2020-07-01"}, {"rectify_by": "整改期限早于检查日期，请核对。"}),
    ],
)
def test_a_row_with_an_error_stays_as_it_was_and_says_why(begun, clerk, texts, errors):
    save(begun, clerk, typed(entry(begun, 0), description="原来"))
    (saved,) = save(begun, clerk, typed(entry(begun, 0), **texts))
    assert (saved.is_saved, saved.errors) == (False, errors)
    kept = entry(begun, 0)
    assert (kept.description, kept.last_updated_on, kept.result, kept.version) == ("原来", None, "", 1)


def test_one_wrong_row_does_not_keep_the_others_out(begun, clerk):
    saved = save(
        begun, clerk, typed(entry(begun, 0), last_updated_on="昨天"), typed(entry(begun, 1), last_updated_on="7-1")
    )
    assert [each.is_saved for each in saved] == [False, True]
    assert entry(begun, 1).last_updated_on == date(2020, 7, 1)


def test_what_somebody_else_saved_meanwhile_is_not_overwritten_unseen(begun, clerk, other):
    mine = entry(begun, 0)
    save(begun, other, typed(mine, last_updated_on="7-6"))
    (saved,) = save(begun, clerk, typed(mine, last_updated_on="7-1"))
    assert (saved.is_saved, saved.changed_by, saved.entry.version) == (False, other, 1)
    assert entry(begun, 0).last_updated_on == date(2020, 7, 6)
    (saved,) = save(begun, clerk, typed(entry(begun, 0), last_updated_on="7-1"))
    assert saved.is_saved
    assert entry(begun, 0).entered_by == clerk


def test_saving_the_same_again_is_no_new_version(begun, clerk, other):
    save(begun, clerk, typed(entry(begun, 0), last_updated_on="7-6"))
    save(begun, other, typed(entry(begun, 0), last_updated_on="2020-07-06"))
    assert (entry(begun, 0).version, entry(begun, 0).entered_by) == (1, clerk)


def test_a_row_of_another_round_is_not_touched(office, accounts, begun, clerk):
    second = media_rounds.start(
        office=office,
        name="另一轮",
        checked_on=JULY_8,
        accounts=accounts,
        scope="",
        rectify_by=None,
        by=clerk,
        at=AT,
    )
    assert save(second, clerk, typed(entry(begun, 0), last_updated_on="7-6")) == []


# --- finishing


@pytest.fixture
def entered(begun, clerk) -> MediaRound:
    save(
        begun,
        clerk,
        typed(entry(begun, 0), last_updated_on="6-1", result="错别字", description="标题", rectify_by="7-20"),
        typed(entry(begun, 1), last_updated_on="7-6"),
    )
    return begun


def test_finishing_makes_the_findings_a_sheet_would_have_brought(office, entered, clerk):
    made = media_rounds.finish(media_round=entered, by=clerk, at=AT)
    told = [(check.account.name, check.problem, check.rectify_by, check.description) for check in made]
    assert told == [
        ("兰山街道之声", "超期更新", date(2020, 7, 20), "标题"),
        ("兰山街道之声", "错别字", date(2020, 7, 20), "标题"),
        ("李官发布", "", None, ""),
    ]
    assert {check.unit.code for check in made} == {"T01", "T02"}
    report = imported("media_checks", export("media_checks", office))
    assert report.summary == "新增 0，更新 0，未变 3"
    event = AuditEvent.objects.get(verb="media_round.finished")
    assert event.data == {"name": "2020年7月第1次", "accounts": 2, "found": 2}


def test_a_finding_without_a_limit_of_its_own_has_the_rounds(begun, clerk):
    save(begun, clerk, typed(entry(begun, 0), result="无法访问"))
    (made,) = media_rounds.finish(media_round=begun, by=clerk, at=AT)
    assert made.rectify_by == date(2020, 7, 15)


def test_nothing_looked_at_and_finished_twice_are_refused(begun, clerk):
    with pytest.raises(media_rounds.RoundRefused, match="^还没有录入任何账号的检查情况。$"):
        media_rounds.finish(media_round=begun, by=clerk, at=AT)
    save(begun, clerk, typed(entry(begun, 0), result="无"))
    media_rounds.finish(media_round=begun, by=clerk, at=AT)
    with pytest.raises(media_rounds.RoundRefused, match="^本轮检查已经完成。$"):
        media_rounds.finish(media_round=begun, by=clerk, at=AT)
    assert MediaCheck.objects.count() == 1


def test_finishing_can_be_taken_back_until_somebody_goes_on(entered, clerk):
    media_rounds.finish(media_round=entered, by=clerk, at=AT)
    media_rounds.reopen(media_round=entered, by=clerk, at=AT)
    assert not MediaCheck.objects.exists()
    assert entry(entered, 0).description == "标题"
    media_rounds.finish(media_round=entered, by=clerk, at=AT)
    save(entered, clerk, typed(entry(entered, 0), rechecked_on="7-18", recheck="已整改"), at=LATER)
    with pytest.raises(media_rounds.RoundRefused, match="^检查结果在完成后已有修改或复查，不能退回检查。$"):
        media_rounds.reopen(media_round=entered, by=clerk, at=LATER)
    with pytest.raises(media_rounds.RoundRefused, match="^本轮检查已经完成，不能放弃。$"):
        media_rounds.abandon(media_round=entered, by=clerk)


def test_a_round_given_up_leaves_nothing_but_its_event(begun, clerk):
    media_rounds.abandon(media_round=begun, by=clerk)
    assert not MediaRound.objects.exists()
    assert AuditEvent.objects.get(verb="media_round.abandoned").data == {"name": "2020年7月第1次"}


# --- the second look


def test_the_second_look_stands_beside_the_first_and_in_the_findings(entered, clerk):
    media_rounds.finish(media_round=entered, by=clerk, at=AT)
    (saved,) = save(entered, clerk, typed(entry(entered, 0), rechecked_on="7-18", recheck="已整改"), at=LATER)
    assert saved.is_saved
    assert {check.rectified_on for check in MediaCheck.objects.exclude(problem="")} == {date(2020, 7, 18)}
    assert entry(entered, 0).last_updated_on == date(2020, 6, 1)
    assert AuditEvent.objects.filter(verb="record.edited").count() == 2
    save(entered, clerk, typed(entry(entered, 0), rechecked_on="7-18", recheck="未整改"), at=LATER)
    assert not MediaCheck.objects.filter(rectified_on__isnull=False).exists()


@pytest.mark.parametrize(
    ("number", "texts", "errors"),
    [
        (0, {"recheck": "已整改"}, {"rechecked_on": "填写了复查结果，却没有复查日期，请补填。"}),
        (0, {"rechecked_on": "7-18"}, {"recheck": "填写了复查日期，却没有复查结果，请补填。"}),
        (0, {"rechecked_on": "2020-07-01", "recheck": "已整改"}, {"rechecked_on": "复查日期早于检查日期，请核对。"}),
        (1, {"rechecked_on": "7-18", "recheck": "已整改"}, {"recheck": "本轮没有发现问题，不需要复查。"}),
    ],
)
def test_a_second_look_that_makes_no_sense_says_why(entered, clerk, number, texts, errors):
    media_rounds.finish(media_round=entered, by=clerk, at=AT)
    (saved,) = save(entered, clerk, typed(entry(entered, number), **texts))
    assert saved.errors == errors


def test_the_first_look_of_a_finished_round_is_not_changed(entered, clerk):
    media_rounds.finish(media_round=entered, by=clerk, at=AT)
    save(entered, clerk, typed(entry(entered, 0), last_updated_on="7-7", result="无"))
    assert entry(entered, 0).last_updated_on == date(2020, 6, 1)


# --- pictures


def test_pictures_go_with_the_row_into_its_findings(entered, clerk):
    kept = media_entries.add_screenshot(entry=entry(entered, 0), name="截图.png", content=PNG, by=clerk, at=AT)
    media_rounds.finish(media_round=entered, by=clerk, at=AT)
    findings = MediaCheck.objects.exclude(problem="")
    assert [list(check.screenshots.all()) for check in findings] == [[kept], [kept]]
    media_entries.set_screenshot(entry=entry(entered, 0), screenshot=kept, shown=False)
    assert not any(check.screenshots.exists() for check in findings)
    media_entries.set_screenshot(entry=entry(entered, 0), screenshot=kept, shown=True)
    assert all(check.screenshots.exists() for check in findings)


def test_what_is_no_picture_is_refused(begun, clerk):
    row = entry(begun, 0)
    with pytest.raises(FileRefused, match="不是可以报送的文件类型"):
        media_entries.add_screenshot(entry=row, name="截图.png", content=b"x", by=clerk, at=AT)
    with pytest.raises(media_rounds.RoundRefused, match="^截图应为 png 或 jpg 图片。$"):
        media_entries.add_screenshot(entry=row, name="截图.pdf", content=b"%PDF-1.7", by=clerk, at=AT)
    assert not row.screenshots.exists()


def test_a_removed_finding_comes_back_with_its_pictures(office, entered, clerk):
    kept = media_entries.add_screenshot(entry=entry(entered, 0), name="截图.png", content=PNG, by=clerk, at=AT)
    media_rounds.finish(media_round=entered, by=clerk, at=AT)
    check = MediaCheck.objects.filter(problem="错别字").get()
    removed = records.remove(kind="media_checks", office=office, pk=check.pk, by=clerk, at=LATER)
    back = records.restore(removed=removed, by=clerk, at=LATER)
    assert list(back.screenshots.all()) == [kept]


# --- the grid


def test_the_check_before_stands_beside_each_row(office, begun):
    head = ["检查批次", "检查日期", "账号名称", "平台", "问题类型", "整改完成日期"]
    rows = [
        head,
        ["2020年5月第1次", "2020-05-08", "兰山教育", "抖音", "错别字", "2020-05-10"],
        ["2020年6月第1次", "2020-06-08", "兰山教育", "抖音", "超期更新", ""],
        ["2018年1月第1次", "2018-01-08", "李官发布", "微博", "错别字", ""],
    ]
    imported("media_checks", xlsx(rows))
    directory = SHEET_KINDS["units"].resource(office).register.directory
    before = {line.entry.account.name: line.before for line in lines_of(begun, directory)}
    assert before["兰山教育"].round == "2020年6月第1次"
    assert before["李官发布"] is None, "too long ago"
    assert before["兰山街道之声"] is None
