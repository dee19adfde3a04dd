"""What a file really is, whatever its name says: an .xlsx, a .csv, or something to be refused with a sentence."""

from __future__ import annotations

import io
import zipfile
import zlib
from enum import StrEnum
from pathlib import PurePath

from django.conf import settings

from disclosures.sheets.errors import SheetRefused

SAVE_AS = "请在 Excel 或 WPS 中另存为 .xlsx 后再导入。"
LOCKED = "工作簿设置了打开密码，无法读取，请取消密码后再导入。"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OTHERS = (
    (b"%PDF", "PDF 文档"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"BM", "图片"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"{\\rtf", "RTF 文档"),
)


class Format(StrEnum):
    """What the portal reads."""

    XLSX = "xlsx"
    CSV = "csv"


def detect(file_name: str, content: bytes) -> Format:
    """The format of a file by its bytes, checked against its name; raises SheetRefused with a sentence."""
    extension = PurePath(file_name).suffix.lower()
    if not content:
        raise SheetRefused("文件是空的（0字节），请重新导出后再导入。")
    if len(content) > settings.UPLOAD_MAX_BYTES:
        limit = settings.UPLOAD_MAX_BYTES / (1024 * 1024)
        raise SheetRefused(f"文件大小{len(content) / (1024 * 1024):.1f}MB，超过上限{limit:g}MB，请拆分后分次导入。")
    if content.startswith(_OLE):
        raise SheetRefused(_what_old_file(content, extension))
    if content.startswith((_ZIP, _EMPTY_ZIP)):
        _check_is_workbook(content)
        if extension != ".xlsx":
            raise SheetRefused(
                f"文件内容是 .xlsx 工作簿，扩展名却是 {extension or '空的'}，请把扩展名改为 .xlsx 后再导入。"
            )
        return Format.XLSX
    for magic, name in _OTHERS:
        if content.startswith(magic):
            raise SheetRefused(f"文件是{name}，不是电子表格，{SAVE_AS}")
    start = content[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<head")):
        raise SheetRefused(f"文件内容是网页格式，不是真正的电子表格，{SAVE_AS}")
    if start.startswith(b"<?xml"):
        raise SheetRefused(f"文件内容是 XML 格式，不是真正的电子表格，{SAVE_AS}")
    if extension == ".csv":
        return Format.CSV
    if extension in (".xls", ".et", ".ods", ".xlsb", ".xlsm"):
        raise SheetRefused(f"不支持 {extension} 文件，{SAVE_AS}")
    if extension == ".xlsx":
        raise SheetRefused(f"文件扩展名是 .xlsx，内容却不是 Excel 工作簿，可能已损坏或被改名，{SAVE_AS}")
    raise SheetRefused("只支持 .xlsx 和 .csv 文件，请另存为其中一种后再导入。")


def _what_old_file(content: bytes, extension: str) -> str:
    """The sentence for a compound file: an old workbook, an encrypted one, or an old Word document."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return LOCKED
    if "WordDocument".encode("utf-16-le") in content:
        return f"文件是 Word 文档，不是电子表格，{SAVE_AS}"
    if extension == ".et":
        return f"WPS 表格 .et 文件不能直接导入，{SAVE_AS}"
    if extension == ".xls":
        return f"旧版 .xls 文件不能直接导入，{SAVE_AS}"
    return f"文件内容是旧版 .xls 格式，扩展名却是 {extension or '空的'}，{SAVE_AS}"


def _check_is_workbook(content: bytes) -> None:
    """Raise SheetRefused with the fitting sentence unless the archive is an .xlsx without macros."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if any(entry.flag_bits & 1 for entry in archive.infolist()):
                raise SheetRefused(LOCKED)
            names = set(archive.namelist())
            types = archive.open("[Content_Types].xml").read(200_000) if "[Content_Types].xml" in names else b""
            mimetype = archive.open("mimetype").read(200) if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError, KeyError, zlib.error):
        raise SheetRefused(f"文件已损坏，无法打开，请重新导出，或{SAVE_AS.removeprefix('请')}") from None
    if b"wordprocessingml" in types:
        raise SheetRefused(f"文件是 Word 文档，不是电子表格，{SAVE_AS}")
    if b"presentationml" in types:
        raise SheetRefused(f"文件是演示文稿，不是电子表格，{SAVE_AS}")
    if "OFD.xml" in names:
        raise SheetRefused(f"文件是 OFD 版式文档，不是电子表格，{SAVE_AS}")
    if b"opendocument.spreadsheet" in mimetype:
        raise SheetRefused(f"不支持 .ods 文件，{SAVE_AS}")
    if b"sheet.binary" in types:
        raise SheetRefused(f"不支持 .xlsb 文件，{SAVE_AS}")
    if any(name.endswith("vbaProject.bin") for name in names) or b"macroEnabled" in types:
        raise SheetRefused("工作簿含有宏，请另存为不含宏的 .xlsx 后再导入。")
    if b"spreadsheetml" not in types:
        raise SheetRefused("文件是压缩包，不是电子表格，请解压后导入其中的 .xlsx 或 .csv 文件。")
