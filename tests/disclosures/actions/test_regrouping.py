"""Units that change by sheet: from a day on, or as a correction that moves the past; groups that are reworded."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from disclosures.actions import imports
from disclosures.models import ImportBatch, Requirement
from disclosures.sheets.export import export
from tests.sheets import ITEM_HEADERS, UNITS, imported, item, xlsx
from units.actions.register import rename_unit
from units.models import AuditEvent, Office, Unit, UnitGroup

NOW = datetime(2020, 7, 20, 9, tzinfo=UTC)
STREETS = "镇街道、商城、经开区"
HEADERS = [*UNITS[0], "变更日期"]


def education(changed_on: Any = None, **changed: Any) -> bytes:
    row = dict(zip(UNITS[0], UNITS[3], strict=True)) | changed
    return xlsx([HEADERS, [*row.values(), changed_on]])


def undone(batch: ImportBatch | None) -> None:
    assert batch is not None
    imports.undo_batch(batch=batch, by=None, at=NOW)


def versions(code: str = "D01") -> list[tuple[Any, ...]]:
    rows = Unit.objects.get(code=code).versions
    return list(rows.values_list("short_name", "group__name", "kind", "valid_from", "valid_to"))


def test_change_with_a_day_leaves_the_past(office: Office) -> None:
    before = versions()
    sheet = education("2020-07-01", 简称="区教体局", 全称="兰山区教育和体育局", 分组="教育口", 类型="其他")

    report = imported("units", sheet)

    assert report.warnings == ("第2行：单位D01自2020年7月1日起变更，此前各月不变。",)
    assert versions() == [
        ("区教育局", "政府各部门", "部门", None, date(2020, 7, 1)),
        ("区教体局", "教育口", "其他", date(2020, 7, 1), None),
    ]
    assert AuditEvent.objects.filter(verb="unit.renamed").count() == 1
    assert imported("units", sheet).summary == "新增 0，更新 0，未变 1"
    assert imported("units", export("units", office)).summary == "新增 0，更新 0，未变 5"
    undone(report.batch)
    assert versions() == before
    assert not UnitGroup.objects.filter(name="教育口").exists()


@pytest.mark.parametrize(
    ("code", "day", "sentence"),
    [
        ("D01", "2020-07-01", "变更日期应晚于上一次变更的日期2020年7月15日，请核对。"),
        ("D02", "2019-02-15", "变更日期应晚于启用日期2019年2月15日，请核对。"),
        ("D03", "2019-02-15", "变更日期应早于停用日期2019年2月15日，请核对。"),
        ("D09", "2020-07-01", "新单位不填变更日期，设立的日期请填入“启用日期”。"),
    ],
)
def test_change_on_a_day_that_cannot_be(code: str, day: str, sentence: str, office: Office) -> None:
    unit = Unit.objects.get(code="D01")
    rename_unit(unit=unit, from_day=date(2020, 7, 15), by=None, short_name="区教体局")
    known = {row[0]: row for row in UNITS}
    row = known.get(code, ["D09", "兰山区粮食局", "区粮食局", None, "政府各部门", "部门", 109, None, None, None])

    report = imported("units", xlsx([HEADERS, [*row[:4], "别的分组", *row[5:], day]]))

    assert [(error.column, error.message) for error in report.errors] == [("变更日期", sentence)]


def test_correction_of_a_group_says_that_the_past_moves(office: Office) -> None:
    assert imported("units", education(类型="其他")).warnings == (
        "第2行：单位D01（区教育局）的类型由“部门”改为“其他”。",
    )
    imported("published_items", xlsx([ITEM_HEADERS, item(单位="区教育局")]))

    report = imported("units", education(分组=STREETS))

    assert report.warnings == (
        f"第2行：单位D01（区教育局）的分组由“政府各部门”改为“{STREETS}”，以前各月的统计随之改变；"
        "如系自某日起变更，请填写“变更日期”。",
        "第2行：单位D01（区教育局）的类型由“其他”改为“部门”，以前各月的统计随之改变；"
        "如系自某日起变更，请填写“变更日期”。",
    )
    assert versions() == [("区教育局", STREETS, "部门", None, None)]


def test_group_that_is_reworded_stays_the_group(office: Office) -> None:
    headers = ["任务编号", "任务名称", "截止日期", "范围"]
    imported("requirements", xlsx([headers, ["1", "报送稿件", "2020-06-30", STREETS]]))
    group = UnitGroup.objects.get(name=STREETS)
    rows = [UNITS[0], *([*row[:4], "镇街", *row[5:]] for row in UNITS[1:3])]

    report = imported("units", xlsx(rows))

    assert report.warnings == (
        f"分组“{STREETS}”的单位全部改填“镇街”，按分组改名处理：以该分组为范围的任务仍适用于这些单位，"
        "以前各月也改用新的分组名称。",
    )
    assert next(iter(UnitGroup.objects.values_list("pk", "name"))) == (group.pk, "镇街")
    assert Requirement.objects.get().group == group
    assert imported("units", xlsx(rows)).summary == "新增 0，更新 0，未变 2"
    undone(report.batch)
    assert sorted(UnitGroup.objects.values_list("name", flat=True)) == sorted((STREETS, "政府各部门"))
    assert versions("T01")[0][1] == STREETS


def test_group_that_keeps_a_unit_is_not_reworded(office: Office) -> None:
    imported("units", xlsx([UNITS[0], [*UNITS[1][:4], "镇街", *UNITS[1][5:]]]))

    assert list(UnitGroup.objects.values_list("name", flat=True)) == [STREETS, "政府各部门", "镇街"]


def test_batch_is_not_undone_over_a_later_dated_change(office: Office) -> None:
    batch = imported("units", education(简称="区教体局")).batch
    rename_unit(unit=Unit.objects.get(code="D01"), from_day=date(2020, 7, 1), by=None, short_name="区教育体育局")
    before = versions()

    sentence = r"^该批次之后，单位“区教育体育局”又自2020年7月1日起变更了名称或分组，不能撤销；如有错误，请更正单位表后重新导入。$"
    with pytest.raises(imports.UndoRefused, match=sentence):
        undone(batch)
    with pytest.raises(imports.UndoRefused):
        undone(ImportBatch.objects.filter(kind="units").earliest("pk"))
    assert versions() == before
