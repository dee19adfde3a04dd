"""What a file is, by its content: one of the kinds that may be handed in, or a sentence that says why not."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import PurePath

from django.conf import settings

from disclosures.models import StoredFile

Kind = StoredFile.Kind

ACCEPTED = "docx、xlsx、pdf、ofd、png、jpg、zip"
"""The kinds as help texts and refusals list them."""
ACCEPT_ATTRIBUTE = ".docx,.xlsx,.pdf,.ofd,.png,.jpg,.jpeg,.zip"
EXTENSIONS = {Kind.JPEG: (".jpg", ".jpeg")}
MOST_PARTS = 5_000
MOST_UNPACKED = 500 * 1024 * 1024
MOST_RATIO = 200
"""How many times larger a zip archive may get."""

_BEGINNINGS = ((b"%PDF-", Kind.PDF), (b"\x89PNG\r\n\x1a\n", Kind.PNG), (b"\xff\xd8\xff", Kind.JPEG))
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, KeyError, NotImplementedError, RuntimeError)


class FileRefused(Exception):
    """A file is not taken; the message is the sentence for the person, with the file's name."""


def recognise(name: str, content: bytes) -> StoredFile.Kind:
    """The kind of a file, found in its bytes; its name must agree. Raises FileRefused otherwise.

    Nothing with macros is taken, nothing locked with a password, no archive that unpacks beyond measure.
    """
    shown = PurePath(name).name or "文件"
    if not content:
        raise FileRefused(f"“{shown}”是空文件，请检查后重新选择。")
    if len(content) > settings.UPLOAD_MAX_BYTES:
        limit = settings.UPLOAD_MAX_BYTES // (1024 * 1024)
        raise FileRefused(f"“{shown}”超过 {limit} MB，请压缩或拆分后再上传。")
    kind = _kind(shown, content)
    extension = PurePath(shown).suffix.lower()
    if extension not in EXTENSIONS.get(kind, (f".{kind.value}",)):
        raise FileRefused(
            f"“{shown}”的内容是{kind.label}，扩展名却是 {extension or '空的'}，请改为 .{kind.value} 后再上传。"
        )
    return kind


def _kind(shown: str, content: bytes) -> StoredFile.Kind:
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    if content.startswith(_ZIPS):
        return _packed(shown, content)
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise FileRefused(f"“{shown}”设置了打开密码，无法查看，请取消密码后再上传。")
        raise FileRefused(f"“{shown}”是旧版 Office 或 WPS 格式，请另存为 .docx 或 .xlsx 后再上传。")
    raise FileRefused(f"“{shown}”不是可以报送的文件类型，支持 {ACCEPTED}。")


def _packed(shown: str, content: bytes) -> StoredFile.Kind:
    """Which kind of package it is: Office documents and OFD are zip archives too."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if any(entry.flag_bits & 1 for entry in entries):
                raise FileRefused(f"“{shown}”设置了打开密码，无法查看，请取消密码后再上传。")
            unpacked = sum(entry.file_size for entry in entries)
            if len(entries) > MOST_PARTS or unpacked > min(MOST_UNPACKED, MOST_RATIO * max(len(content), 1 << 20)):
                raise FileRefused(f"“{shown}”解压后过大，不是正常的文件，未予接收。")
            names = {entry.filename for entry in entries}
            types = archive.open("[Content_Types].xml").read(200_000) if "[Content_Types].xml" in names else b""
    except _BROKEN:
        raise FileRefused(f"“{shown}”已损坏，无法打开，请重新保存后再上传。") from None
    if any(name.endswith("vbaProject.bin") for name in names) or b"macroEnabled" in types:
        raise FileRefused(f"“{shown}”含有宏，请另存为不含宏的文件后再上传。")
    if b"wordprocessingml.document" in types:
        return Kind.DOCX
    if b"spreadsheetml.sheet" in types:
        return Kind.XLSX
    if "OFD.xml" in names:
        return Kind.OFD
    if types:
        raise FileRefused(f"“{shown}”不是可以报送的文件类型，支持 {ACCEPTED}。")
    return Kind.ZIP
