"""Taking a batch back as a whole, and when it may not be taken back."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from disclosures.actions import imports
from disclosures.models import (
    ImportBatch,
    PublishedItem,
    Requirement,
    RestDay,
)
from tests.sheets import ITEM_HEADERS, UNITS, imported, item, xlsx
from units.models import AuditEvent, Office, Unit, UnitGroup

NOW = datetime(2020, 7, 1, 9, tzinfo=UTC)


def items(*rows: list[Any]) -> bytes:
    return xlsx([ITEM_HEADERS, *rows])


def undone(batch: ImportBatch | None) -> ImportBatch:
    assert batch is not None
    return imports.undo_batch(batch=batch, by=None, at=NOW)


def state() -> list[tuple[Any, ...]]:
    return list(PublishedItem.objects.order_by("pk").values_list("url", "title", "unit__code", "batch_id", "sheet_row"))


def test_undo_takes_new_records_away_and_gives_changed_ones_back(office: Office) -> None:
    first = imported("published_items", items(item(1), item(2)))
    before = state()
    second = imported("published_items", items(item(2, 标题="改", 单位="李官镇", 发布日期="2020-06-09"), item(3)))

    batch = undone(second.batch)

    assert state() == before
    assert (batch.undone_at, batch.undone_by) == (NOW, None)
    undone(first.batch)
    assert state() == []
    assert AuditEvent.objects.filter(verb="import.undone").count() == 2


def test_batch_is_undone_once(office: Office) -> None:
    batch = imported("published_items", items(item())).batch
    undone(batch)

    with pytest.raises(imports.UndoRefused, match=r"^该批次已经撤销，不能重复撤销。$"):
        undone(batch)


def test_batch_that_a_later_one_built_on_is_kept(office: Office) -> None:
    first = imported("published_items", items(item(1)))
    imported("published_items", items(item(1, 标题="改")), file_name="更正.xlsx")

    with pytest.raises(imports.UndoRefused, match=r"^“更正.xlsx”在其后又更新了其中的记录，请先撤销后面的批次。$"):
        undone(first.batch)


def test_units_that_a_later_batch_changed_are_kept(office: Office) -> None:
    first = ImportBatch.objects.get(kind="units")
    imported("units", xlsx([UNITS[0], [*UNITS[3][:6], 55, None, None, None]]), file_name="排序.xlsx")

    with pytest.raises(imports.UndoRefused, match=r"^“排序.xlsx”在其后又更新了其中的记录，请先撤销后面的批次。$"):
        undone(first)


def test_units_that_records_name_are_kept(office: Office) -> None:
    imported("published_items", items(item()))

    with pytest.raises(imports.UndoRefused, match=r"^该批次新增的记录已被网站信息引用，请先撤销引用它们的批次。$"):
        undone(ImportBatch.objects.get(kind="units"))
    assert Unit.objects.get(code="D03").dissolved_on == date(2019, 2, 15)


def test_units_that_a_task_lists_are_kept(office: Office) -> None:
    imported(
        "requirements", xlsx([["任务编号", "任务名称", "截止日期", "范围"], ["1", "报送稿件", "2020-06-30", "李官镇"]])
    )

    with pytest.raises(
        imports.UndoRefused, match=r"^该批次新增的单位已列入工作任务“报送稿件”的范围，请先撤销该任务。$"
    ):
        undone(ImportBatch.objects.get(kind="units"))


def test_first_office_is_kept(office: Office) -> None:
    batch = ImportBatch.objects.get(kind="office")

    with pytest.raises(imports.UndoRefused, match=r"^该批次首次建立了机关，"):
        undone(batch)


def test_undone_requirement_lists_its_former_units(office: Office) -> None:
    headers = ["任务编号", "任务名称", "截止日期", "范围"]
    imported("requirements", xlsx([headers, ["1", "报送稿件", "2020-06-30", "李官镇、教育局"]]))
    batch = imported("requirements", xlsx([headers, ["1", "报送稿件", "2020-07-30", "全部单位"]])).batch
    assert not Requirement.objects.get().units.exists()

    undone(batch)

    task = Requirement.objects.get()
    assert (task.scope, task.due_on) == ("listed", date(2020, 6, 30))
    assert sorted(task.units.values_list("code", flat=True)) == ["D01", "T02"]


def test_undone_calendar(office: Office) -> None:
    RestDay.objects.all().delete()
    headers = ["日期", "性质", "名称"]
    imported("rest_days", xlsx([headers, ["2020-06-25", "休息", "端午"]]))

    batch = imported("rest_days", xlsx([headers, ["2020-06-25", "休息", "端午节"], ["2020-06-28", "上班", None]])).batch
    assert batch is not None
    assert (batch.new, batch.updated) == (1, 1)
    undone(batch)

    assert list(RestDay.objects.values_list("day", "nature", "name")) == [(date(2020, 6, 25), "休息", "端午")]


def test_undone_units_are_as_before(office: Office) -> None:
    rows = [
        UNITS[0],
        ["D01", "兰山区教育和体育局", "区教体局", "教育局、体育局", "其他机构", "其他", 7, "2019-02-15", None, None],
        ["X01", "新单位", "新单位", None, "其他机构", "其他", 9, None, None, None],
    ]
    before = imports.check_sheet(kind="units", file_name="表.xlsx", content=xlsx(UNITS), office=office)

    undone(imported("units", xlsx(rows)).batch)

    after = imports.check_sheet(kind="units", file_name="表.xlsx", content=xlsx(UNITS), office=office)
    assert before.summary == after.summary == "新增 0，更新 0，未变 5"
    assert not Unit.objects.filter(code="X01").exists()
    assert not UnitGroup.objects.filter(name="其他机构").exists()
    assert set(Unit.objects.get(code="D01").aliases.values_list("name", flat=True)) == {"教育局"}
