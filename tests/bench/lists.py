"""Lists as they are asked for: first page, last page, search, at 20,000 and 1,000,000 items, beside an empty signed-in view."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client

from disclosures.lists import LISTS, FoundPaginator, ordered
from disclosures.models import Category, PublishedItem
from disclosures.search.newest import forget_frequencies, newest
from tests.bench.timing import report
from tests.district import District
from tests.people import signed_in, staff
from units.models import Office, Unit

ROUNDS = 25
UNITS = 50
PAGE = 50
WHO = (
    "兰山街道",
    "李官镇",
    "区教育局",
    "区市场监管局",
    "区住建局",
    "银雀山街道",
    "枣园镇",
    "区民政局",
    "区卫健局",
    "柳青街道",
)
DID = ("召开", "开展", "组织", "举办", "推进", "关于做好", "调度", "部署")
WHAT = (
    "防汛会议",
    "安全生产工作",
    "老旧小区改造的公示",
    "农村危房改造对象公示",
    "党风廉政建设座谈会",
    "疫情防控培训",
    "行政许可信息公示",
    "重点领域信息公开",
    "垃圾分类宣传活动",
    "人居环境整治",
    "招生入学政策解读",
    "政府采购结果公告",
)
SOME = ((66_667, "鼠疫"), (10_007, "瓷砖"), (2_003, "水稻插秧"), (401, "防灾减灾"), (199, "低保"), (97, "双随机抽查"))
"""A word in one of so many titles."""
OLD = "旧年专项"
"""A word in every tenth of the oldest tenth, and in no other."""
QUERIES = (
    *("鼠", "瓷", "稻", "低", "示", "区", "会", "第"),
    *("鼠疫", "瓷砖", "水稻", "减灾", "低保", "抽查", "公示", "会议", "街道", "召开", "旧年", "没有"),
    *(
        "双随机",
        "第12批",
        "张三丰",
        "公示第",
        "信息公开",
        "水稻插秧",
        "防灾减灾",
        "旧年专项",
        "老旧小区改造",
        "街道召开防汛",
    ),
)
BUDGET = 0.015
"""Seconds of database time for the first page of a search."""


def fill(office: Office, rows: int) -> None:
    """Up to `rows` items with titles as units give them, 55 a day backwards from 30 June 2020."""
    there = PublishedItem.objects.count()
    lists = {"who": WHO, "did": DID, "what": WHAT}
    units = list(Unit.objects.filter(office=office).order_by("id").values_list("id", flat=True)[:UNITS])
    categories = list(Category.objects.filter(office=office).order_by("id").values_list("id", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_word")
        cursor.execute("CREATE TABLE bench_word (kind varchar(10), n integer, word varchar(40))")
        for kind, words in lists.items():
            cursor.executemany(
                "INSERT INTO bench_word VALUES (%s, %s, %s)", [(kind, n, w) for n, w in enumerate(words)]
            )
        now_and_then = " || ".join(f"CASE WHEN i % {every} = 0 THEN '{word}' ELSE '' END" for every, word in SOME)
        old = f"CASE WHEN i > 900000 AND i % 10 = 0 THEN '{OLD}' ELSE '' END"
        title = f"who.word || did.word || '第' || (i % 97) || '批' || what.word || {now_and_then} || {old}"
        back = "i / 55"
        day = (
            f"date '2020-06-30' - {back}"
            if connection.vendor == "postgresql"
            else f"date('2020-06-30', '-' || ({back}) || ' days')"
        )
        cursor.execute(
            f"""WITH RECURSIVE n(i) AS (SELECT {there} UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {rows})
            INSERT INTO disclosures_publisheditem (office_id, key, title, "column", published_on, url, document_number,
                interprets, form, unit_id, category_id)
            SELECT {office.pk}, 'b' || i, {title}, '', {day}, '', '', '', '',
                {units[0]} + i % {len(units)}, {categories[0]} + i % {len(categories)}
            FROM n
            JOIN bench_word who ON who.kind = 'who' AND who.n = i % {len(WHO)}
            JOIN bench_word did ON did.kind = 'did' AND did.n = (i / 10) % {len(DID)}
            JOIN bench_word what ON what.kind = 'what' AND what.n = (i / 80) % {len(WHAT)}"""
        )
        cursor.execute("DROP TABLE bench_word")
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE disclosures_publisheditem")
    forget_frequencies()


@contextmanager
def database_time() -> Iterator[list[float]]:
    """How long each query takes."""
    taken: list[float] = []

    def timed(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        begun = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            taken.append(time.perf_counter() - begun)

    with connection.execute_wrapper(timed):
        yield taken


def interleaved(pages: dict[str, Callable[[], Any]]) -> dict[str, list[float]]:
    """The times of each page, taken in turn: what the machine does meanwhile befalls all alike."""
    times: dict[str, list[float]] = {name: [] for name in pages}
    for page in pages.values():
        page()
    for _ in range(ROUNDS):
        for name, page in pages.items():
            begun = time.perf_counter()
            page()
            times[name].append(time.perf_counter() - begun)
    return times


def milliseconds(times: list[float]) -> str:
    """p50 / p95."""
    p95 = statistics.quantiles(times, n=20)[-1]
    return f"p50 {statistics.median(times) * 1000:.1f}，p95 {p95 * 1000:.1f} 毫秒"


def pages_of(client: Client) -> dict[str, Callable[[], Any]]:
    """What is asked for: an empty view, the first and the last page, a month, a search of two characters."""

    def get(address: str) -> Callable[[], Any]:
        def ask() -> None:
            assert client.get(address).status_code == 200

        return ask

    return {
        "空页": lambda: client.post("/session/"),
        "首页": get("/rows/published_items/"),
        "末页": get("/rows/published_items/?page=200"),
        "一个月": get("/rows/published_items/?from=2020-06-01&to=2020-06-30"),
        "查找公示": get("/rows/published_items/?q=公示"),
        "查找鼠疫": get("/rows/published_items/?q=鼠疫"),
        "本月查找": get("/rows/published_items/?from=2020-06-01&to=2020-06-30&q=会议"),
        "全部查找": get("/search/?q=防汛"),
    }


def first_page_of_a_search(office: Office, query: str) -> float:
    """Database time of the first page: the ids, then the rows."""
    listed = LISTS["published_items"]
    rows = ordered(PublishedItem.objects.filter(office=office), listed, "").select_related(*listed.related)
    best = 1.0
    for _ in range(3):
        with database_time() as taken:
            found = newest(PublishedItem, office, query, PAGE + 1)
            FoundPaginator(rows, PAGE, found=found, reach=PAGE + 1).page(1)
        best = min(best, sum(taken))
    return best


def measure() -> None:
    """Both sizes, one after the other, in one run."""
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    call_command("collectstatic", interactive=False, verbosity=0)
    office = Office.objects.first() or District().office
    district = District.of(office)
    for number in range(Unit.objects.count(), UNITS):
        district.unit(f"第{number}单位")
    client = signed_in(staff(office, name="bench"))
    for rows in (20_000, 1_000_000):
        fill(office, rows)
        times = interleaved(pages_of(client))
        middle = {name: statistics.median(taken) for name, taken in times.items()}
        print(f"  —— {rows:,} 条网站信息")
        report("空页（已登录）", 1, "-", milliseconds(times["空页"]))
        for name in list(times)[1:]:
            report(f"{name} / 空页", middle[name] / middle["空页"], "≤ 10", milliseconds(times[name]))
        report("末页 / 首页", middle["末页"] / middle["首页"], "≤ 1.1")
        taken = {query: first_page_of_a_search(office, query) for query in QUERIES}
        worst = sorted(taken, key=lambda query: -taken[query])
        report(
            "查找首页的数据库时间，最慢的一个 / 15 毫秒",
            taken[worst[0]] / BUDGET,
            "≤ 1",
            "，".join(f"{query} {taken[query] * 1000:.1f}" for query in worst[:6]) + " 毫秒",
        )
        middle_query = statistics.median(taken.values())
        report("查找首页的数据库时间，中位 / 15 毫秒", middle_query / BUDGET, "≤ 1", f"{middle_query * 1000:.2f} 毫秒")
