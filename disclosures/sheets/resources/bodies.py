"""机关 and 单位: who supervises, and who is supervised."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from disclosures.sheets.resources.base import Column, Complaint, Row, SheetResource, needs
from disclosures.sheets.resources.regrouping import reworded, with_records
from disclosures.sheets.resources.unit_store import UnitStore
from disclosures.sheets.store import Change, Irreversible, ModelStore, Record, Store
from disclosures.sheets.widgets import ChoiceWidget, DateWidget, NamesWidget, NumberWidget, TextWidget
from lanshan_portal.periods import chinese_date
from units.directory import DirectoryEntry, normalised
from units.models import Office, Unit, UnitKind
from units.unit_names import TakenNames, lifetime


class OfficeStore(ModelStore):
    """Offices, by the code of their jurisdiction."""

    def restore(self, batch: Any) -> None:
        if batch.new:
            raise Irreversible("该批次首次建立了机关，其他数据都以它为准，不能撤销；如有错误，请更正后重新导入。")
        super().restore(batch)


def own_code(resource: SheetResource, row: Row) -> Iterable[Complaint]:
    """An office corrects only itself; a further one is founded where no office is at work, by command."""
    if resource.office is not None and row["code"] != resource.office.code:
        yield (
            "code",
            f"不是本机关的政区代码（{resource.office.code}），不能在此更正或新建其他机关，请由系统管理员用命令导入。",
        )


class OfficeResource(SheetResource):
    """The office that supervises and issues notices: one row."""

    code = Column("code", "政区代码", TextWidget(), required=True, example="371302", note="国家统计局公布的六位代码。")
    jurisdiction = Column("jurisdiction", "政区名称", TextWidget(), required=True, example="临沂市兰山区")
    level = Column(
        "level", "级别词", ChoiceWidget(Office.Level), required=True, example="区", note="通报中“全区”“区政府”的用词。"
    )
    government = Column("government", "政府名称", TextWidget(width=22), required=True, example="兰山区人民政府")
    name = Column(
        "name",
        "机关名称",
        TextWidget(width=34),
        required=True,
        example="临沂市兰山区人民政府办公室",
        note="通报的署名。",
    )
    short_name = Column("short_name", "机关简称", TextWidget(), required=True, example="区政府办公室")
    section = Column("section", "科室", TextWidget(width=28), default="", example="区政府办公室政务公开科")
    addressees = Column(
        "addressees",
        "主送机关",
        TextWidget(lines=True, width=60),
        required=True,
        example="各镇人民政府、街道办事处，区政府有关部门",
    )
    document_prefix = Column("document_prefix", "发文机关代字", TextWidget(), default="", example="临兰政办字")

    model = Office
    key_in_words = "政区代码"
    rules = (own_code,)
    of_office = False
    at_most = 1

    def store(self) -> Store:
        return OfficeStore(self.model, self.stored, office=None, key_column="code")

    def natural_key(self, row: Row) -> tuple[str, ...]:
        return (row["code"],)

    def key(self, row: Row) -> str:
        return self.natural_key(row)[0]

    def remarks(self, changes: Iterable[Change]) -> Iterator[str]:
        """A second office is rarely meant: the code may be mistyped."""
        codes = "、".join(Office.objects.values_list("code", flat=True))
        for record, before in changes:
            if before is None and codes:
                yield f"政区代码 {record.key} 与现有机关（{codes}）不同，将新建一个机关；如系笔误，请更正后再导入。"

    def rows_of(self, period: Any, queryset: Any = None) -> Iterator[tuple[Any, ...]]:
        """The office itself, whatever the period."""
        rows = Office.objects.filter(pk=self.office.pk) if self.office and queryset is None else queryset
        return self.store().tuples(Office.objects.all() if rows is None else rows)


def dissolved_after_founded(resource: SheetResource, row: Row) -> Iterable[Complaint]:
    """A unit lasts a day at least."""
    if row["founded_on"] and row["dissolved_on"] and row["dissolved_on"] <= row["founded_on"]:
        yield "dissolved_on", "停用日期应晚于启用日期，请核对。"


class UnitResource(SheetResource):
    """One supervised unit as it is called now."""

    code = Column(
        "code", "单位编码", TextWidget(40), required=True, example="371302-101", note="一个单位一个编码，改名不改编码。"
    )
    full_name = Column("full_name", "全称", TextWidget(80, width=34), required=True, example="兰山区教育局")
    short_name = Column("short_name", "简称", TextWidget(40), required=True, example="区教育局", note="通报中的用名。")
    aliases = Column(
        "aliases", "别名", NamesWidget(), default=(), example="教育局、区教体局", note="表格中可能出现的其他写法。"
    )
    group = Column(
        "group",
        "分组",
        TextWidget(60, width=26),
        required=True,
        example="政府各部门",
        note="统计口径，任意文字，按首次出现的先后排列。",
    )
    kind = Column("kind", "类型", ChoiceWidget(UnitKind), required=True, example="部门")
    position = Column(
        "position", "排序", NumberWidget(0, 99_999), required=True, example="101", note="通报中的先后次序。"
    )
    founded_on = Column("founded_on", "启用日期", DateWidget(), note="单位设立的日期，长期存在的留空。")
    dissolved_on = Column("dissolved_on", "停用日期", DateWidget(), note="单位撤销或合并的日期，自该日起不再统计。")
    successor = Column("successor", "并入单位", TextWidget(80), default="", note="停用后并入的单位，可以在同一张表中。")
    changed_on = Column(
        "changed_on",
        "变更日期",
        DateWidget(),
        note="名称、分组或类型自某日起变更的，填写该日，此前各月不变；留空则为更正，以前各月随之改变。",
    )

    model = Unit
    key_in_words = "单位编码"
    rules = (
        dissolved_after_founded,
        needs("successor", "dissolved_on", "填写了并入单位，却没有停用日期，请补填。"),
    )

    @property
    def stored(self) -> tuple[str, ...]:
        return tuple(column.attribute for column in self.columns)

    def store(self) -> UnitStore:
        return UnitStore(self.office)

    def natural_key(self, row: Row) -> tuple[str, ...]:
        return (row["code"],)

    def key(self, row: Row) -> str:
        return self.natural_key(row)[0]

    def rows_of(self, period: Any, queryset: Any = None) -> Iterator[tuple[Any, ...]]:
        """All units, whatever the period."""
        rows = Unit.objects.filter(office=self.office) if queryset is None else queryset
        return self.store().tuples(rows.order_by("position", "pk"))

    # --- the sheet as a whole

    def finish(self, records: list[Record], complain: Callable[[Record, str, str], None]) -> None:
        """Successors become codes, in the sheet or already there; no two units may share a name at a time."""
        rows = [dict(zip(self.stored, record.values, strict=True)) for record in records]
        codes = self._codes_by_name(rows)
        for index, (record, row) in enumerate(zip(records, rows, strict=True)):
            if row["successor"]:
                found = codes.get(normalised(row["successor"]), set()) - {row["code"]}
                if len(found) != 1:
                    complain(record, "successor", self._why_no_successor(row, found))
                else:
                    row["successor"] = found.pop()
                    records[index] = record._replace(values=tuple(row.values()))
        self._check_names(records, rows, complain)
        self._settle_changes(records, rows, complain)

    def _settle_changes(
        self, records: list[Record], rows: list[Row], complain: Callable[[Record, str, str], None]
    ) -> None:
        """A 变更日期 stands only where something changes on it; one that was imported before says nothing new."""
        current: dict[str, DirectoryEntry] = {}
        for entry in self.register.directory:
            if entry.valid_to is None:
                current[entry.code] = entry
        for index, row in enumerate(rows):
            day, now = row["changed_on"], current.get(row["code"])
            if day is None:
                continue
            told = ("full_name", "short_name", "group", "kind")
            if now is not None and day != now.valid_from and any(row[name] != getattr(now, name) for name in told):
                if sentence := self._why_not_on(day, row, now):
                    complain(records[index], "changed_on", sentence)
            else:
                if now is None:
                    complain(records[index], "changed_on", "新单位不填变更日期，设立的日期请填入“启用日期”。")
                row["changed_on"] = None
                records[index] = records[index]._replace(values=tuple(row.values()))

    @staticmethod
    def _why_not_on(day: date, row: Row, now: DirectoryEntry) -> str:
        """Why nothing can change on a day, as `rename_unit` would refuse it; empty when it can."""
        founded, dissolved = row["founded_on"] or now.founded_on, row["dissolved_on"] or now.dissolved_on
        if now.valid_from and day <= now.valid_from:
            return f"变更日期应晚于上一次变更的日期{chinese_date(now.valid_from)}，请核对。"
        if founded and day <= founded:
            return f"变更日期应晚于启用日期{chinese_date(founded)}，请核对。"
        if dissolved and day >= dissolved:
            return f"变更日期应早于停用日期{chinese_date(dissolved)}，请核对。"
        return ""

    def _codes_by_name(self, rows: list[Row]) -> dict[str, set[str]]:
        codes: dict[str, set[str]] = {}
        for row in rows:
            for name in (row["code"], row["full_name"], row["short_name"], *(row["aliases"] or ())):
                codes.setdefault(normalised(name), set()).add(row["code"])
        for entry in self.register.directory:
            for name in entry.names:
                codes.setdefault(normalised(name), set()).add(entry.code)
        return codes

    @staticmethod
    def _why_no_successor(row: Row, found: set[str]) -> str:
        if found:
            return f"“{row['successor']}”对应{len(found)}个单位（{'、'.join(sorted(found))}），请改用单位编码。"
        if normalised(row["successor"]) in map(normalised, (row["code"], row["full_name"], row["short_name"])):
            return "并入单位不能是本单位，请核对。"
        return f"单位台账和本表中都没有“{row['successor']}”，请核对，或把该单位补入本表。"

    def _check_names(
        self, records: list[Record], rows: list[Row], complain: Callable[[Record, str, str], None]
    ) -> None:
        """Each name may mean one unit at a time."""
        taken = TakenNames(self.register.directory, without={row["code"] for row in rows})
        for record, row in zip(records, rows, strict=True):
            span = lifetime(row["founded_on"], row["dissolved_on"])
            own = [("code", row["code"]), ("full_name", row["full_name"]), ("short_name", row["short_name"])]
            for attribute, name in (*own, *(("aliases", alias) for alias in row["aliases"] or ())):
                if sentence := taken.why_not(row["code"], name, span):
                    complain(record, attribute, sentence)
                taken.take(row["code"], f"第{record.row}行单位“{row['short_name']}”", name, span)

    def remarks(self, changes: Iterable[Change]) -> Iterator[str]:
        """What a change does to the past: a corrected name stays as an alias, a corrected group moves old figures."""
        changes = [change for change in changes if change.before is not None]
        renamed = reworded(self.office, self.stored, changes)
        for former, name in renamed.items():
            yield (
                f"分组“{former}”的单位全部改填“{name}”，按分组改名处理：以该分组为范围的任务仍适用于这些单位，"
                "以前各月也改用新的分组名称。"
            )
        recorded = with_records([before.pk for _, before in changes if before])
        for record, before in changes:
            assert before is not None, "left out above"
            old, new = (dict(zip(self.stored, values, strict=True)) for values in (before.values, record.values))
            if new["changed_on"]:
                yield f"第{record.row}行：单位{new['code']}自{chinese_date(new['changed_on'])}起变更，此前各月不变。"
                continue
            for attribute, word in (("full_name", "全称"), ("short_name", "简称")):
                if old[attribute] != new[attribute]:
                    yield (
                        f"第{record.row}行：单位{new['code']}的{word}由“{old[attribute]}”改为“{new[attribute]}”，原名留作别名。"
                    )
            past = "，以前各月的统计随之改变；如系自某日起变更，请填写“变更日期”" if before.pk in recorded else ""
            for attribute, word in (("group", "分组"), ("kind", "类型")):
                if old[attribute] != new[attribute] and renamed.get(old[attribute]) != new[attribute]:
                    yield (
                        f"第{record.row}行：单位{new['code']}（{new['short_name']}）的{word}"
                        f"由“{old[attribute]}”改为“{new[attribute]}”{past}。"
                    )
