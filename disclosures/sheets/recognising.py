"""Which kind of sheet a file is, by its header."""

from __future__ import annotations

from collections.abc import Mapping

from disclosures.sheets import SHEET_KINDS, SheetKind
from disclosures.sheets.errors import SheetRefused
from disclosures.sheets.headers import Header, find_header
from disclosures.sheets.workbook import tops

NOTHING_FITS = "表头与任何一种数据表都不符，请核对表头，或使用本系统下载的模板。"


def recognise_kind(file_name: str, content: bytes, kinds: Mapping[str, SheetKind] = SHEET_KINDS) -> SheetKind:
    """The kind whose header the file has, of `kinds`; raises SheetRefused with a sentence when none or several fit.

    Of several kinds whose required columns are there, the one fits that knows the most columns and leaves the fewest over.
    """
    fitting: list[tuple[tuple[int, int], SheetKind]] = []
    for top in tops(file_name, content):
        for kind in SHEET_KINDS.values():
            columns = list(kind.resource.fields.values())
            required = [column.column_name for column in columns if column.required]
            found = find_header(top, required=required, known=[column.column_name for column in columns])
            if isinstance(found, Header):
                fitting.append(((len(found.positions), -len(found.unknown)), kind))
    if not fitting:
        raise SheetRefused(NOTHING_FITS)
    best = max(score for score, _ in fitting)
    chosen = {kind.key: kind for score, kind in fitting if score == best}
    if len(chosen) > 1:
        names = "、".join(f"“{kind.title}”" for kind in chosen.values())
        raise SheetRefused(f"表头同时符合{names}，请到相应种类下单独上传。")
    (kind,) = chosen.values()
    if kind.key not in kinds:
        raise SheetRefused(f"这是“{kind.title}”表，您没有导入这种表的权限。")
    return kind
