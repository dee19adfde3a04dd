"""Every column of every kind in the clerk's words, as Markdown: the second half of docs/sheets.md."""

from __future__ import annotations

from disclosures.sheets import SHEET_KINDS, SheetKind

MARK = "<!-- Below: written by disclosures/sheets/guide.py from the Resources; a test compares. -->"


def columns_guide() -> str:
    """The tables of all kinds, in loading order."""
    return "\n".join([MARK, "", *(line for kind in SHEET_KINDS.values() for line in _kind(kind))])


def _kind(kind: SheetKind) -> list[str]:
    resource = kind.resource(None)
    lines = [f"### {kind.title} `{kind.key}`", "", f"{kind.description}识别依据：{resource.key_in_words}。", ""]
    lines += ["| 列 | 必填 | 怎样填写 | 说明 | 示例 |", "|---|---|---|---|---|"]
    for column in resource.columns:
        cells = (
            column.column_name,
            "必填" if column.required else "",
            column.widget.form,
            column.note,
            column.example,
        )
        lines.append(f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in cells)} |")
    return [*lines, ""]
