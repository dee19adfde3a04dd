"""What can be read of a file without a program for it."""

import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from docx import Document
from openpyxl import Workbook

from disclosures.files import preview as previews
from disclosures.files.preview import UNREADABLE, Block, Entry, Form, preview
from disclosures.models import StoredFile

Kind = StoredFile.Kind


def shown(kind: StoredFile.Kind, content: bytes):
    return preview(StoredFile(kind=kind, name="文件"), content)


def saved(book: Any) -> bytes:
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def archive(names: list[str]) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as packed:
        for name in names:
            packed.writestr(name, "内容")
    return output.getvalue()


def test_a_document_is_its_paragraphs_headings_and_tables_in_order():
    document = Document()
    document.add_heading("落实情况", 1)
    document.add_paragraph("第一段")
    table = document.add_table(2, 3)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = str(number)
    table.cell(1, 0).merge(table.cell(1, 1))
    document.add_paragraph("")
    document.add_paragraph("末段")
    found = shown(Kind.DOCX, saved(document))
    assert found.form is Form.TEXT
    assert found.blocks == (
        Block("落实情况", heading=True),
        Block("第一段"),
        Block(rows=(("0", "1", "2"), ("3\n4", "5"))),
        Block("末段"),
    )
    assert not found.cut


def test_a_long_document_is_cut(monkeypatch):
    monkeypatch.setattr(previews, "MOST_BLOCKS", 3)
    document = Document()
    for number in range(5):
        document.add_paragraph(str(number))
    found = shown(Kind.DOCX, saved(document))
    assert (len(found.blocks), found.cut) == (3, True)


def test_a_workbook_is_its_visible_sheets_with_values_as_an_office_writes_them():
    book = Workbook()
    sheet = book.active
    sheet.title = "目录"
    for row in (
        ["事项", "日期", "数量", None],
        [None, date(2020, 6, 1), 3.0],
        [datetime.fromisoformat("2020-06-01T09:30"), "=1+1", 2.5],
    ):
        sheet.append(row)
    book.create_sheet("隐藏").sheet_state = "hidden"
    book.create_sheet("空表")
    found = shown(Kind.XLSX, saved(book))
    first, second = found.sheets
    assert first.rows == (("事项", "日期", "数量"), ("", "2020-06-01", "3"), ("2020-06-01 09:30", "", "2.5"))
    assert (second.name, second.rows) == ("空表", ())
    assert (found.remark, found.cut) == ("另有 1 张隐藏的工作表，预览不显示。", False)


def test_a_long_or_wide_workbook_is_cut(monkeypatch):
    monkeypatch.setattr(previews, "MOST_ROWS", 3)
    monkeypatch.setattr(previews, "MOST_COLUMNS", 2)
    book = Workbook()
    for number in range(4):
        book.active.append([number, number, number])
    found = shown(Kind.XLSX, saved(book))
    assert (found.sheets[0].rows, found.cut) == ((("0", "0"), ("1", "1"), ("2", "2")), True)
    book = Workbook()
    for number in range(3):
        book.active.append([number, number])
    assert not shown(Kind.XLSX, saved(book)).cut


def test_an_archive_is_the_list_of_its_files():
    found = shown(Kind.ZIP, archive(["材料/", "材料/一.docx", "二.pdf"]))
    assert found.entries == (Entry("材料/一.docx", 6), Entry("二.pdf", 6))


def test_names_that_a_chinese_windows_wrote_can_be_read():
    # Such an archive holds the GBK bytes and no flag; Python's zipfile reads them as an American code page.
    content = archive(["AAAA.txt"]).replace(b"AAAA", "材料".encode("gbk"))
    assert shown(Kind.ZIP, content).entries == (Entry("材料.txt", 6),)


def test_an_ofd_says_which_program_reads_it():
    found = shown(Kind.OFD, archive(["OFD.xml", "Doc_0/Document.xml"]))
    assert (found.form, len(found.entries)) == (Form.CONTENTS, 2)
    assert found.remark == "OFD 版式文件，请下载后用 OFD 阅读软件查看。"


@pytest.mark.parametrize("kind", [Kind.DOCX, Kind.XLSX, Kind.ZIP, Kind.OFD])
def test_a_broken_file_says_so_and_breaks_nothing(kind):
    found = shown(kind, b"PK\x03\x04broken")
    assert (found.form, found.remark) == (Form.NOTHING, UNREADABLE)


def test_pictures_and_pdf_are_the_browsers():
    assert shown(Kind.PDF, b"").form is Form.FRAME
    assert shown(Kind.PNG, b"").form is Form.PICTURE
    assert shown(Kind.JPEG, b"").form is Form.PICTURE
