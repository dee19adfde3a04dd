"""What can be wrong with a sheet: told as data where a cell is to blame, as one sentence where the file is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class RowError:
    """One thing wrong in a sheet: where, what stands there, and a sentence that says what is wrong and what is right.

    `row` is the number the spreadsheet shows (for csv, the line), None where the whole file is meant.
    """

    row: int | None
    column: str
    value: str
    message: str
    unknown_unit: str = ""
    """The name no unit bears, where that is what is wrong: it can be given to one."""

    def __str__(self) -> str:
        """第12行 “收到日期” 2020-02-30：…"""
        where = [f"第{self.row}行"] if self.row is not None else []
        where += [f"“{self.column}”"] if self.column else []
        where += [self.value] if self.value else []
        return f"{' '.join(where)}：{self.message}" if where else self.message


class UnknownUnit(ValueError):
    """A cell names a unit that no unit is called; the message is the sentence, `name` what stands there."""

    def __init__(self, sentence: str, name: str) -> None:
        super().__init__(sentence)
        self.name = name


class SheetRefused(Exception):
    """The file cannot be read as a sheet of the kind; `errors` says why, in sentences for the clerk."""

    def __init__(self, *errors: RowError | str) -> None:
        self.errors = tuple(error if isinstance(error, RowError) else RowError(None, "", "", error) for error in errors)
        super().__init__("；".join(error.message for error in self.errors))


class HeaderMissing(SheetRefused):
    """No visible worksheet has the header of the kind; `tops` are the first rows of each, for a better guess."""

    def __init__(self, sentence: str, tops: list[list[tuple[int, Any]]]) -> None:
        super().__init__(sentence)
        self.tops = tops
