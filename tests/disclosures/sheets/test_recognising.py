"""Which kind a file is, by its header."""

import pytest

from disclosures.sheets import SHEET_KINDS
from disclosures.sheets.errors import SheetRefused
from disclosures.sheets.pasted import as_sheet
from disclosures.sheets.recognising import recognise_kind
from disclosures.sheets.templates import template
from tests.sheets import text_file, xlsx


@pytest.mark.parametrize("key", SHEET_KINDS)
def test_every_template_is_recognised_as_its_kind(key, db):
    assert recognise_kind("表.xlsx", template(key, None)).key == key


def test_title_rows_and_other_worksheets_do_not_matter(db):
    rows = [["六月部门信箱情况"], [], ["编号", "单位", "来信日期"], ["1", "区教育局", "2020-06-01"]]
    book = xlsx(rows, sheet="数据", others={"说明": [["填写说明"], ["甲", "乙"]]})
    assert recognise_kind("表.xlsx", book).key == "mailbox_cases"


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_csv_file_under_any_separator(delimiter, db):
    content = text_file([["标题", "单位", "类别", "发布日期"], ["甲", "乙", "丙", "2020-06-01"]], delimiter=delimiter)
    assert recognise_kind("表.csv", content).key == "published_items"


def test_a_header_that_fits_two_kinds_equally_is_not_guessed(db, monkeypatch):
    twin = SHEET_KINDS["mailbox_cases"].__class__("twin", "另一种信", "", SHEET_KINDS["mailbox_cases"].resource)
    monkeypatch.setitem(SHEET_KINDS, "twin", twin)
    content = text_file([["编号", "单位", "来信日期"], ["1", "乙", "2020-06-01"]])
    with pytest.raises(SheetRefused, match="^表头同时符合“部门信箱”、“另一种信”，请到相应种类下单独上传。$"):
        recognise_kind("表.csv", content)


def test_no_kind_no_guess(db):
    with pytest.raises(SheetRefused, match="^表头与任何一种数据表都不符"):
        recognise_kind("表.csv", text_file([["甲", "乙"]]))


# --- pasted blocks

LETTERS = SHEET_KINDS["mailbox_cases"]


@pytest.mark.parametrize(
    ("block", "headed"),
    [
        ("编号\t单位\t来信日期\n1\t甲\t2020-06-01", False),
        ("六月部门信箱\n编号\t单位\t来信日期\n1\t甲\t2020-06-01", False),
        ("1\t甲\t2020-06-01", True),
        # A header that lacks a column is a header: what is missing is told as for a file.
        ("编号\t单位\n1\t甲", False),
        # More cells than the template has columns: nobody knows which is which.
        ("\t".join("123456789"), False),
    ],
)
def test_a_header_is_put_above_a_block_that_has_none(block, headed, db):
    content, put = as_sheet(LETTERS, block)
    assert put is headed
    assert content.decode().endswith(block)
    if headed:
        assert content.decode().startswith("编号\t单位\t来信日期\n")
