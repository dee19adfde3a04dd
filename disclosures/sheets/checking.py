"""Raw rows -> records and errors: every cell cleaned, all errors gathered, duplicates found.

Cells are cleaned by column and by distinct value: a month of items names 110 units on 30 days, so a widget is asked a
few thousand times for 100,000 rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from operator import itemgetter
from typing import Any

from disclosures.sheets import SHEET_KINDS
from disclosures.sheets.cells import Cell, CellFault, is_blank, shown
from disclosures.sheets.errors import HeaderMissing, RowError, SheetRefused, UnknownUnit
from disclosures.sheets.headers import Header, find_header, normalised_header
from disclosures.sheets.resources.base import EXAMPLE_MARK, Column, Row, SheetResource
from disclosures.sheets.store import Change, Record
from disclosures.sheets.watch import CHECK, COMPARE, READ, UNWATCHED, Watch
from disclosures.sheets.workbook import NumberedRow, Table, read_table
from units.models import Office

CHUNK = 2_000
COMPARED_AT_ONCE = 2_000
MEMO_LIMIT = 20_000
REQUIRED = "必填，不能为空。"
FIRST_RECENT_DAY = date(2000, 1, 1)

# What clerks write below a table: totals, who filled it in, notes.
_NOTE = re.compile(r"([合总小共]\s*计|制表|填表|填报|审核|复核|负责人|联系人|联系电话|备注[:：]|注[:：\d]|说明[:：])")
_TOTAL = re.compile(r"(合|总|小|共)\s*计[:：]?")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell has no value; `unknown_unit` is the name no unit bears, where that is why."""

    sentence: str
    unknown_unit: str = ""


class Memo(dict[Any, Any]):
    """The values of one column's cells, each distinct content cleaned once."""

    def __init__(self, column: Column, clean: Callable[[Any], Any]) -> None:
        super().__init__()
        self.column = column
        self.clean = clean
        self.faulty = False

    def __missing__(self, content: Any) -> Any:
        cell = content[0] if isinstance(content, tuple) else content
        value: Any
        if isinstance(cell, CellFault):
            value = Fault(cell.sentence)
        elif is_blank(cell):
            value = Fault(REQUIRED) if self.column.required else self.column.default
        else:
            try:
                value = self.clean(content)
            except ValueError as problem:
                value = Fault(str(problem), problem.name if isinstance(problem, UnknownUnit) else "")
        if isinstance(value, Fault):
            self.faulty = True
        if len(self) > MEMO_LIMIT:
            self.clear()
        self[content] = value
        return value


@dataclass
class Reading:
    """A sheet that was read: its records as far as its rows could be read, and what there is to say about it."""

    resource: SheetResource
    table: Table
    records: list[Record] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def faultless(self) -> list[Record]:
        """The records of rows about which there is no complaint."""
        faulty = {error.row for error in self.errors}
        return [record for record in self.records if record.row not in faulty]

    @property
    def absent(self) -> tuple[str, ...]:
        """Stored attributes whose column the sheet does not have: an update leaves them as they are."""
        return tuple(
            name
            for name in self.resource.stored
            if (column := self.resource.column_of(name)) and column.column_name not in self.table.header.positions
        )


def read_sheet(
    *, kind: str, file_name: str, content: bytes, office: Office | None, watch: Watch = UNWATCHED
) -> Reading:
    """Read and check a whole file; raises SheetRefused when it is no sheet of the kind."""
    watch.step(READ)
    resource = SHEET_KINDS[kind].resource(office)
    if office is None and resource.of_office:
        raise SheetRefused("尚未导入机关，请先导入“机关”表。")
    required = [column.column_name for column in resource.columns if column.required]
    known = [column.column_name for column in resource.columns]
    try:
        table = read_table(file_name, content, required=required, known=known)
    except HeaderMissing as missing:
        raise SheetRefused(f"{missing.errors[0].message}{_other_kind(kind, missing)}") from None
    if table.epoch_1904:
        resource = SHEET_KINDS[kind].resource(office, epoch_1904=True)
    watch.step(CHECK)
    return _Check(resource, table).run(watch)


def read_record(resource: SheetResource, cells: Mapping[str, Cell]) -> Reading:
    """Check one record by the rules of its sheet, as a sheet of one row; `cells` by attribute.

    A record that a sheet would pass over (an example row, a total) has no record and no error in the answer.
    """
    return read_records(resource, [cells])


def read_records(resource: SheetResource, rows: Sequence[Mapping[str, Cell]]) -> Reading:
    """Check records as a sheet that has them for rows, counted from 1."""
    header = Header(row=0, positions={column.column_name: at for at, column in enumerate(resource.columns)})
    lines = ([cells.get(column.attribute, "") for column in resource.columns] for cells in rows)
    return _Check(resource, Table(header=header, rows=iter(enumerate(lines, start=1)))).run()


def _other_kind(kind: str, missing: HeaderMissing) -> str:
    """When the header of another kind fits, a sentence that says so: the clerk chose the wrong kind."""
    for other in SHEET_KINDS.values():
        columns = list(other.resource.fields.values())
        required = [column.column_name for column in columns if column.required]
        known = [column.column_name for column in columns]
        # Two required columns fit too easily to be a hint.
        if other.key != kind and len(required) > 2:
            for top in missing.tops:
                if isinstance(find_header(top, required=required, known=known), Header):
                    return f"这张表的表头符合“{other.title}”，请核对所选的表格种类。"
    return ""


class _Check:
    """One pass over the rows of a table."""

    def __init__(self, resource: SheetResource, table: Table) -> None:
        self.resource = resource
        self.reading = Reading(resource, table, warnings=list(table.warnings))
        self.positions = table.header.positions
        self.present = [column for column in resource.columns if column.column_name in self.positions]
        self.memos = {column.attribute: Memo(column, self._cleaner(column)) for column in self.present}
        self.missing = {column.attribute: column.default for column in resource.columns if column not in self.present}
        self.first_rows: dict[str, int] = {}
        self.old_days: dict[str, list[int]] = {}
        pick = itemgetter(*resource.stored)
        self.pick: Callable[[Row], tuple[Any, ...]] = pick if len(resource.stored) > 1 else lambda row: (pick(row),)

    @staticmethod
    def _cleaner(column: Column) -> Callable[[Any], Any]:
        widget = column.widget
        if widget.needs_day:
            return lambda content: widget.clean(content[0], day=content[1])
        return widget.clean

    def run(self, watch: Watch = UNWATCHED) -> Reading:
        """All rows, then the sheet as a whole."""
        header, reading = self.reading.table.header, self.reading
        if header.unknown:
            reading.warnings.append(f"未识别的列已忽略：{'、'.join(header.unknown)}。")
        rows = self._data_rows(_filled(self.reading.table, reading.warnings, self.positions))
        count = 0
        while chunk := list(islice(rows, CHUNK)):
            count += len(chunk)
            watch.progress(count, max(count, reading.table.expected))
            self._check_chunk(chunk)
        if not count:
            reading.errors.append(RowError(None, "", "", "表头下面没有数据，请填写后再导入。"))
        if self.resource.at_most and count > self.resource.at_most:
            reading.errors.append(RowError(None, "", "", f"本表只能有{self.resource.at_most}行数据，现有{count}行。"))
        for attribute, days in self.old_days.items():
            column = self.resource.column_of(attribute)
            listed = "、".join(str(row) for row in days[:10]) + ("等" if len(days) > 10 else "")
            reading.warnings.append(
                f"第{listed}行的“{column.column_name if column else attribute}”早于2000年，请核对。"
            )
        if not reading.errors:
            self.resource.finish(reading.records, self._complain_of_record)
        reading.errors.sort(key=lambda error: error.row or 0)
        return reading

    def _complain_of_record(self, record: Record, attribute: str, sentence: str) -> None:
        column = self.resource.column_of(attribute)
        value = record.values[self.resource.stored.index(attribute)]
        shown_value = column.widget.render(value) if column else ""
        self.reading.errors.append(RowError(record.row, column.column_name if column else "", shown_value, sentence))

    # --- which rows are data

    def _data_rows(self, rows: Iterator[NumberedRow]) -> Iterator[NumberedRow]:
        """Rows without the blank ones, the template's example, repeated headers and notes below the table."""
        required = [self.positions[column.column_name] for column in self.present if column.required]
        headers = {self.positions[column.column_name]: column.column_name for column in self.present}
        width = max(self.positions.values()) + 1
        for number, cells in rows:
            if not any(cells):
                continue
            first = next((cell for cell in cells if not is_blank(cell)), None)
            if first is None:
                continue
            if len(cells) < width:
                cells = cells + [""] * (width - len(cells))
            if isinstance(first, str):
                if first.lstrip().startswith(EXAMPLE_MARK):
                    self.reading.warnings.append(f"第{number}行是模板的示例行，未导入。")
                    continue
                if _NOTE.match(first.strip()) and self._is_note(cells, required, first):
                    self.reading.warnings.append(f"第{number}行“{shown(first)[:20]}”不是数据行，未导入。")
                    continue
                if len(first) < 20 and all(
                    normalised_header(cells[at]) == normalised_header(name) for at, name in headers.items()
                ):
                    self.reading.warnings.append(f"第{number}行重复了表头，已忽略。")
                    continue
            yield number, cells

    @staticmethod
    def _is_note(cells: Sequence[Cell], required: Sequence[int], first: Cell) -> bool:
        """Whether no required column holds anything but the note itself (a title may begin with 说明 too), or a bare
        total stands in a row that is not whole."""
        held = [at for at in required if not is_blank(cells[at]) and cells[at] is not first]
        if _TOTAL.fullmatch(str(first).strip()):
            return any(is_blank(cells[at]) for at in required)
        return len(required) > 1 and not held

    # --- cells and rows

    def _check_chunk(self, chunk: list[NumberedRow]) -> None:
        columns: dict[str, list[Any]] = {}
        raw: dict[str, list[Cell]] = {}
        for column in self.present:
            raw[column.attribute] = list(map(itemgetter(self.positions[column.column_name]), map(itemgetter(1), chunk)))
            if not column.widget.needs_day:
                memo = self.memos[column.attribute]
                columns[column.attribute] = list(map(memo.__getitem__, raw[column.attribute]))
        days = self._days(columns, len(chunk))
        for column in self.present:
            if column.widget.needs_day:
                memo = self.memos[column.attribute]
                columns[column.attribute] = list(map(memo.__getitem__, zip(raw[column.attribute], days, strict=True)))
        faulty = [name for name, memo in self.memos.items() if memo.faulty]
        for attribute in self.resource.recent & columns.keys():
            for (number, _), value in zip(chunk, columns[attribute], strict=True):
                if isinstance(value, date) and value < FIRST_RECENT_DAY:
                    self.old_days.setdefault(attribute, []).append(number)
        names = tuple(columns)
        for index, values in enumerate(zip(*columns.values(), strict=True)):
            row = dict(zip(names, values, strict=True))
            row.update(self.missing)
            self._check_row(chunk[index][0], row, faulty, raw, index)

    def _days(self, columns: dict[str, list[Any]], count: int) -> list[date | None]:
        """The day each row belongs to, as far as its cells could be read."""
        found: list[date | None] = [None] * count
        names = tuple(columns)
        for index, values in enumerate(zip(*columns.values(), strict=True)):
            day = self.resource.day_of(dict(zip(names, values, strict=True)))
            found[index] = day if isinstance(day, date) else None
        return found

    def _check_row(self, number: int, row: Row, faulty: Sequence[str], raw: dict[str, list[Cell]], index: int) -> None:
        errors = self.reading.errors
        before = len(errors)
        for name in faulty:
            if isinstance(row[name], Fault):
                fault = row.pop(name)
                errors.append(self._error(number, name, raw, index, fault.sentence, fault.unknown_unit))
        for rule in self.resource.rules:
            try:
                for attribute, sentence in rule(self.resource, row):
                    errors.append(self._error(number, attribute, raw, index, sentence))
            except KeyError:
                continue  # a cell the rule looks at was unreadable, which is said already
        try:
            key = self.resource.key(row)
        except KeyError:
            return
        first = self.first_rows.setdefault(key, number)
        if first != number:
            sentence = f"与第{first}行重复（{self.resource.key_in_words}相同），请删除其中一行。"
            column = self.resource.columns[0]
            errors.append(self._error(number, column.attribute, raw, index, sentence))
        if len(errors) == before:
            self.resource.complete(row)
            self.reading.records.append(Record(number, key, self.pick(row)))

    def _error(
        self,
        number: int,
        attribute: str,
        raw: dict[str, list[Cell]],
        index: int,
        sentence: str,
        unknown_unit: str = "",
    ) -> RowError:
        column = self.resource.column_of(attribute)
        cell = raw[attribute][index] if attribute in raw else ""
        value = shown(cell)
        shown_value = value if len(value) <= 100 else f"{value[:99]}…"
        return RowError(number, column.column_name if column else "", shown_value, sentence, unknown_unit)


def _filled(table: Table, warnings: list[str], positions: dict[str, int]) -> Iterator[NumberedRow]:
    """Rows in which a block merged over several rows stands in each of them, as the spreadsheet shows it."""
    if not table.merged:
        yield from table.rows
        return
    names = {at: name for name, at in positions.items()}
    bottoms = {(top, column): bottom for column, top, bottom in table.merged}
    running: dict[int, tuple[Cell, int]] = {}
    filled: dict[str, list[str]] = {}
    for number, cells in table.rows:
        for column, name in names.items():
            if (number, column) in bottoms and column < len(cells) and not is_blank(cells[column]):
                running[column] = (cells[column], bottoms[number, column])
                filled.setdefault(name, []).append(f"{number}至{bottoms[number, column]}")
        if running and any(cells):
            cells = cells + [""] * (max(names) + 1 - len(cells))
            for column, (cell, bottom) in list(running.items()):
                if number > bottom:
                    del running[column]
                elif is_blank(cells[column]):
                    cells[column] = cell
        yield number, cells
    for name, blocks in filled.items():
        listed = "、".join(blocks[:5]) + ("等" if len(blocks) > 5 else "")
        warnings.append(f"“{name}”有合并单元格（第{listed}行），块内各行都按合并后的内容读取。")


def compare(reading: Reading, watch: Watch = UNWATCHED) -> tuple[list[Change], int]:
    """What the records change, and how many are as they were."""
    watch.step(COMPARE)
    store = reading.resource.store()
    keep = [reading.resource.stored.index(name) for name in (*reading.absent, *reading.resource.settled)]
    changes = []
    for start in range(0, len(reading.records), COMPARED_AT_ONCE):
        watch.progress(start, len(reading.records))
        records = reading.records[start : start + COMPARED_AT_ONCE]
        current = store.current([record.key for record in records])
        for record in records:
            before = current.get(record.key)
            if before is None:
                changes.append(Change(record, None))
                continue
            if keep:
                values = list(record.values)
                for at in keep:
                    values[at] = before.values[at]
                record = record._replace(values=tuple(values))
            if before.values != record.values:
                changes.append(Change(record, before))
    return changes, len(reading.records) - len(changes)
