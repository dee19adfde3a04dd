"""Cell <-> Python, one widget a kind of content. What a widget refuses, it refuses with a whole sentence."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, ClassVar

from django.db.models import TextChoices
from import_export.widgets import Widget

from disclosures.models.vocabulary import Term
from disclosures.sheets import cells
from disclosures.sheets.cells import Cell
from disclosures.sheets.errors import UnknownUnit
from disclosures.sheets.register import Register, nearest
from lanshan_portal.periods import Period
from units.directory import Unresolved, normalised


class CellWidget(Widget):  # type: ignore[misc]
    """The base: bound to an office's register and the sheet's date system before it reads the first cell.

    `clean` raises ValueError with a sentence; an empty cell never reaches it. `form` says how to fill the cell in.
    """

    form: str = ""
    number_format: ClassVar[str] = "@"
    width: int = 14
    needs_day: ClassVar[bool] = False
    """Whether the cell means different things on different days: a unit's name does."""

    register: Register
    epoch_1904: bool = False

    def bind(self, register: Register, *, epoch_1904: bool = False) -> None:
        """Get ready to read the cells of one sheet."""
        self.register = register
        self.epoch_1904 = epoch_1904

    def clean(self, value: Cell, row: Any = None, *, day: date | None = None, **kwargs: Any) -> Any:
        """The value of a cell that is not empty."""
        raise NotImplementedError

    def render(self, value: Any, obj: Any = None, *, day: date | None = None, **kwargs: Any) -> Any:
        """What an export writes for the value: a text, or a date."""
        return "" if value is None else str(value)

    def offered(self) -> tuple[str, ...]:
        """The texts a drop-down offers; empty for free content."""
        return ()

    @property
    def strict(self) -> bool:
        """Whether nothing but what the drop-down offers is right."""
        return True


class TextWidget(CellWidget):
    """Plain text up to a length (that of the model's column, if none is given)."""

    def __init__(self, longest: int | None = None, *, lines: bool = False, width: int = 20) -> None:
        super().__init__()
        self.longest = longest
        self.lines = lines
        self.width = width

    @property
    def form(self) -> str:  # type: ignore[override]
        """How long it may be."""
        return f"文字，不超过{self.longest}个字" if self.longest else "文字，可分段"

    def clean(self, value: Cell, row: Any = None, *, day: date | None = None, **kwargs: Any) -> str:
        found = cells.text(value, lines=self.lines)
        if self.longest and len(found) > self.longest:
            raise ValueError(f"内容有{len(found)}个字，超过{self.longest}个字的上限，请精简。")
        return found


_URL = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)


class UrlWidget(TextWidget):
    """A web address."""

    def __init__(self) -> None:
        super().__init__(500, width=40)

    @property
    def form(self) -> str:  # type: ignore[override]
        return "以 http:// 或 https:// 开头的网址"

    def clean(self, value: Cell, row: Any = None, *, day: date | None = None, **kwargs: Any) -> str:
        found = super().clean(value)
        if not _URL.fullmatch(found):
            raise ValueError("网址应以 http:// 或 https:// 开头，中间没有空格。")
        return found


class DateWidget(CellWidget):
    """A day, in any of the named forms."""

    form = f"日期，例如 {cells.DATE_FORMS.replace('或', '、')}"
    number_format = "yyyy-mm-dd"
    width = 13

    def clean(self, value: Cell, row: Any = None, *, day: date | None = None, **kwargs: Any) -> date:
        return cells.day(value, epoch_1904=self.epoch_1904)

    def render(self, value: Any, obj: Any = None, *, day: date | None = None, **kwargs: Any) -> Any:
        return "" if value is None else value


class NumberWidget(CellWidget):
    """A whole number between two bounds; `beyond` is the sentence for one above the upper bound."""

    width = 10

    def __init__(self, least: int = 0, most: int = 999_999, *, beyond: str = "") -> None:
        super().__init__()
        self.least, self.most, self.beyond = least, most, beyond

    @property
    def form(self) -> str:  # type: ignore[override]
        """Its bounds."""
        return f"整数，{self.least}至{self.most}"

    def clean(self, value: Cell, row: Any = None, *, day: date | None = None, **kwargs: Any) -> int:
        found = cells.whole_number(value)
        if found > self.most and self.beyond:
            raise ValueError(self.beyond)
        if not self.least <= found <= self.most:
            raise ValueError(f"应为{self.least}至{self.most}之间的整数。")
        return found


class YesNoWidget(CellWidget):
    """是 or 否."""

    form = "填“是”或“否”"
    width = 10

    def clean(self, value: Cell, row: Any = None, *, day: date | None = None, **kwargs: Any) -> bool:
        return cells.yes_or_no(value)

    def render(self, value: Any, obj: Any = None, *, day: date | None = None, **kwargs: Any) -> str:
        return "" if value is None else "是" if value else "否"

    def offered(self) -> tuple[str, ...]:
        return ("是", "否")


class ChoiceWidget(CellWidget):
    """One of a fixed list, by its label or its code."""

    def __init__(self, choices: type[TextChoices], *, width: int = 12) -> None:
        super().__init__()
        self.width = width
        self.labels = {str(value): str(label) for value, label in choices.choices}
        self._by_text = {normalised(label): value for value, label in self.labels.items()}
        self._by_text |= {normalised(value): value for value in self.labels}
        self._by_text |= {normalised(f"{value}{label}"): value for value, label in self.labels.items()}

    @property
    def form(self) -> str:  # type: ignore[override]
        """The list."""
        return f"从下列各项中选填：{'、'.join(self.labels.values())}"

    def clean(self, value: Cell, row: Any = None, *, day: date | None = None, **kwargs: Any) -> str:
        given = cells.text(value)
        if found := self._by_text.get(normalised(given)):
            return found
        raise ValueError(f"没有“{given}”这一项，应为：{'、'.join(self.labels.values())}。")

    def render(self, value: Any, obj: Any = None, *, day: date | None = None, **kwargs: Any) -> str:
        return self.labels.get(value or "", "")

    def offered(self) -> tuple[str, ...]:
        return tuple(self.labels.values())


class TermWidget(CellWidget):
    """One of the office's own words: a category, a channel, a platform."""

    def __init__(self, model: type[Term], *, width: int = 16) -> None:
        super().__init__()
        self.model = model
        self.width = width

    @property
    def form(self) -> str:  # type: ignore[override]
        """Where the list is kept."""
        return f"本机关已设置的{self.model._meta.verbose_name}之一"

    def clean(self, value: Cell, row: Any = None, *, day: date | None = None, **kwargs: Any) -> int:
        given = cells.text(value)
        terms = self.register.terms(self.model)
        if found := terms.get(normalised(given)):
            return found.pk
        names = "、".join(self.offered())
        raise ValueError(f"本机关没有设置{self.model._meta.verbose_name}“{given}”，已设置的有：{names or '（无）'}。")

    def render(self, value: Any, obj: Any = None, *, day: date | None = None, **kwargs: Any) -> str:
        if value is None:
            return ""
        return next(word.name for word in self.register.terms(self.model).values() if word.pk == value)

    def offered(self) -> tuple[str, ...]:
        return tuple(word.name for word in self.register.terms(self.model).values() if word.active)


class UnitWidget(CellWidget):
    """A unit by code, full name, short name or alias, as of the day the row belongs to; its value is the unit's id."""

    form = "单位编码、全称、简称或别名"
    needs_day = True
    width = 18

    def clean(self, value: Cell, row: Any = None, *, day: date | None = None, **kwargs: Any) -> int:
        name = cells.text(value)
        found = self.register.directory.resolve(name, day or self.register.newest_day)
        if isinstance(found, Unresolved):
            raise UnknownUnit(found.sentence, name) if found.is_unknown else ValueError(found.sentence)
        return found.unit_id

    def render(self, value: Any, obj: Any = None, *, day: date | None = None, **kwargs: Any) -> str:
        """The short name of that day; the code where the short name would not be found again."""
        if value is None:
            return ""
        directory, day = self.register.directory, day or self.register.newest_day
        entry = directory.entry(value, day)
        found = directory.resolve(entry.short_name, day)
        return entry.code if isinstance(found, Unresolved) or found.unit_id != value else entry.short_name

    def offered(self) -> tuple[str, ...]:
        return tuple(entry.short_name for entry in self.register.directory.at(self.register.newest_day))

    @property
    def strict(self) -> bool:
        return False


class KeeperWidget(UnitWidget):
    """The unit that keeps an account: by today's names first, then by those of the day the account was opened."""

    def clean(self, value: Cell, row: Any = None, *, day: date | None = None, **kwargs: Any) -> int:
        try:
            return super().clean(value, day=self.register.newest_day)
        except ValueError:
            if day is None:
                raise
            found = self.register.directory.resolve(cells.text(value), day)
            if isinstance(found, Unresolved):
                raise
            return found.unit_id

    def render(self, value: Any, obj: Any = None, *, day: date | None = None, **kwargs: Any) -> str:
        return super().render(value) if value is not None else ""


class MonthWidget(CellWidget):
    """A month, kept as 2020-06."""

    form = f"月份，例如 {cells.MONTH_FORMS}"
    width = 12

    def clean(self, value: Cell, row: Any = None, *, day: date | None = None, **kwargs: Any) -> str:
        return cells.month(value)


_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}


class PeriodWidget(CellWidget):
    """The period of a notice, kept as its code: a month, a quarter, a half-year or a window."""

    form = "通报的期次，例如 2020-06、2020年6月、2020-Q2、2020-H1 或 2020-05-24..2020-08-29"
    width = 16

    def clean(self, value: Cell, row: Any = None, *, day: date | None = None, **kwargs: Any) -> str:
        given = cells.text(value)
        plain = normalised(given)
        if found := re.fullmatch(r"(\d{4})年第?([一二三四1-4])季度", plain):
            return str(Period.quarter(int(found[1]), _QUARTERS[found[2]]))
        if found := re.fullmatch(r"(\d{4})年([上下])半年", plain):
            return str(Period.half_year(int(found[1]), 1 if found[2] == "上" else 2))
        try:
            return cells.month(value)
        except ValueError:
            return str(Period.parse(plain))


class NamesWidget(CellWidget):
    """Several names separated by 、, in order, each once."""

    form = "多个名称以“、”分隔"
    width = 28

    def clean(self, value: Cell, row: Any = None, *, day: date | None = None, **kwargs: Any) -> tuple[str, ...]:
        names = [name.strip() for name in re.split("[、,，;；\n]", cells.text(value, lines=True))]
        for name in names:
            if len(name) > 80:
                raise ValueError(f"“{name[:12]}…”有{len(name)}个字，超过80个字的上限，请精简。")
        return tuple(dict.fromkeys(name for name in names if name))

    def render(self, value: Any, obj: Any = None, *, day: date | None = None, **kwargs: Any) -> str:
        return "、".join(value or ())


class TaskWidget(CellWidget):
    """A requirement by its code; its value is the register's task."""

    form = "工作任务表中的任务编号"
    width = 16

    def clean(self, value: Cell, row: Any = None, *, day: date | None = None, **kwargs: Any) -> Any:
        given = cells.text(value)
        if found := self.register.tasks.get(given):
            return found
        raise ValueError(f"工作任务表中没有编号“{given}”{nearest(given, self.register.tasks)}，请先导入工作任务。")

    def offered(self) -> tuple[str, ...]:
        return tuple(self.register.tasks)
