"""网站信息."""

from collections.abc import Iterable, Iterator

from disclosures.models import Category, PublishedItem
from disclosures.sheets.resources.base import Column, Complaint, Row, SheetResource, needs
from disclosures.sheets.store import Change
from disclosures.sheets.widgets import ChoiceWidget, DateWidget, TermWidget, TextWidget, UnitWidget, UrlWidget

FIRST_FEW = 5


def formed_before_published(resource: SheetResource, row: Row) -> Iterable[Complaint]:
    """A document is made before it is published."""
    if row["formed_on"] and row["published_on"] and row["formed_on"] > row["published_on"]:
        yield "formed_on", "形成日期晚于发布日期，请核对。"


class PublishedItemResource(SheetResource):
    """One item a unit published on the website."""

    title = Column(
        "title",
        "标题",
        TextWidget(width=46),
        required=True,
        example="兰山街道召开夏季防汛工作会议",
        note="网站上的标题。",
    )
    unit = Column(
        "unit_id",
        "单位",
        UnitWidget(),
        required=True,
        example="兰山街道",
        note="发布信息的单位，以发布日期当天的名称为准。",
    )
    category = Column("category_id", "类别", TermWidget(Category), required=True, example="动态类")
    column = Column(
        "column",
        "栏目",
        TextWidget(width=30),
        default="",
        example="动态信息-镇街动态",
        note="栏目路径，各级之间以“-”连接。",
    )
    published_on = Column("published_on", "发布日期", DateWidget(), required=True, example="2020-06-01")
    url = Column(
        "url",
        "网址",
        UrlWidget(),
        default="",
        example="https://www.example.gov.cn/art/2020/6/1/art_1.html",
        note="信息的网址。有网址的，以网址识别同一条信息；没有的，以单位、标题和发布日期识别。",
    )
    document_number = Column("document_number", "文号", TextWidget(), default="", note="公文的发文字号。")
    formed_on = Column("formed_on", "形成日期", DateWidget(), note="公文的成文日期。")
    interprets = Column(
        "interprets", "解读对象", TextWidget(width=30), default="", note="政策解读填写：被解读文件的网址或文号。"
    )
    form = Column("form", "解读形式", ChoiceWidget(PublishedItem.Form), default="", note="政策解读填写。")

    model = PublishedItem
    key_in_words = "网址；没有网址的，单位、标题和发布日期"
    day = "published_on"
    export_order = ("published_on", "pk")
    recent = frozenset({"published_on"})
    rules = (
        formed_before_published,
        needs("form", "interprets", "填写了解读形式，却没有解读对象，请补填被解读文件的网址或文号。"),
    )

    def natural_key(self, row: Row) -> tuple[str, ...]:
        if row["url"]:
            return ("url", row["url"])
        return ("title", str(row["unit_id"]), row["title"], row["published_on"].isoformat())

    def remarks(self, changes: Iterable[Change]) -> Iterator[str]:
        """A sheet without its addresses, or with others, would count every item twice."""
        title, unit, day = (self.stored.index(name) for name in ("title", "unit_id", "published_on"))
        new = [change.record for change in changes if change.before is None]
        days = {record.values[day] for record in new}
        if not new:
            return
        there = PublishedItem.objects.filter(
            office=self.office, published_on__gte=min(days), published_on__lte=max(days)
        ).order_by()
        if not there.exists():
            return
        rows = {(record.values[unit], record.values[title], record.values[day]): record.row for record in new}
        found = there.values_list("unit_id", "title", "published_on").iterator(chunk_size=5_000)
        again = sorted({rows[known] for known in found if known in rows})
        if again:
            listed = "、".join(map(str, again[:FIRST_FEW])) + ("等" if len(again) > FIRST_FEW else "")
            yield (
                f"第{listed}行与已有记录的单位、标题、发布日期相同，但网址不同（共{len(again)}行），将作为新的信息另外计数；"
                "如系同一信息，请补填原来的网址后再导入。"
            )
