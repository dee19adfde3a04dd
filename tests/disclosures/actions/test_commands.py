"""The commands as they are run: exit codes, JSON, and what a person reads."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from disclosures.models import ImportBatch, PublishedItem
from tests.sheets import ITEM_HEADERS, OFFICE, imported, item, xlsx
from units.models import Office

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run() -> Run:
    def running(*arguments: Any) -> tuple[int, str, str]:
        out, err = StringIO(), StringIO()
        code = 0
        try:
            call_command(*map(str, arguments), stdout=out, stderr=err, no_color=True, skip_checks=True)
        except SystemExit as left:
            code = int(left.code or 0)
        return code, out.getvalue(), err.getvalue()

    return running


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "六月.xlsx"
    path.write_bytes(xlsx([[*ITEM_HEADERS, "序号"], [*item(1), 1], [*item(2), 2]]))
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "六月.xlsx"
    path.write_bytes(xlsx([ITEM_HEADERS, item(1, 发布日期="2020-02-30"), item(2, 单位="某某处", 类别=None)]))
    return path


def test_import_tells_what_it_did(office: Office, run: Run, good: Path) -> None:
    assert run("import_sheet", "published_items", good) == (
        0,
        "提示：未识别的列已忽略：序号。\n网站信息 六月.xlsx：已导入。新增 2，更新 0，未变 0\n",
        "",
    )
    assert run("import_sheet", "published_items", good)[1].endswith("已导入。新增 0，更新 0，未变 2\n")


def test_dry_run_writes_nothing(office: Office, run: Run, good: Path) -> None:
    before = ImportBatch.objects.count()

    code, out, _ = run("import_sheet", "published_items", good, "--dry-run")

    assert (code, out.splitlines()[-1]) == (0, "网站信息 六月.xlsx：检查通过，未写入。新增 2，更新 0，未变 0")
    assert (ImportBatch.objects.count(), PublishedItem.objects.count()) == (before, 0)


def test_errors_one_a_line_and_exit_1(office: Office, run: Run, bad: Path) -> None:
    assert run("import_sheet", "published_items", bad) == (
        1,
        "",
        "第2行 “发布日期” 2020-02-30：“2020-02-30”不存在：2020年2月只有29天。\n"
        "第3行 “单位” 某某处：单位台账中没有“某某处”。\n"
        "第3行 “类别”：必填，不能为空。\n"
        "网站信息 六月.xlsx：有3处错误，未写入任何数据。\n",
    )
    assert run("import_sheet", "published_items", bad, "--dry-run")[0] == 1


def test_json_is_the_contract(office: Office, run: Run, bad: Path) -> None:
    code, out, _ = run("import_sheet", "published_items", bad, "--json")

    told = json.loads(out)
    assert code == 1
    assert list(told) == ["kind", "file", "sha256", "new", "updated", "unchanged", "errors", "warnings"]
    assert told["errors"][0] == {
        "row": 2,
        "column": "发布日期",
        "value": "2020-02-30",
        "message": "“2020-02-30”不存在：2020年2月只有29天。",
    }


def test_wrong_usage_is_exit_2(office: Office, run: Run, tmp_path: Path, good: Path) -> None:
    missing = tmp_path / "没有.xlsx"
    assert run("import_sheet", "published_items", missing) == (2, "", f"无法读取文件 {missing}：没有这个文件。\n")
    assert run("import_sheet", "published_items", tmp_path) == (2, "", f"无法读取文件 {tmp_path}：这是文件夹。\n")
    assert run("import_sheet", "published_items", good, "--office", "999999") == (
        2,
        "",
        "没有政区代码为 999999 的机关。\n",
    )
    assert run("export_sheet", "units", tmp_path / "单位.csv")[0] == 2
    assert run("export_sheet", "units", tmp_path / "单位.xlsx", "--month", "六月")[0] == 2
    assert run("sheet_template", "units", tmp_path / "单位.xls")[0] == 2
    with pytest.raises(CommandError):  # argparse itself; exit 2 from a shell
        run("import_sheet", "unknown", good)


def test_with_several_offices_one_is_named(office: Office, run: Run, good: Path) -> None:
    imported("office", xlsx([OFFICE[0], ["371328", *OFFICE[1][1:]]]))

    assert run("import_sheet", "published_items", good) == (
        2,
        "",
        "系统中有多个机关，请用 --office 指明政区代码：371302、371328。\n",
    )
    assert run("import_sheet", "published_items", good, "--office", "371302")[0] == 0


def test_first_office_comes_into_an_empty_portal(db: None, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "机关.xlsx"
    path.write_bytes(xlsx(OFFICE))

    assert run("import_sheet", "office", path)[1] == "机关 机关.xlsx：已导入。新增 1，更新 0，未变 0\n"


def test_further_office_is_founded_by_command(office: Office, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "机关.xlsx"
    path.write_bytes(xlsx([OFFICE[0], ["371328", *OFFICE[1][1:]]]))

    assert run("import_sheet", "office", path, "--office", "371302")[0] == 1
    assert run("import_sheet", "office", path)[1].endswith("已导入。新增 1，更新 0，未变 0\n")


def test_template_and_export_are_written(office: Office, run: Run, tmp_path: Path) -> None:
    imported("published_items", xlsx([ITEM_HEADERS, item(1), item(2, 发布日期="2020-07-01")]))

    assert run("sheet_template", "published_items", tmp_path / "模板.xlsx")[0] == 0
    assert run("export_sheet", "published_items", tmp_path / "导出.xlsx", "--month", "2020-07")[0] == 0

    assert load_workbook(tmp_path / "模板.xlsx").sheetnames == ["网站信息", "填写说明", "选项"]
    sheet = load_workbook(tmp_path / "导出.xlsx").active
    assert sheet is not None
    assert [cell.value for cell in sheet["A"]] == ["标题*", "兰山街道召开第2次会议"]
