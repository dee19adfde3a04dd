"""A block of cells copied from Excel or WPS, as a sheet of a kind."""

from __future__ import annotations

from itertools import islice

from disclosures.sheets import SheetKind, delimited
from disclosures.sheets.headers import SEARCHED_ROWS, NoHeader, find_header

FILE_NAME = "粘贴的内容.csv"


def as_sheet(kind: SheetKind, block: str) -> tuple[bytes, bool]:
    """The block as a csv file, and whether a header had to be put above it: that of the template, in its order.

    Cells are parted by tabs, as spreadsheets copy them. A block that holds any of the kind's headers has its own.
    """
    text = block.replace("\r\n", "\n").strip("\n")
    columns = list(kind.resource.fields.values())
    known = [column.column_name for column in columns]
    top = list(islice(delimited.rows(text, "\t"), SEARCHED_ROWS))
    found = find_header(top, required=[column.column_name for column in columns if column.required], known=known)
    width = max((len(cells) for _, cells in top), default=0)
    if not isinstance(found, NoHeader) or len(found.found) > 1 or width > len(columns):
        return text.encode(), False
    return ("\t".join(known[:width]) + "\n" + text).encode(), True
