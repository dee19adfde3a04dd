"""The words of a PDF that this portal drew, in the order in which they are drawn; of no other program's PDF.

Glyphs are told by the ToUnicode table that PDF/A asks of every font. Nothing but the standard library is needed.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

_OBJECT = re.compile(rb"(?<!\d)(\d+) 0 obj\s*(.*?)endobj", re.S)
_STREAM = re.compile(rb"stream\r?\n(.*)endstream", re.S)
_FONT = re.compile(rb"/(\w+) (\d+) 0 R")
_TABLE = re.compile(rb"/ToUnicode (\d+) 0 R")
_SHOWN = re.compile(rb"/(\w+) [\d.]+ Tf|\[((?:<[0-9a-fA-F]*>|[-\d.\s]+)*)\]\s*TJ|<([0-9a-fA-F]*)>\s*Tj")
_HEX = re.compile(rb"<([0-9a-fA-F]*)>")
_PAIRS = re.compile(rb"beginbfchar(.*?)endbfchar", re.S)
_PAIR = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
GLYPH = 4
"""Hexadecimal digits of a glyph's number."""


class UnreadablePdf(Exception):
    """The bytes are no PDF of this portal."""


def pdf_words(content: bytes) -> str:
    """All the words; raises UnreadablePdf."""
    try:
        objects = _objects(content)
        pages = [body for body in map(_unpacked, objects.values()) if body and b" Tf" in body and b"BT" in body]
        fonts = _fonts(objects)
        return "".join(words for page in pages for words in _shown(page, fonts))
    except (zlib.error, ValueError, KeyError, IndexError) as error:
        raise UnreadablePdf(str(error)) from error


def _objects(content: bytes) -> dict[int, bytes]:
    """Every object by its number, those packed into streams too; the drawings of pages come in the order of pages."""
    if not content.startswith(b"%PDF-"):
        raise ValueError("no PDF")
    found = {int(number): body for number, body in _OBJECT.findall(content)}
    for body in list(found.values()):
        if b"/ObjStm" in body.partition(b"stream")[0]:
            found |= _packed(body)
    return found


def _packed(body: bytes) -> dict[int, bytes]:
    first = re.search(rb"/First (\d+)", body)
    unpacked = _unpacked(body)
    if first is None or unpacked is None:
        raise ValueError("a stream of objects without its beginning")
    begin = int(first[1])
    numbers = [int(each) for each in unpacked[:begin].split()]
    places = [*numbers[1::2], len(unpacked) - begin]
    return {
        number: unpacked[begin + places[order] : begin + places[order + 1]] for order, number in enumerate(numbers[::2])
    }


def _unpacked(body: bytes) -> bytes | None:
    """The content of a compressed stream; None of what is none."""
    stream = _STREAM.search(body)
    if stream is None or b"/FlateDecode" not in body.partition(b"stream")[0]:
        return None
    return zlib.decompressobj().decompress(stream[1])


def _fonts(objects: dict[int, bytes]) -> dict[bytes, dict[bytes, str]]:
    """What each glyph of each font says, by the font's name on the pages."""
    tables = {number: table for number, body in objects.items() if (table := _TABLE.search(body))}
    found: dict[bytes, dict[bytes, str]] = {}
    for body in objects.values():
        for name, number in _FONT.findall(body.partition(b"stream")[0]):
            if (table := tables.get(int(number))) and name not in found:
                found[name] = _meanings(_unpacked(objects[int(table[1])]) or b"")
    return found


def _meanings(table: bytes) -> dict[bytes, str]:
    return {
        glyph.lower(): bytes.fromhex(words.decode()).decode("utf-16-be")
        for pairs in _PAIRS.findall(table)
        for glyph, words in _PAIR.findall(pairs)
    }


def _shown(page: bytes, fonts: dict[bytes, dict[bytes, str]]) -> Iterator[str]:
    meanings: dict[bytes, str] = {}
    for font, several, one in _SHOWN.findall(page):
        if font:
            meanings = fonts[font]
            continue
        for run in _HEX.findall(several) if several else [one]:
            glyphs = run.lower()
            for begin in range(0, len(glyphs), GLYPH):
                yield meanings.get(glyphs[begin : begin + GLYPH], "\ufffd")
