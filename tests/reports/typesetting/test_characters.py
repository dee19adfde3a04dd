import pytest

from reports.typesetting.characters import Break, blank_between, breaks


def gladness(text: str, before: str) -> Break:
    """How gladly the text breaks before the first occurrence of `before`."""
    return breaks(text)[text.index(before)]


@pytest.mark.parametrize("mark", "，。、；：？！）》〉】〕”’%")
def test_no_line_begins_with_a_closing_mark(mark: str) -> None:
    assert gladness(f"情况{mark}情况", mark) is Break.NEVER


@pytest.mark.parametrize("mark", "（《〈【〔“‘")
def test_no_line_ends_with_an_opening_mark(mark: str) -> None:
    text = f"情况{mark}通报"
    assert gladness(text, "通") is Break.NEVER
    assert gladness(text, mark) is Break.FREE


@pytest.mark.parametrize(
    ("text", "before", "expected"),
    [
        ("信息1550条", "550", Break.NEVER),
        ("信息1550条", "条", Break.FREE),
        ("达58.3%的", "3%", Break.NEVER),
        ("达58.3%的", "%", Break.NEVER),
        ("截至7月6日", "7", Break.FREE),
        ("截至7月6日", "月", Break.NEVER),
        ("截至7月6日", "6", Break.LAST_RESORT),
        ("截至7月6日", "日", Break.NEVER),
        ("于2020年7月14日", "年", Break.NEVER),
        ("于2020年7月14日", "7", Break.RELUCTANT),
        ("2020年6月份全区", "月份", Break.NEVER),
        ("2020年6月份全区", "份", Break.NEVER),
        ("2020年6月份全区", "全", Break.FREE),
        ("〔2020〕23号", "23", Break.RELUCTANT),
        ("〔2020〕23号", "号", Break.NEVER),
        ("等等……以及", "…以", Break.NEVER),
        ("公开——政府", "—政", Break.NEVER),
        ("公开-区政府", "-", Break.NEVER),
        ("公开-区政府", "区", Break.FREE),
        ("见https://www.example.cn/a?b=1", "//", Break.NEVER),
        ("见https://www.example.cn/a?b=1", "www", Break.RELUCTANT),
        ("见https://www.example.cn/a?b=1", "example", Break.RELUCTANT),
        ("见https://www.example.cn/a?b=1", "b=", Break.RELUCTANT),
        ("见https://www.example.cn/a?b=1", "ttps", Break.NEVER),
        ("Open Data", "Data", Break.FREE),
        ("Open Data", " ", Break.NEVER),
    ],
)
def test_places_inside_numbers_dates_and_addresses(text: str, before: str, expected: Break) -> None:
    assert gladness(text, before) is expected


def test_a_variation_selector_never_begins_a_line() -> None:
    assert gladness("葛\U000e0100城", "\U000e0100") is Break.NEVER


@pytest.mark.parametrize(
    ("pair", "expected"),
    [("》（", True), ("）。", True), ("。”", True), ("（《", True), ("，“", True), ("）中", False), ("中（", False)],
)
def test_blank_halves_meet(pair: str, expected: bool) -> None:
    assert blank_between(*pair) is expected
