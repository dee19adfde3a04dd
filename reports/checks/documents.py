"""A file's paragraphs: text in UTF-8 or GB18030, or a Word document with its tables."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
ENCODINGS = ("utf-8-sig", "gb18030")
OLD_WORD, PDF, ZIP = b"\xd0\xcf\x11\xe0", b"%PDF", b"PK\x03\x04"


class UnreadableFile(ValueError):
    """The file holds no text that can be read; the message says why and what would help."""


def paragraphs_of(path: Path) -> list[str]:
    """The file's paragraphs (a text's lines; a table's rows with tabs between cells).

    Raises UnreadableFile with a sentence for the reader.
    """
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise UnreadableFile(f"文件“{path.name}”超过20MB，通报正文不会这么大，请检查是否选错了文件。")
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFile(f"找不到文件“{path}”，请检查路径。") from error
    except OSError as error:
        raise UnreadableFile(f"无法打开文件“{path}”，请检查它是否为文件以及读取权限。") from error
    return paragraphs_in(content, path.name)


def paragraphs_in(content: bytes, name: str) -> list[str]:
    """The paragraphs of a file's bytes; what kind of file it is, its first bytes decide."""
    if content.startswith(OLD_WORD):
        raise UnreadableFile(f"“{name}”是旧版 Word 文档（.doc），请在 Word 或 WPS 中另存为 .docx 后再检查。")
    if content.startswith(PDF):
        raise UnreadableFile(f"“{name}”是 PDF，请提供 .docx 或 .txt 文件，或把文字复制到文本文件中再检查。")
    paragraphs = list(_word(content, name)) if content.startswith(ZIP) else _text(content, name).splitlines()
    if not any(paragraph.strip() for paragraph in paragraphs):
        raise UnreadableFile(f"“{name}”中没有文字。")
    return paragraphs


def _text(content: bytes, name: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ENCODINGS
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise UnreadableFile(f"“{name}”不是可识别的文本文件，请另存为 UTF-8 或 GB18030 编码的 .txt，或提供 .docx。")


def _word(content: bytes, name: str) -> Iterator[str]:
    from docx import Document
    from docx.table import Table

    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
                raise UnreadableFile(f"“{name}”解压后过大，请检查是否选错了文件。")
        document: Any = Document(BytesIO(content))
    except UnreadableFile:
        raise
    except Exception as error:  # the library lets through whatever zip, XML or a missing part raises
        raise UnreadableFile(f"“{name}”不是完整的 Word 文档（.docx），请用 Word 或 WPS 打开后重新保存。") from error
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from _rows(block)
        else:
            yield _words(block)


def _words(paragraph: Any) -> str:
    """The paragraph's words as they would print: insertions in, deletions and text boxes out, line breaks kept."""
    words = []
    for node in paragraph._p.xpath(".//w:t[not(ancestor::w:txbxContent)] | .//w:tab[parent::w:r] | .//w:br | .//w:cr"):
        kind = node.tag.rpartition("}")[2]
        words.append((node.text or "") if kind == "t" else " " if kind == "tab" else "\n")
    return "".join(words)


def _rows(table: Any) -> Iterator[str]:
    """A table's rows; a cell merged over several columns is told once and leaves the others empty."""
    for row in table.rows:
        cells: list[str] = []
        previous = None
        for cell in row.cells:
            cells.append("" if cell._tc is previous else "".join(cell.text.split()))
            previous = cell._tc
        if any(cells):
            yield "\t".join(cells)
