"""The words of a .docx as a person sees them: paragraph by paragraph, with what is inserted, without what is deleted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from reports.renderers.docx_styles import FOLIO, IMPRINT, MARK, NUMBER
from reports.word_review.package import DAMAGED, WordPackage, WordRefused, attribute, local

LONGEST_PARAGRAPH = 5_000
MOST_PARAGRAPHS = 500
MOST_CHARACTERS = 100_000
"""Ten times the longest notice; comparing takes longer than its length."""
NO_WORDS = "文档中没有文字，请检查是否选错了文件。"
ABOUT_THE_SHEET = {MARK, NUMBER, IMPRINT, FOLIO}
"""Styles of what stands on the sheet beside the text."""

_DELETED = {"del", "moveFrom"}
_UNSEEN = _DELETED | {
    "pPr", "rPr", "tbl", "drawing", "pict", "object", "txbxContent", "instrText", "delText", "rt", "Fallback", "sectPr",
    "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr",
}  # fmt: skip
_SEEN_AS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_OFF = {"0", "false", "off"}
_PRIVATE = range(0xE000, 0xF900)

_NO_WIDTH = re.compile("[\u200b-\u200d\u2060\ufeff]")
_BREAK_IN_LATIN = re.compile(r"(?<=[!-~])[^\S\n]*\n\s*(?=[!-~])")
_BREAK = re.compile(r"[^\S\n]*\n\s*")


def as_read(words: str) -> str:
    """The words in one line: a line break is nothing between hanzi and a space between Latin words, a tab is a space."""
    words = _NO_WIDTH.sub("", words).replace("\xa0", " ").replace("\v", "\n")
    words = _BREAK.sub("", _BREAK_IN_LATIN.sub(" ", words))
    return re.sub(r"\t+", " ", words).strip()


def paragraphs_of(content: bytes) -> list[str]:
    """The paragraphs of the text in reading order; headers, footers, tables, text boxes, letterhead and imprint are none.

    Raises WordRefused.
    """
    package = WordPackage(content)
    try:
        body = next((node for node in package.document if local(node) == "body"), None)
        if body is None:
            raise WordRefused(DAMAGED)
        texts = [text for text in _texts(_paragraphs(body), _style_names(package)) if text]
    except RecursionError:
        raise WordRefused(DAMAGED) from None
    if not texts:
        raise WordRefused(NO_WORDS)
    if len(texts) > MOST_PARAGRAPHS:
        raise WordRefused(f"文档有{len(texts)}段，超过{MOST_PARAGRAPHS}段，不像是通报文稿，请检查是否选错了文件。")
    if (size := sum(map(len, texts))) > MOST_CHARACTERS:
        raise WordRefused(f"文档有{size}个字，超过{MOST_CHARACTERS}个字，不像是通报文稿，请检查是否选错了文件。")
    for number, text in enumerate(texts, start=1):
        if len(text) > LONGEST_PARAGRAPH:
            raise WordRefused(
                f"文档第{number}段有{len(text)}个字，请分成几段，每段不超过{LONGEST_PARAGRAPH}个字，再上传。"
            )
    return texts


def comments_of(content: bytes) -> list[str]:
    """What people wrote beside the text, each with its author: 张三：此处请核实。 Raises WordRefused."""
    root = WordPackage(content).part("comments")
    told: list[str] = []
    for comment in root if root is not None else ():
        try:
            words = " ".join(filter(None, (as_read(_words(paragraph)) for paragraph in _paragraphs(comment))))
        except RecursionError:
            raise WordRefused(DAMAGED) from None
        author = attribute(comment, "author").strip()
        if words:
            told.append(f"{author}：{words}" if author else words)
    return told


# --- paragraphs


def _style_names(package: WordPackage) -> dict[str, str]:
    """The name that each style has for people, by the one it has in the file; programs change the latter."""
    names: dict[str, str] = {}
    styles = package.part("styles")
    for style in styles if styles is not None else ():
        if local(style) == "style":
            names[attribute(style, "styleId")] = attribute(_child(style, "name"), "val")
    return names


def _paragraphs(parent: Element) -> Iterator[Element]:
    """The paragraphs in a part of the text, whatever wraps them; those of tables are not among them."""
    for node in parent:
        if local(node) == "p":
            yield node
        elif local(node) not in _UNSEEN:
            yield from _paragraphs(node)


def _texts(paragraphs: Iterable[Element], styles: dict[str, str]) -> Iterator[str]:
    """The words of each paragraph; where its end is deleted they go on with the next one's."""
    begun = ""
    for paragraph in paragraphs:
        properties = _child(paragraph, "pPr")
        words = begun + _words(paragraph)
        mark = _child(properties, "rPr")
        if mark is not None and any(local(node) in _DELETED for node in mark):
            begun = words
            continue
        begun = ""
        style = attribute(_child(properties, "pStyle"), "val")
        if styles.get(style, style) not in ABOUT_THE_SHEET:
            yield as_read(words)
    yield as_read(begun)


def _words(parent: Element) -> str:
    return "".join(_shown(node) for node in parent)


def _shown(node: Element) -> str:
    name = local(node)
    if name == "t":
        return node.text or ""
    if name in _SEEN_AS:
        return _SEEN_AS[name]
    if name == "sym":
        return _symbol(attribute(node, "char"))
    if name in _UNSEEN or (name == "r" and _is_hidden(node)):
        return ""
    return _words(node)


def _symbol(code: str) -> str:
    """The character of that number; one of a font's own is none that a paragraph could keep."""
    try:
        number = int(code, 16)
        return "" if number in _PRIVATE else chr(number)
    except (ValueError, OverflowError):
        return ""


def _is_hidden(run: Element) -> bool:
    vanish = _child(_child(run, "rPr"), "vanish")
    return vanish is not None and attribute(vanish, "val") not in _OFF


def _child(node: Element | None, name: str) -> Element | None:
    if node is None:
        return None
    return next((child for child in node if local(child) == name), None)
