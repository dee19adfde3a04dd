"""The sample looks as clerks leave their sheets, holds nothing it must not hold, and is built again byte by byte."""

import re
import subprocess
import sys
from collections import Counter
from datetime import date, datetime
from pathlib import Path

from tests.samples.committed_sheets import FIRST_COLUMN, ROOT, SAMPLES, SHEETS, names, raw_rows, rows

JUNE = "2020-06"


def test_dates_of_one_column_come_in_all_six_forms() -> None:
    shapes = Counter(
        "date" if isinstance(row["发布日期"], date | datetime) else re.sub(r"\d+", "0", str(row["发布日期"]))
        for row in rows(JUNE, "published_items")
    )
    assert set(shapes) == {"date", "0-0-0", "0/0/0", "0.0.0", "0年0月0日", "0"}


def test_units_are_called_by_code_full_name_short_name_and_alias() -> None:
    used = {str(row["单位"]) for row in rows(JUNE, "published_items")}
    market = next(row for row in rows(JUNE, "units") if row["简称"] == "区市场监管局")
    assert {market["单位编码"], market["全称"], market["简称"], "区市场监督管理局"} <= used
    assert {"经开区", "兰山经开区"} <= used


def test_both_encodings_and_title_rows_are_met() -> None:
    texts = [path.read_bytes() for path in SHEETS if path.suffix == ".csv" and path.parent.name == JUNE]
    assert sorted(data.startswith(b"\xef\xbb\xbf") for data in texts) == [False, True]
    header = {path.stem: FIRST_COLUMN[path.stem[3:]] in raw_rows(path)[0] for path in SHEETS}
    assert set(header.values()) == {True, False}


def test_every_unit_of_every_sheet_is_known() -> None:
    for path in SHEETS:
        for row in rows(path.parent.name, path.stem[3:]):
            for column in {"单位", "受理单位", "主办单位"} & set(row):
                assert row[column] in names(), (path.name, row[column])


def test_addresses_lie_under_example_domains_except_the_two_of_the_notice() -> None:
    hosts: Counter[str] = Counter()
    for path in SHEETS:
        for row in raw_rows(path):
            for cell in row:
                hosts.update(re.findall(r"https?://([^/\s]+)", str(cell)))
    quoted = {"www.chuangkit.com": 1, "www.ffkuaidu.com": 1}
    assert {host: count for host, count in hosts.items() if not host.endswith(".example")} == quoted
    assert hosts["www.lanshan.example"] > 3000


def test_no_telephone_and_no_identity_number() -> None:
    number = re.compile(r"(?<!\d)(1[3-9]\d{9}|0\d{2,3}-\d{7,8}|\d{17}[\dXx])(?!\d)")
    for path in SHEETS:
        for row in raw_rows(path):
            assert not any(number.search(str(cell)) for cell in row), (path.name, row)


def test_building_again_gives_the_committed_bytes(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, str(SAMPLES / "build.py"), str(tmp_path)], check=True, cwd=ROOT, capture_output=True
    )
    built = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file())
    assert built == [path.relative_to(SAMPLES) for path in SHEETS]
    for path in built:
        assert (tmp_path / path).read_bytes() == (SAMPLES / path).read_bytes(), path
