"""The words and numbers that a rendered file states, whatever its format: two files that say the same have the same."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser

from docx import Document as open_document
from docx.oxml.ns import qn

from reports.renderers.pdf_words import UnreadablePdf, pdf_words

_BODY = re.compile(r"<body[^>]*>")
_SPACE = re.compile(r"\s+")


class UnreadableFile(Exception):
    """The bytes are no file of that format."""


def words_of(form: str, content: bytes) -> str:
    """The words in reading order, without white space, which belongs to the sheet; raises UnreadableFile."""
    try:
        return _SPACE.sub("", READERS[form](content))
    except (UnreadablePdf, UnicodeDecodeError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise UnreadableFile(str(error)) from error


def _text(content: bytes) -> str:
    return content.decode()


def _json(content: bytes) -> str:
    """The values alone would not tell which is which: names are words too."""
    return json.dumps(json.loads(content), ensure_ascii=False, sort_keys=True)


class _Page(HTMLParser):
    """The words of a page's body, and the numbers its `data` elements carry."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "data":
            self.words.append(f"[{dict(attrs).get('value')}]")


def _html(content: bytes) -> str:
    page = _Page()
    page.feed(_BODY.split(content.decode(), maxsplit=1)[-1])
    return "".join(page.words)


def _docx(content: bytes) -> str:
    body = open_document(io.BytesIO(content)).element.body
    return "".join(node.text or "" for node in body.iter(qn("w:t")))


READERS: dict[str, Callable[[bytes], str]] = {
    "text": _text,
    "html": _html,
    "json": _json,
    "pdf": pdf_words,
    "docx": _docx,
}
