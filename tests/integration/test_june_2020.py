"""The main job, whole: June 2020 goes in as sheets and comes out as the notice that was issued."""

import json
import re
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from disclosures.models import ImportBatch
from lanshan_portal.periods import Period
from reports.figures import notice_figures
from reports.figures.rows import rows_of
from reports.preparation import prepare
from units.models import Office

GOLDEN = Path(__file__).parent.parent / "golden" / "june-2020"
ISSUED_ON = "2020-07-14"

pytestmark = pytest.mark.django_db


def run(*args: str) -> str:
    out = StringIO()
    call_command(*args, stdout=out)
    return out.getvalue()


@pytest.fixture(scope="module")
def june(django_db_setup, django_db_blocker):
    """The three sample months, loaded once for this module the way users load sheets."""
    with django_db_blocker.unblock():
        from django.db import connection, transaction

        with transaction.atomic():
            run("load_sample", "2020-05", "2020-06", "2020-07")
            yield Office.objects.get()
            transaction.set_rollback(True)
        connection.close()


@pytest.fixture
def composed(june):
    return run("compose_notice", "2020-06", "--issued-on", ISSUED_ON, "--format", "text").splitlines()


def bare(paragraph: str) -> str:
    return re.sub(r"\s", "", paragraph)


def issued() -> list[str]:
    """The paragraphs of the notice as issued."""
    return [bare(line) for line in (GOLDEN / "notice.txt").read_text(encoding="utf-8").splitlines() if line.strip()]


class Exceptions:
    """Where our words may differ from those issued, one by one; anything else fails."""

    NAMES = (("区市场监督管理局", "区市场监管局"),)
    CUT_OFF = (("截止7月4日", "截至7月4日"),)
    ANSWERERS = (("各部门均按时进行了答复", "各单位均按时进行了答复"),)
    VERB = (("；政务主动公开类信息588条", "；发布政务主动公开类信息588条"),)
    LETTER = (("申请1件，收到省市政府", "申请1件，收到信函申请1件，收到省市政府"),)

    IN = {
        "（一）主动公开情况": VERB,
        "（二）依申请公开情况": LETTER,
        "（三）部门信箱办理情况": ANSWERERS,
        "（五）上期通报中重点工作完成情况": NAMES,
        "二、存在的主要问题": CUT_OFF,
    }


def with_exceptions(paragraphs: list[str]) -> list[str]:
    """The issued paragraphs with each listed exception applied in its own section, exactly once."""
    corrected, heading, open_exceptions = [], "", list(Exceptions.IN.items())
    for paragraph in paragraphs:
        if re.match(r"[一二三]、|（[一二三四五]）", paragraph) and len(paragraph) < 30:
            heading = paragraph
        for name, pairs in list(open_exceptions):
            if name == heading and all(old in paragraph for old, _ in pairs):
                for old, new in pairs:
                    assert paragraph.count(old) == 1
                    paragraph = paragraph.replace(old, new)
                open_exceptions.remove((name, pairs))
        corrected.append(paragraph)
    assert not open_exceptions
    return corrected


LIST = re.compile(r"[^、，。；：]+(?:、[^、，。；：]+)+")


def in_any_order(paragraph: str) -> tuple[str, list[list[str]]]:
    """The paragraph without its unit lists, and the lists sorted: names inside one may stand in the configured order."""

    lists = []

    def cut(found: re.Match) -> str:
        names = found[0].split("、")
        tail = re.search(r"各\d+件$", names[-1])
        names[-1] = names[-1][: tail.start()] if tail else names[-1]
        if not all(re.search(r"(局|镇|街道|办|中心|办公室|经开区)$", name) for name in names):
            return found[0]
        head = re.match(r"(?:涉及)?", names[0])
        names[0] = names[0][head.end() :]
        lists.append(sorted(names))
        return f"{head[0]}<{len(names)}>{tail[0] if tail else ''}"

    return LIST.sub(cut, paragraph), lists


def test_text_is_the_notice_that_was_issued(composed):
    expected = with_exceptions(issued())
    assert [bare(line) for line in composed if len(line) < 30] == [line for line in expected if len(line) < 30]
    assert len(composed) == len(expected)
    for ours, theirs in zip(composed, expected, strict=True):
        assert in_any_order(bare(ours)) == in_any_order(theirs)


def test_exceptions_are_needed(composed):
    """Without them the notice differs in exactly these paragraphs, so none is listed in vain."""
    differing = [
        theirs[:10]
        for ours, theirs in zip(composed, issued(), strict=True)
        if in_any_order(bare(ours)) != in_any_order(theirs)
    ]
    assert len(differing) == len(Exceptions.IN)


def test_facts_are_the_figures(june):
    facts = json.loads((GOLDEN / "facts.json").read_text(encoding="utf-8"))
    figures = notice_figures.build(june, Period.month(2020, 6), date(2020, 7, 14))
    published = figures.published
    assert published.total.value == facts["published_items"]["total"]
    assert {share.wording: share.figure.value for share in published.by_group} == facts["published_items"]["by_group"]
    for category in published.by_category:
        cells = facts["published_items"]["by_category_and_group"][category.total.wording.removesuffix("信息")]
        assert {share.wording: share.figure.value for share in category.by_group} | {
            "total": category.total.figure.value
        } == cells
    assert figures.applications.total.value == facts["applications"]["total"]
    assert figures.applications.answers.all_on_time
    assert {share.unit.name: share.figure.value for share in figures.mailbox.by_unit} == facts["mailbox"]["by_unit"]
    assert figures.mailbox.answers.all_on_time
    media = facts["new_media"]
    assert figures.media.rounds.value == media["rounds"]
    assert {share.wording: share.figure.value for share in figures.media.stale_by_platform} == media["by_platform"]
    assert figures.media.all_rectified
    [follow_up] = figures.follow_ups
    assert {unit.name for unit in follow_up.missing} == set(facts["followed_up_requirements"][0]["missing"])
    assert follow_up.as_of == date(2020, 7, 6)
    plan, interviews = figures.problems
    assert {unit.name for unit in plan.missing} == set(facts["problems"][0]["missing"])
    assert plan.as_of == date(2020, 7, 4)
    assert {unit.name for unit in interviews.behind} == set(facts["problems"][1]["late"])


def test_every_figure_opens_the_rows_it_counts(june):
    prepared = prepare(june, Period.month(2020, 6), date(2020, 7, 14))
    figures = prepared.notice.figures()
    assert len(figures) == 25
    for figure in figures:
        assert len(rows_of(figure.query, june)) == figure.value * figure.each, figure


def test_json_shows_every_number_with_its_query(june):
    document = json.loads(run("compose_notice", "2020-06", "--issued-on", ISSUED_ON, "--format", "json"))
    assert document["period"] == "2020-06"
    assert document["title"] == "临沂市兰山区人民政府办公室关于2020年6月份全区政务公开工作情况的通报"
    by_key = {section["key"]: section for section in document["sections"]}
    [media] = by_key["media"]["paragraphs"]
    assert [figure["value"] for figure in media["figures"]] == [1, 9, 5, 2, 1, 1]
    assert {figure["period"] for figure in media["figures"]} == {"2020-07"}
    assert all(
        figure["query"] for section in document["sections"] for p in section["paragraphs"] for figure in p["figures"]
    )
    # The one slip left stands in words that people wrote; the portal reports it and does not touch it.
    assert [(f["code"], f["where"]) for f in document["findings"] if f["level"] != "information"] == [
        ("cutoff_word", "三、（四）第3句")
    ]


def test_loading_the_sample_again_changes_nothing(june):
    before = ImportBatch.objects.count()
    again = run("load_sample", "2020-05", "2020-06", "2020-07")
    assert ImportBatch.objects.count() >= before
    assert not re.search(r"新增 [1-9]|更新 [1-9]", again)


@pytest.mark.parametrize(("month", "issued_on"), [("2020-05", "2020-06-11"), ("2020-07", "2020-08-12")])
def test_neighbouring_months_make_notices_of_their_own(june, month, issued_on):
    text = run("compose_notice", month, "--issued-on", issued_on, "--format", "text")
    assert Period.parse(month).in_title in text
    assert "涉及，" not in text
    assert "：。" not in text


def test_a_quarter_adds_up_its_months(june):
    months = [notice_figures.build(june, month, date(2020, 8, 12)) for month in Period.quarter(2020, 2).months()]
    quarter = notice_figures.build(june, Period.quarter(2020, 2), date(2020, 8, 12))
    assert quarter.published.total.value == sum(month.published.total.value for month in months)
