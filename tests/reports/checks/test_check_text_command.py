"""`manage.py check_text FILE`: what it prints, what it reads, and its exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from io import StringIO
from pathlib import Path

import docx
import pytest
from django.core.management import CommandError, call_command

from disclosures.models import RestDay
from reports.checks.documents import UnreadableFile, paragraphs_in, paragraphs_of
from tests.reports.checks.texts import COUNTY, GOLDEN, JUNE_LINES
from units.models import Office, Unit, UnitGroup, UnitVersion

JUNE = GOLDEN / "notice.txt"


def findings(path: Path, *arguments: str) -> list[dict[str, str]]:
    output = StringIO()
    call_command("check_text", str(path), *arguments, stdout=output)
    return json.loads(output.getvalue())["findings"]


def codes(path: Path, *arguments: str) -> list[str]:
    return [finding["code"] for finding in findings(path, *arguments)]


def word(path: Path, text: str) -> Path:
    """The text as a Word document, its tabbed lines as a table."""
    document = docx.Document()
    rows: list[list[str]] = []
    for line in [*text.splitlines(), ""]:
        if "\t" in line:
            rows.append(line.split("\t"))
            continue
        if rows:
            table = document.add_table(rows=len(rows), cols=len(rows[0]))
            for row, cells in zip(table.rows, rows, strict=True):
                for cell, words in zip(row.cells, cells, strict=True):
                    cell.text = words
            rows = []
        document.add_paragraph(line)
    document.save(str(path))
    return path


@pytest.mark.django_db
def test_the_june_notice_on_an_empty_database():
    told = findings(JUNE)
    assert len(told) == 8
    assert set(told[0]) == {"code", "level", "message", "where"}
    assert told[0] == {
        "code": "total_unexplained",
        "level": "warning",
        "message": "依申请公开共4件，“其中”1件＋2件＝3件，有1件未说明来源，请补充来源或写明“其他1件”。",
        "where": "一、（二）第1句",
    }


@pytest.mark.django_db
def test_chinese_is_printed_as_it_is():
    output = StringIO()
    call_command("check_text", str(JUNE), stdout=output)
    assert "未说明来源" in output.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_encodings(tmp_path, encoding):
    path = tmp_path / "notice.txt"
    path.write_text("\r\n".join(JUNE_LINES), encoding=encoding)
    assert codes(path) == codes(JUNE)


@pytest.mark.django_db
def test_word_with_a_table(tmp_path):
    RestDay.objects.create(day=date(2023, 10, 8), nature=RestDay.Nature.WORK)
    assert codes(word(tmp_path / "clean.docx", COUNTY)) == []
    assert codes(word(tmp_path / "wrong.docx", COUNTY.replace("\t650\t", "\t605\t"))) == ["table_does_not_add"] * 2


@pytest.fixture
def office(db) -> Office:
    """兰山区 with three of the units the June notice names; 李官镇 is gone since 2019."""
    office = Office.objects.create(
        code="371302", jurisdiction="临沂市兰山区", level="区", government="兰山区人民政府",
        name="临沂市兰山区人民政府办公室", short_name="区政府办公室", addressees="各单位", document_prefix="临兰政办字",
    )  # fmt: skip
    group = UnitGroup.objects.create(office=office, name="政府各部门")
    for position, name in enumerate(("区教育局", "区民政局", "李官镇"), start=1):
        gone = date(2019, 1, 1) if name == "李官镇" else None
        unit = Unit.objects.create(office=office, code=f"D{position}", position=position, dissolved_on=gone)
        UnitVersion.objects.create(unit=unit, full_name=f"兰山{name}", short_name=name, group=group, kind="部门")
    return office


def test_the_only_offices_units_are_asked(office):
    told = [finding["message"] for finding in findings(JUNE)]
    assert "“李官镇”已于2019年1月1日停用。" in told
    assert any(message.startswith("单位台账中没有“区信访局”") for message in told)
    assert not any("没有“区民政局”" in message for message in told)


def test_with_two_offices_none_is_asked_unless_named(office):
    Office.objects.create(
        code="371311", jurisdiction="临沂市罗庄区", level="区", government="罗庄区人民政府",
        name="临沂市罗庄区人民政府办公室", short_name="区政府办公室", addressees="各单位", document_prefix="临罗政办字",
    )  # fmt: skip
    errors = StringIO()
    call_command("check_text", str(JUNE), stdout=StringIO(), stderr=errors)
    assert errors.getvalue() == "系统中有多个机关，未指明 --office，单位名称未与单位台账核对。\n"
    assert "unit_dissolved" not in codes(JUNE)
    assert "unit_dissolved" in codes(JUNE, "--office", "371302")


UNREADABLE = [
    (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "“a”是旧版 Word 文档（.doc），请在 Word 或 WPS 中另存为 .docx 后再检查。"),
    (b"%PDF-1.7", "“a”是 PDF，请提供 .docx 或 .txt 文件，或把文字复制到文本文件中再检查。"),
    (b"PK\x03\x04 no archive", "“a”不是完整的 Word 文档（.docx），请用 Word 或 WPS 打开后重新保存。"),
    (b"\x00\x01\x02\xff", "“a”不是可识别的文本文件，请另存为 UTF-8 或 GB18030 编码的 .txt，或提供 .docx。"),
    (b" \n\n", "“a”中没有文字。"),
]


@pytest.mark.parametrize(("content", "sentence"), UNREADABLE)
def test_files_that_are_no_notice(content, sentence):
    with pytest.raises(UnreadableFile) as refused:
        paragraphs_in(content, "a")
    assert str(refused.value) == sentence


def test_a_spreadsheet_is_no_word_document(tmp_path):
    import openpyxl

    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    with pytest.raises(UnreadableFile, match="不是完整的 Word 文档"):
        paragraphs_of(tmp_path / "a.xlsx")


def test_words_of_a_document_leave_out_what_was_deleted(tmp_path):
    """A tracked deletion does not print; a tracked insertion does."""
    from docx.oxml import parse_xml

    document = docx.Document()
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    paragraph = document.add_paragraph("截")
    for change in (
        "<w:del {}><w:r><w:delText>止</w:delText></w:r></w:del>",
        "<w:ins {}><w:r><w:t>至</w:t></w:r></w:ins>",
    ):
        paragraph._p.append(parse_xml(change.format(namespace)))
    document.save(str(tmp_path / "a.docx"))
    assert paragraphs_of(tmp_path / "a.docx")[0] == "截至"


@pytest.mark.django_db
def test_a_file_that_is_not_there():
    with pytest.raises(CommandError, match=r"找不到文件“/没有/这个\.txt”，请检查路径。") as refused:
        call_command("check_text", "/没有/这个.txt")
    assert refused.value.returncode == 1


@pytest.mark.slow
def test_exit_codes_and_a_database_that_is_not_there(tmp_path):
    """0 with findings, 1 for a file that cannot be read, 2 for wrong usage; no database is needed."""
    environment = {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'none.sqlite3'}",
        "VAR_DIR": str(tmp_path),
        "SECRET_KEY": "x" * 50,
    }

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        manage = Path(__file__).parents[3] / "manage.py"
        return subprocess.run(
            [sys.executable, str(manage), "check_text", *arguments],
            capture_output=True, text=True, env={**environment, "PATH": "/usr/bin:/bin"}, cwd=tmp_path, check=False,
        )  # fmt: skip

    checked = run(str(JUNE))
    assert (checked.returncode, len(json.loads(checked.stdout)["findings"])) == (0, 8)
    assert checked.stderr == "数据库尚未建立，单位名称未与单位台账核对。\n"
    missing = run(str(tmp_path / "none.txt"))
    assert missing.returncode == 1
    assert "请检查路径。" in missing.stderr
    assert run().returncode == 2
