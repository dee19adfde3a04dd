"""Items on the district's website: how many each unit published, and what they are called.

June's four cells (two categories by two groups) are the notice's: 521, 441, 125 and 463. Their spread over units
and days is illustrative, as are May and July.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from samples.calendar_2020 import days, is_workday, workday_before
from samples.district import DEPARTMENTS, TOWNS, Unit, in_group
from samples.public_titles import (
    DEPARTMENT_SERIES,
    DOCUMENT_WORD,
    GRASSROOTS_NUMBER,
    GRASSROOTS_PLAN,
    OWN_SERIES,
    PLANS,
    ROOT,
    TOWN_SERIES,
    WORKS,
)
from samples.topics import (
    DEPARTMENT_TOPICS,
    DYNAMIC_FORMS,
    MONTH_TITLES,
    MONTH_TOPICS,
    SHARED_TOPICS,
    TOWN_TOPICS,
)

DYNAMIC = "动态类"
PUBLIC = "政务主动公开类"
SITE = "http://www.lanshan.example"

Row = dict[str, object]
Cell = tuple[str, str]


@dataclass(frozen=True)
class Export:
    """One export of the website's back end: the days it covers and how many rows each cell holds."""

    month: str
    first: date
    last: date
    cells: Mapping[Cell, int]
    first_page: int
    """Number of the first page address, so that addresses differ between months."""


EXPORTS = {
    "2020-05": Export(
        "2020-05",
        date(2020, 5, 1),
        date(2020, 5, 31),
        {(DYNAMIC, TOWNS): 498, (DYNAMIC, DEPARTMENTS): 417, (PUBLIC, TOWNS): 112, (PUBLIC, DEPARTMENTS): 437},
        41203,
    ),
    "2020-06": Export(
        "2020-06",
        date(2020, 6, 1),
        date(2020, 6, 30),
        {(DYNAMIC, TOWNS): 521, (DYNAMIC, DEPARTMENTS): 441, (PUBLIC, TOWNS): 125, (PUBLIC, DEPARTMENTS): 463},
        45118,
    ),
    "2020-07": Export(
        "2020-07",
        date(2020, 7, 1),
        date(2020, 7, 14),
        {(DYNAMIC, TOWNS): 214, (DYNAMIC, DEPARTMENTS): 176, (PUBLIC, TOWNS): 49, (PUBLIC, DEPARTMENTS): 161},
        49874,
    ),
}

SILENT: Mapping[Cell, tuple[str, ...]] = {
    (DYNAMIC, TOWNS): (),
    (DYNAMIC, DEPARTMENTS): ("区审计局", "区人防办", "区税务局"),
    (PUBLIC, TOWNS): ("兰山商城",),
    (PUBLIC, DEPARTMENTS): ("区消防救援大队", "区投资促进中心"),
}
"""Units that published nothing of the category, so that zero is seen too."""

BUSY = {
    "义堂镇": 2.2,
    "柳青街道": 1.8,
    "兰山街道": 1.6,
    "李官镇": 0.25,
    "汪沟镇": 0.5,
    "区教育局": 2.6,
    "区卫健局": 2.2,
    "区市场监管局": 3.0,
    "区审批服务局": 2.8,
    "区政府办公室": 2.0,
    "区住建局": 1.8,
    "区人社局": 1.8,
    "区民政局": 1.5,
    "区供销社": 0.12,
    "区人防办": 0.15,
    "区机关事务服务中心": 0.2,
    "区金融监管局": 0.3,
    "区信访局": 0.3,
}
"""How much more or less than others a unit publishes."""


def item_rows(month: str) -> list[Row]:
    """The rows of the month's `published_items` sheet, newest first as a back end lists them."""
    export = EXPORTS[month]
    rng = random.Random(f"items {month}")
    rows: list[Row] = []
    for (category, group), total in export.cells.items():
        for unit, count in _shares(rng, (category, group), total):
            write = _dynamic_rows if category == DYNAMIC else _public_rows
            rows += write(rng, export, unit, count)
    rows.sort(key=lambda row: (row["发布日期"], rng.random()))
    _give_addresses(rng, export, rows)
    rows.reverse()
    return [{**row, "点击量": rng.randint(12, 680)} for row in rows]


def _shares(rng: random.Random, cell: Cell, total: int) -> list[tuple[Unit, int]]:
    """`total` split over the units of the cell's group by the largest remainder."""
    units = [unit for unit in in_group(cell[1]) if unit.short not in SILENT[cell]]
    weights = [BUSY.get(unit.short, 1.0) * (0.6 + 0.8 * rng.random()) for unit in units]
    exact = [total * weight / sum(weights) for weight in weights]
    counts = [max(1, int(share)) for share in exact]
    by_remainder = sorted(range(len(units)), key=lambda n: int(exact[n]) - exact[n])
    for n in (by_remainder * 2)[: total - sum(counts)]:
        counts[n] += 1
    if sum(counts) != total:
        raise ValueError(f"{cell}: {sum(counts)} rows instead of {total}")
    return list(zip(units, counts, strict=True))


def _publishing_day(rng: random.Random, first: date, last: date) -> date:
    """A day between `first` and `last`: mostly a working day, now and then a weekend."""
    span = days(first, last)
    working = [day for day in span if is_workday(day)]
    return rng.choice(span if rng.random() < 0.06 or not working else working)


def _row(title: str, unit: Unit, category: str, column: str, day: date) -> Row:
    return {"标题": title, "单位": unit, "类别": category, "栏目": column, "发布日期": day}


def _dynamic_rows(rng: random.Random, export: Export, unit: Unit, count: int) -> Iterator[Row]:
    """News of the unit: no title twice."""
    own = TOWN_TOPICS if unit.group == TOWNS else (*DEPARTMENT_TOPICS[unit.short].split(), *SHARED_TOPICS)
    topics = [*own, *(MONTH_TOPICS[export.month] if unit.group == TOWNS else ())]
    column = "资讯-镇街动态" if unit.group == TOWNS else "资讯-部门动态"
    bound = MONTH_TITLES[export.month]
    bound = tuple(rng.sample(bound, min(len(bound), count // 4)))
    for form, first, last in bound:
        day = _publishing_day(rng, export.first.replace(day=first), export.first.replace(day=last))
        yield _row(form.format(u=unit.short), unit, DYNAMIC, column, day)
    titles = [form.format(u=unit.short, t=topic) for form in DYNAMIC_FORMS for topic in topics]
    for title in rng.sample(titles, count - len(bound)):
        yield _row(title, unit, DYNAMIC, column, _publishing_day(rng, export.first, export.last))


def _public_rows(rng: random.Random, export: Export, unit: Unit, count: int) -> list[Row]:
    """Disclosures of the unit: its policy files of the month with their interpretation, then its running series."""
    rows = _policy_rows(rng, export, unit)[:count]
    own = OWN_SERIES.get(unit.short, ())
    series = [*TOWN_SERIES] if unit.group == TOWNS else [*own, *own, *DEPARTMENT_SERIES]
    month = int(export.month[-1])
    numbers = {form: 2 * month + rng.randint(0, 3) for _, form in series}
    for day in sorted(_publishing_day(rng, export.first, export.last) for _ in range(count - len(rows))):
        column, form = rng.choice(series)
        numbers[form] += 1
        title = form.format(u=unit.full, s=unit.short, n=numbers[form], m=month - 1, w=rng.choice(WORKS))
        row = _row(title, unit, PUBLIC, ROOT + column, day)
        if rng.random() < 0.5:
            row["形成日期"] = workday_before(day, rng.randint(0, 8))
        rows.append(row)
    return rows


def _policy_rows(rng: random.Random, export: Export, unit: Unit) -> list[Row]:
    """Policy files that the unit issued in the month, each followed by an interpretation or (now and then) not yet."""
    if unit.short == "区政府办公室" and export.month == "2020-06":
        return list(_grassroots_plan(unit))
    plans = PLANS.get(unit.short, "").split()
    month = int(export.month[-1])
    plans = [plan for n, plan in enumerate(plans) if n % 2 == month % 2 or n == 2]
    rows: list[Row] = []
    for n, plan in enumerate(plans, 1):
        word = DOCUMENT_WORD.get(unit.short, f"兰{unit.short[1:-1]}发")
        number = f"{word}〔2020〕{3 * month + n + rng.randint(0, 2)}号"
        day = _publishing_day(rng, export.first, workday_before(export.last, 4))
        subject = f"《兰山区{plan}》"
        file = _row(f"{unit.full}关于印发{subject}的通知", unit, PUBLIC, ROOT + "政策文件-部门文件", day)
        rows.append({**file, "文号": number, "形成日期": workday_before(day, rng.randint(0, 5))})
        if n == 1 and rng.random() < 0.85:
            rows += _interpretations(rng, unit, subject, number, day, export.last)
    return rows


def _interpretations(rng: random.Random, unit: Unit, subject: str, number: str, day: date, last: date) -> Iterator[Row]:
    """One or two interpretations of a file, published within three working days of it."""
    for way in rng.sample(["文字", "图解", "问答", "H5", "视频", "音频", "发布会", "专家"], rng.choice((1, 1, 2))):
        published = day
        for _ in range(rng.randint(0, 3)):
            later = [d for d in days(published, last)[1:] if is_workday(d)]
            published = later[0] if later else published
        column = ROOT + ("政策解读-文字解读" if way == "文字" else "政策解读-多样化解读")
        label = {"文字": "政策解读", "专家": "专家解读", "发布会": "新闻发布会"}.get(way, f"{way}解读")
        row = _row(f"{subject}{label}", unit, PUBLIC, column, published)
        yield {**row, "解读对象": number, "解读形式": way}


def _grassroots_plan(unit: Unit) -> Iterator[Row]:
    """The plan that the notice names, and its interpretations. Its number is real, the days are illustrative."""
    day = date(2020, 6, 12)
    title = f"兰山区人民政府办公室关于印发《{GRASSROOTS_PLAN}》的通知"
    file = _row(title, unit, PUBLIC, ROOT + "政策文件-区政府办公室文件", day)
    yield {**file, "文号": GRASSROOTS_NUMBER, "形成日期": date(2020, 6, 10)}
    for way, label, published in (("文字", "政策解读", day), ("图解", "图解", date(2020, 6, 15))):
        row = _row(f"《{GRASSROOTS_PLAN}》{label}", unit, PUBLIC, ROOT + "政策解读-文字解读", published)
        yield {**row, "解读对象": GRASSROOTS_NUMBER, "解读形式": way}


def _give_addresses(rng: random.Random, export: Export, rows: list[Row]) -> None:
    """Number the pages in order of publication. One in twelve has no address; interpretations may cite one."""
    page = export.first_page
    address: dict[object, str] = {}
    for row in rows:
        page += rng.randint(1, 3)
        interpreted = "解读形式" in row
        if interpreted or "文号" in row or rng.random() > 0.08:
            folder = "gk" if row["类别"] == PUBLIC else "zx"
            row["网址"] = f"{SITE}/{folder}/2020/{int(export.month[-1]):02d}/{page}.htm"
        if "文号" in row:
            address[row["文号"]] = str(row["网址"])
    for row in rows:
        if "解读形式" in row and row["解读对象"] in address and rng.random() < 0.5:
            row["解读对象"] = address[row["解读对象"]]
