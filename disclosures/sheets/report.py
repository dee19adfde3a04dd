"""SheetReport: what a sheet would do or has done, for the page, the command line and JSON alike."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from disclosures.models import ImportBatch
from disclosures.sheets.errors import RowError

NEW, UPDATED = "新增", "更新"


class PreviewRow(NamedTuple):
    """A row that will be written: its number, 新增 or 更新, and its cells; a changed cell tells what it was."""

    row: int
    change: str
    values: dict[str, str]


@dataclass(frozen=True)
class SheetReport:
    """The outcome of checking or importing one sheet; with errors, nothing was written."""

    kind: str
    file_name: str
    sha256: str
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    errors: tuple[RowError, ...] = ()
    warnings: tuple[str, ...] = ()
    preview: tuple[PreviewRow, ...] = ()
    faultless: int = 0
    """Of a sheet with errors: how many of its rows have none."""
    batch: ImportBatch | None = field(default=None, compare=False)

    @property
    def summary(self) -> str:
        """新增 0，更新 0，未变 1550"""
        return f"新增 {self.new}，更新 {self.updated}，未变 {self.unchanged}"

    @property
    def accepted(self) -> bool:
        """Whether the sheet has no errors."""
        return not self.errors

    @property
    def unknown_units(self) -> dict[str, int]:
        """The names no unit bears, in the order they stand, each with how many cells it stands in."""
        return dict(Counter(error.unknown_unit for error in self.errors if error.unknown_unit))

    @property
    def can_be_marked(self) -> bool:
        """Whether the sheet can be given back with its errors marked in their rows."""
        return any(error.row is not None for error in self.errors)

    def as_json(self) -> dict[str, Any]:
        """The object that `import_sheet --json` prints."""
        return {
            "kind": self.kind,
            "file": self.file_name,
            "sha256": self.sha256,
            "new": self.new,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "errors": [
                {"row": error.row, "column": error.column, "value": error.value, "message": error.message}
                for error in self.errors
            ],
            "warnings": list(self.warnings),
        }
