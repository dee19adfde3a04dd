"""A .docx as a package of parts: refused with a sentence where it is something else, broken, locked or a trap."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from functools import cached_property
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

MOST_BYTES = 20 * 1024 * 1024
"""Size of one part, unpacked; a notice's stays under a fiftieth of it."""
MOST_ENTRIES = 2_000

SAVE_AS = "请用 Word 或 WPS 打开，另存为 .docx 后再上传。"
EMPTY = "文件是空的（0字节），请重新保存后再上传。"
OLD = f"文件是旧版的 .doc 或 .wps 文档，{SAVE_AS}"
LOCKED = "文档设置了打开密码，无法读取，请取消密码后再上传。"
DAMAGED = "文档已损坏，无法读取，请用 Word 或 WPS 打开并另存为 .docx 后再上传。"
BOMB = f"文档解压后过大（超过{MOST_BYTES // (1024 * 1024)}MB），不是正常的通报文稿，未予读取，请检查是否选错了文件。"
MACROS = "文档含有宏，请另存为不含宏的 .docx 后再上传。"
NO_WORD = "文件不是 Word 文档，请上传从本系统下载并修改后的 .docx 文件。"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OTHERS = (
    (b"%PDF", "PDF 文档"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "压缩包"),
    (b"{\\rtf", "RTF 文档"),
)
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    ValueError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    LookupError,
    ParseError,
    DefusedXmlException,
)


class WordRefused(Exception):
    """The file cannot be read as a Word document; the message is the sentence for the person."""


def local(node: Element) -> str:
    """The element's name without its namespace: the strict form of the format has others."""
    return str(node.tag).rpartition("}")[2]


def attribute(node: Element | None, name: str) -> str:
    """The attribute of that local name, or nothing."""
    if node is None:
        return ""
    return next((value for key, value in node.attrib.items() if key.rpartition("}")[2] == name), "")


class WordPackage:
    """An opened .docx; raises WordRefused where it is none."""

    def __init__(self, content: bytes) -> None:
        _check_signature(content)
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
            self._check_kind()
            self._main = self._related("_rels/.rels", "").get("officeDocument", "word/document.xml")
            folder, name = posixpath.split(self._main)
            self._parts = self._related(f"{folder}/_rels/{name}.rels", folder)
        except _BROKEN:
            raise WordRefused(DAMAGED) from None

    @cached_property
    def document(self) -> Element:
        """The root of the text's part."""
        return self._parsed(self._main)

    def part(self, kind: str) -> Element | None:
        """The root of the part that the text names as its styles, comments, ...; none where there is none."""
        name = self._parts.get(kind, "")
        return self._parsed(name) if name in self._archive.namelist() else None

    def _check_kind(self) -> None:
        entries = self._archive.infolist()
        if any(entry.flag_bits & 1 for entry in entries):
            raise WordRefused(LOCKED)
        if len(entries) > MOST_ENTRIES:
            raise WordRefused(BOMB)
        names = {entry.filename for entry in entries}
        types = self._read("[Content_Types].xml") if "[Content_Types].xml" in names else b""
        if "OFD.xml" in names:
            raise WordRefused(f"文件是 OFD 版式文档，不能修改后读回，{NO_WORD.partition('，')[2]}")
        if b"wordprocessingml" not in types and b"ms-word" not in types:
            raise WordRefused(_what_archive(types, names))
        if b"macroEnabled" in types or any(name.endswith("vbaProject.bin") for name in names):
            raise WordRefused(MACROS)

    def _related(self, name: str, folder: str) -> dict[str, str]:
        """The parts that a part refers to, by the last word of their kind."""
        if name not in self._archive.namelist():
            return {}
        found: dict[str, str] = {}
        for node in self._parsed(name):
            kind, target = attribute(node, "Type").rpartition("/")[2], attribute(node, "Target")
            if attribute(node, "TargetMode") != "External":
                found[kind] = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        return {kind: posixpath.normpath(target) for kind, target in found.items()}

    def _parsed(self, name: str) -> Element:
        try:
            root: Element = fromstring(self._read(name), forbid_dtd=True)
        except _BROKEN:
            raise WordRefused(DAMAGED) from None
        return root

    def _read(self, name: str) -> bytes:
        """The part's bytes; what it says of its size is believed as little as needed."""
        if self._archive.getinfo(name).file_size > MOST_BYTES:
            raise WordRefused(BOMB)
        with self._archive.open(name) as part:
            content = part.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise WordRefused(BOMB)
        return content


def _check_signature(content: bytes) -> None:
    if not content:
        raise WordRefused(EMPTY)
    if content.startswith(_OLE):
        raise WordRefused(LOCKED if "EncryptedPackage".encode("utf-16-le") in content else OLD)
    if content.startswith(_ZIP):
        return
    for magic, name in _OTHERS:
        if content.startswith(magic):
            raise WordRefused(f"文件是{name}，{NO_WORD.removeprefix('文件')}")
    start = content[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<?xml", b"<html", b"<!doctype html", b"<meta", b"<head")):
        raise WordRefused(f"文件内容是网页或 XML 格式，{SAVE_AS}")
    raise WordRefused(NO_WORD)


def _what_archive(types: bytes, names: set[str]) -> str:
    """The sentence for an archive of something else."""
    rest = NO_WORD.removeprefix("文件")
    if b"spreadsheetml" in types:
        return f"文件是电子表格，{rest}"
    if b"presentationml" in types:
        return f"文件是演示文稿，{rest}"
    if "mimetype" in names and "content.xml" in names:
        return f"文件是 OpenDocument 文档，{SAVE_AS}"
    if not names:
        return DAMAGED
    return f"文件是压缩包，{rest}"
