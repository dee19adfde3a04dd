"""What a changed paragraph loses of what the data say: numbers that were bound, units that were named. Sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from reports.amendments import TOKEN, Piece, Pieces, rebound
from reports.figures.figure import Figure
from reports.notice import Naming
from reports.wording import joined

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
"""A number as a person reads it: 1,550 and 3.5 are one."""
NAMELESS = "原有数字"


@dataclass(frozen=True)
class _Old:
    """A bound piece of the paragraph and where it stood, in tokens."""

    piece: Piece
    start: int


class _Rebinding:
    """The words as `rebound` binds them, beside what they were."""

    def __init__(self, before: Sequence[Piece], after: str) -> None:
        self.after = after
        self.pieces: Pieces = rebound(after, before)
        old = [token for piece in before for token in TOKEN.findall(piece.text)]
        new = TOKEN.findall(after)
        self.steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        kept = {a + step: c + step for tag, a, b, c, _ in self.steps if tag == "equal" for step in range(b - a)}
        held = {start for piece, start in _placed(self.pieces) if piece.figure or piece.unit_id}
        self.lost: list[_Old] = []
        """Bound pieces that are bound no more."""
        plain: set[int] = set()
        for piece, start in _placed(before):
            if not (piece.figure or piece.unit_id):
                plain |= set(range(start, start + len(TOKEN.findall(piece.text))))
            elif kept.get(start) not in held:
                self.lost.append(_Old(piece, start))
        unbound_before = {there for here, there in kept.items() if here in plain}
        self.typed: dict[int, str] = {}
        """Numbers that are bound to nothing and were not there before, by place in tokens."""
        place = {found.start(): number for number, found in enumerate(TOKEN.finditer(after))}
        for found in NUMBER.finditer(after):
            start = place[found.start()]
            within = range(start, start + len(TOKEN.findall(found[0])))
            if start not in held and not set(within) <= unbound_before:
                self.typed[start] = found[0]

    def instead_of(self, lost: _Old) -> int | None:
        """The place of the number that was typed for that one: the only candidate, or the one of the same rank."""
        for tag, a, b, c, d in self.steps:
            if tag == "replace" and a <= lost.start < b:
                old = [each.start for each in self.lost if a <= each.start < b and each.piece.figure]
                new = [start for start in self.typed if c <= start < d]
                return new[old.index(lost.start)] if len(old) == len(new) else None
        return None


def _placed(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, int]]:
    at = 0
    for piece in pieces:
        yield piece, at
        at += len(TOKEN.findall(piece.text))


def numbers_gone(before: Sequence[Piece], after: str, figures: Mapping[str, Figure]) -> tuple[str, ...]:
    """收到信箱件数应为15，改为16。 And which of the new numbers have no data behind them."""
    state = _Rebinding(before, after)
    lost = [old for old in state.lost if old.piece.figure in figures]
    pairs = {old.start: place for old in lost if (place := state.instead_of(old)) is not None}
    typed = {place: number for place, number in state.typed.items() if place not in pairs.values()}
    told: list[str] = []
    deleted: list[str] = []
    for old in lost:
        figure, text = figures[old.piece.figure], old.piece.text
        meaning = figure.meaning.replace("；", "、") or NAMELESS
        if old.start in pairs:
            told.append(_replaced(meaning, figure.value, text, state.typed[pairs[old.start]]))
        elif (elsewhere := next((place for place, number in typed.items() if number == text), None)) is not None:
            del typed[elsewhere]
            told.append(f"{meaning}（{text}）换了位置，不再随数据更新。")
        else:
            deleted.append(f"{meaning}（{text}）")
    if deleted:
        told.append(f"删去了{joined(deleted)}。")
    if typed:
        told.append(f"{joined(dict.fromkeys(typed.values()))}没有对应的数据，请核实。")
    return tuple(told)


def _replaced(meaning: str, value: int, text: str, typed: str) -> str:
    if typed == text:
        return f"{meaning}（{text}）换了位置，不再随数据更新。"
    if typed == str(value):
        return f"{meaning}由{text}改为{typed}，与现有数据一致，但不再随数据更新。"
    return f"{meaning}应为{value}，改为{typed}。"


def names_gone(before: Sequence[Piece], after: str, namings: Mapping[int, Naming]) -> tuple[str, ...]:
    """删去了被点名的单位：兰山街道。 A name that stands elsewhere in the words is not gone."""
    state = _Rebinding(before, after)
    bound = {piece.unit_id for piece in state.pieces if piece.unit_id}
    plain = "\n".join(piece.text for piece in state.pieces if not piece.unit_id)
    blamed: dict[str, None] = {}
    told: dict[str, None] = {}
    for old in state.lost:
        unit = old.piece.unit_id
        if unit is None or unit in bound or old.piece.text in plain or unit not in namings:
            continue
        (blamed if namings[unit].blamed else told)[old.piece.text] = None
    sentences = ((blamed, "删去了被点名的单位"), (told, "删去了提到的单位"))
    return tuple(f"{lead}：{joined(names)}。" for names, lead in sentences if names)
