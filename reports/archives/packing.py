"""A zip archive that is the same to the byte whenever it holds the same: fixed order, fixed dates, a list of SHA-256. Pure."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

CHECKSUMS = "校验码.txt"
"""The member that lists the others as `sha256sum -c` reads them."""
FILE_MODE = 0o100644
UNIX = 3
LONGEST_NAME = 80
"""Characters of a member's name; a file system takes 255 bytes, and a Chinese character is three."""
_NOT_IN_A_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


@dataclass(frozen=True)
class Member:
    """One file of an archive; its name may begin with folders."""

    name: str
    content: bytes

    @classmethod
    def of_text(cls, name: str, words: str) -> Member:
        """Words as a file that every editor on Windows opens: UTF-8 with its mark, lines ended its way."""
        return cls(name, ("\ufeff" + words.replace("\n", "\r\n")).encode())

    @classmethod
    def of_json(cls, name: str, value: Any) -> Member:
        """A value as JSON, to be read by people too."""
        return cls(name, (json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode())


def safe_name(words: str) -> str:
    """The words as a file's name on every system, its ending kept."""
    clean = _NOT_IN_A_NAME.sub("", words).strip(" .") or "文件"
    stem, dot, ending = clean.rpartition(".")
    return f"{stem[:LONGEST_NAME]}{dot}{ending}" if stem else clean[:LONGEST_NAME]


def packed(members: Iterable[Member], dated: date) -> bytes:
    """The archive: its members in their order, all of that date, and the list of their SHA-256 at the end."""
    kept = list(members)
    sums = "".join(f"{hashlib.sha256(member.content).hexdigest()}  {member.name}\n" for member in kept)
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        for member in (*kept, Member(CHECKSUMS, sums.encode())):
            archive.writestr(_entry(member.name, dated), member.content)
    return output.getvalue()


def without_times(workbook: bytes, dated: date) -> bytes:
    """A workbook that says of no moment when it was written; programs that save it put their own."""
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as source, zipfile.ZipFile(output, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _MOMENT.sub(rb"\g<1>" + f"{dated:%Y-%m-%d}T00:00:00Z".encode(), content)
            target.writestr(_entry(name, dated), content)
    return output.getvalue()


def _entry(name: str, dated: date) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, (dated.year, dated.month, dated.day, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = UNIX
    entry.external_attr = FILE_MODE << 16
    return entry
