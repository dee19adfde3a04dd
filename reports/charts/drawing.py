"""The few shapes charts are drawn with, and scales that end on round numbers."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from math import ceil, floor, log10

from django.utils.safestring import SafeString, mark_safe

ROUND = (1, 2, 2.5, 5, 10)


def element(name: str, *children: str, **attributes: object) -> SafeString:
    """An element; attributes lose a trailing underscore, and their other underscores are hyphens."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_number(value))}"' for key, value in attributes.items()
    )
    inner = "".join(child if isinstance(child, SafeString) else escape(child) for child in children)
    return mark_safe(f"<{name}{written}>{inner}</{name}>")


def _number(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


def rect(x: float, y: float, width: float, height: float, css: str, title: str = "") -> SafeString:
    """A filled box, with the words a pointer resting on it is shown."""
    children = [element("title", title)] if title else []
    return element("rect", *children, x=x, y=y, width=max(width, 0.0), height=max(height, 0.0), class_=css)


def text(x: float, y: float, words: str, css: str = "", anchor: str = "middle") -> SafeString:
    """Words at a point."""
    return element("text", words, x=x, y=y, text_anchor=anchor, class_=css)


def line(x1: float, y1: float, x2: float, y2: float, css: str) -> SafeString:
    """A straight line."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=css)


def picture(width: float, height: float, said: str, parts: Iterable[str], css: str = "chart") -> SafeString:
    """The whole drawing, read aloud as one sentence."""
    return element(
        "svg", *parts, viewBox=f"0 0 {width:g} {height:g}", class_=css, role="img", aria_label=said, focusable="false"
    )


def round_steps(largest: int, most: int = 4) -> list[int]:
    """Whole numbers from 0 up, evenly apart and round, the last at or above `largest`; at most `most` steps above 0."""
    if largest <= 0:
        return [0, 1]
    raw = largest / most
    magnitude = 10 ** floor(log10(raw)) if raw >= 1 else 1
    step = next(
        int(each * magnitude) for each in ROUND if each * magnitude >= raw and float(each * magnitude).is_integer()
    )
    return [step * number for number in range(ceil(largest / step) + 1)]
