"""The form of a record and its sheet: what one takes the other takes, what one refuses the other refuses with the same words."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disclosures.actions import records
from disclosures.actions.imports import check_sheet
from disclosures.lists import LISTS
from disclosures.models import Channel
from disclosures.sheets import SHEET_KINDS
from disclosures.sheets.export import export
from disclosures.sheets.record_form import NOT_A_RECORD, NOT_AN_EXAMPLE, RecordForm, cells_of
from disclosures.sheets.widgets import ChoiceWidget, DateWidget, NumberWidget, TermWidget, UnitWidget, UrlWidget
from tests.sheets import imported, xlsx
from units.models import Office

AT = datetime(2020, 7, 1, 1, tzinfo=UTC)
GOOD: dict[str, dict[str, str]] = {
    "published_items": {
        "title": "召开会议",
        "unit_id": "兰山街道",
        "category_id": "动态类",
        "published_on": "2020-06-01",
    },
    "applications": {"number": "1号", "unit_id": "区教育局", "channel_id": "网站", "received_on": "2020-06-01"},
    "mailbox_cases": {"number": "N-1", "unit_id": "区教育局", "received_on": "2020-06-01"},
    "media_accounts": {"name": "兰山教育", "platform_id": "微博", "unit_id": "区教育局"},
    "media_checks": {"round": "第1次", "checked_on": "2020-07-08", "account_name": "兰山教育", "platform_id": "微博"},
}


@pytest.fixture
def full(office: Office) -> Office:
    """With an account to check."""
    imported("media_accounts", xlsx([["账号名称", "平台", "主办单位"], ["兰山教育", "微博", "区教育局"]]))
    return office


def form_of(kind: str, office: Office, cells: dict[str, Any]) -> RecordForm:
    return RecordForm(cells, kind=kind, office=office)


def said_by(form: RecordForm) -> set[tuple[str, str]]:
    """Each complaint of the form with its column."""
    return {(str(form[name].label), str(error)) for name, errors in form.errors.items() for error in errors}


def sheet_of(kind: str, cells: dict[str, Any]) -> bytes:
    columns = list(SHEET_KINDS[kind].resource.fields.values())
    return xlsx([[column.column_name for column in columns], [cells.get(column.attribute, "") for column in columns]])


# --- the same rules

ODD = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufffe\uffff"),
    max_size=12,
)


def contents(widget: Any) -> st.SearchStrategy[str]:
    """Cells of a column: empty, good, nearly good, odd."""
    match widget:
        case DateWidget():
            some = [
                "2020-06-01",
                "2020.6.30",
                "20200615",
                "2020年7月9日",
                "2020-02-30",
                "6月1日",
                "43983",
                "1999-01-01",
            ]
        case UnitWidget():
            some = ["兰山街道", "教育局", "D01", "区工商局", "没有的局", "兰山区教育局 "]
        case ChoiceWidget() | TermWidget():
            some = [
                "动态类",
                "网站",
                "微博",
                "自然人",
                "予以公开",
                "3.1",
                "超期更新",
                "正常",
                "已注销",
                "图解",
                "没有这项",
            ]
        case NumberWidget():
            some = ["1", "20", "21", "0", "１５", "三", "2.5"]
        case UrlWidget():
            some = ["https://www.example.gov.cn/a", "http://x y", "ftp://x", "www.example.gov.cn"]
        case _:
            some = ["兰山教育", "第1次", "很长" * 160, "=1+1", "合计", "备注：无", "【示例】信"]
    return st.just("") | st.sampled_from(some) | ODD


@st.composite
def a_record(draw: Any, kind: str) -> dict[str, str]:
    """Good in most of what is required, anything in the rest."""
    cells = dict(GOOD[kind])
    for column in SHEET_KINDS[kind].resource.fields.values():
        if column.attribute not in cells or draw(st.integers(0, 5)) == 0:
            cells[column.attribute] = draw(contents(column.widget))
    return cells


@pytest.mark.parametrize("kind", LISTS)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_the_form_takes_what_the_sheet_takes_and_says_what_the_sheet_says(kind: str, full: Office, data: Any) -> None:
    cells = data.draw(a_record(kind))
    rows = SHEET_KINDS[kind].resource.model._default_manager.all()
    (rows.exclude(name="兰山教育") if kind == "media_accounts" else rows).delete()
    form = form_of(kind, full, cells)
    report = check_sheet(kind=kind, file_name="表.xlsx", content=sheet_of(kind, cells), office=full)
    told = {(error.column, error.message) for error in report.errors if error.row is not None}
    if any(error.row is None for error in report.errors):
        # The sheet has passed the row over, as an example, a total or an empty one; a form says so.
        assert form.errors
        return
    assert said_by(form) == told
    if told:
        return
    try:
        records.add(kind=kind, office=full, record=form.record, by=None, at=AT)
    except records.RecordRefused:
        assert (report.new, kind) == (0, "media_accounts"), "only what is there already is refused"
        return
    again = imported(kind, export(kind, full))
    assert (again.new, again.updated) == (0, 0), again
    again = imported(kind, sheet_of(kind, cells))
    assert again.summary == "新增 0，更新 0，未变 1"


# --- the form itself


@pytest.mark.parametrize("kind", LISTS)
def test_every_column_is_a_field_with_its_words(kind: str, full: Office) -> None:
    form = form_of(kind, full, GOOD[kind])
    columns = SHEET_KINDS[kind].resource(full).columns
    assert [field.label for field in form] == [column.column_name for column in columns]
    assert [field.help_text for field in form] == [column.note for column in columns]
    assert form.is_valid(), form.errors


def test_choices_are_those_of_the_template(full: Office) -> None:
    form = form_of("applications", full, {})
    channel = form.fields["channel_id"].widget
    assert [value for value, _ in channel.choices][:3] == ["", "网站", "信函"]
    kinds = form.fields["applicant_kind"].widget
    assert [value for value, _ in kinds.choices][1] == "自然人"


def test_a_word_no_longer_offered_stays_that_of_a_record_that_has_it(full: Office) -> None:
    Channel.objects.filter(office=full, name="传真").update(active=False)
    assert "传真" not in dict(form_of("applications", full, {}).fields["channel_id"].widget.choices)
    kept = RecordForm(kind="applications", office=full, initial={"channel_id": "传真"})
    assert "传真" in dict(kept.fields["channel_id"].widget.choices)


@pytest.mark.parametrize(
    ("title", "sentence"),
    [("【示例】信息", NOT_AN_EXAMPLE), ("", "必填，不能为空。")],
)
def test_what_a_sheet_would_pass_over_is_no_record(full: Office, title: str, sentence: str) -> None:
    form = form_of("published_items", full, GOOD["published_items"] | {"title": title})
    assert form.errors["title"] == [sentence]


def test_an_empty_form_is_told_everything_it_needs(full: Office) -> None:
    assert said_by(form_of("mailbox_cases", full, {"title": " "})) == {
        (column, "必填，不能为空。") for column in ("编号", "单位", "来信日期")
    }


def test_a_note_below_a_table_is_no_record(full: Office) -> None:
    form = form_of("mailbox_cases", full, {"number": "合计：3件"})
    assert form.errors["number"] == [NOT_A_RECORD]


def test_a_date_that_was_typed_and_is_none_stays_to_be_seen(full: Office) -> None:
    form = form_of(
        "mailbox_cases", full, GOOD["mailbox_cases"] | {"received_on": "2020.6.31", "answered_on": "2020-07-01"}
    )
    assert not form.is_valid()
    assert 'type="text"' in str(form["received_on"])
    assert 'value="2020.6.31"' in str(form["received_on"])
    assert 'type="date"' in str(form["answered_on"])


def test_fields_show_what_is_stored_as_an_export_writes_it(full: Office) -> None:
    form = form_of("applications", full, GOOD["applications"] | {"extended_on": "2020-06-10", "extension_days": "7"})
    assert form.is_valid()
    made = records.add(kind="applications", office=full, record=form.record, by=None, at=AT)
    resource = SHEET_KINDS["applications"].resource(full)
    cells = cells_of("applications", full, records.stored_values(resource, made))
    assert cells["unit_id"] == "区教育局"
    assert cells["channel_id"] == "网站"
    assert (cells["extended_on"], cells["extension_days"], cells["answered_on"]) == ("2020-06-10", "7", "")


def test_warnings_of_the_sheet_are_those_of_the_form(full: Office) -> None:
    form = form_of("published_items", full, GOOD["published_items"] | {"published_on": "1999-12-31"})
    assert form.is_valid()
    assert form.warnings == ["“发布日期”早于2000年，请核对。"]
