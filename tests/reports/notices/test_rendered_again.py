"""What was issued can be made again from what was kept, to the byte, on any later day."""

import io
import re
import zipfile
from datetime import UTC, datetime
from unittest import mock

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from reports.freezing import freeze, thaw
from reports.models import IssuedNotice
from reports.rendered_again import Agreement, compared, parting
from reports.renderers import RENDERERS
from reports.renderers.json import render_json
from reports.renderers.pdf_words import UnreadablePdf, pdf_words
from reports.renderers.words import UnreadableFile, words_of
from tests.reports.june_notice import LETTERHEAD, june_notice

FORMS = [*RENDERERS, "json"]
LATER = datetime(2031, 2, 3, 4, 5, 6, tzinfo=UTC)


def rendered(form, notice):
    return (render_json(notice) if form == "json" else RENDERERS[form](notice)).content


@pytest.fixture
def years_later(monkeypatch):
    """Every clock that a library might look at goes on by years."""

    def go_on():
        monkeypatch.setattr("time.time", lambda: LATER.timestamp())
        monkeypatch.setattr("time.localtime", lambda *_: LATER.timetuple())
        monkeypatch.setattr("time.gmtime", lambda *_: LATER.timetuple())
        monkeypatch.setattr(timezone, "now", lambda: LATER)
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(LATER.timestamp())))

    return go_on


@pytest.mark.parametrize("form", FORMS)
def test_rendered_twice_at_different_times_the_bytes_are_the_same(form, years_later):
    notice = june_notice(LETTERHEAD)
    before = rendered(form, notice)
    years_later()
    assert rendered(form, thaw(freeze(notice))) == before


@pytest.mark.parametrize("form", FORMS)
def test_a_changed_number_is_a_changed_word(form):
    notice = june_notice(LETTERHEAD)
    content = freeze(notice)
    span = next(s for part in content["sections"] for p in part["paragraphs"] for s in p["spans"] if "figure" in s)
    span["text"], span["figure"]["value"] = "9999", 9999
    words = words_of(form, rendered(form, notice))
    other = words_of(form, rendered(form, thaw(content)))
    assert words != other
    assert "9999" in other
    assert "9999" in parting(words, other)


def test_the_words_of_a_pdf_are_those_of_the_text():
    notice = june_notice()
    drawn = re.sub(r"—\d+—", "", words_of("pdf", rendered("pdf", notice)))
    assert drawn == words_of("text", rendered("text", notice))


def test_what_is_no_file_of_the_portal_is_told():
    with pytest.raises(UnreadablePdf):
        pdf_words(b"something")
    with pytest.raises(UnreadableFile):
        words_of("docx", b"something")


@pytest.fixture
def issued(bureau):
    return bureau.issue(bureau.begin())


def told(**options):
    out = io.StringIO()
    call_command("compare_notices", stdout=out, no_color=True, **options)
    return out.getvalue()


@pytest.mark.django_db
class TestCommand:
    def test_what_was_issued_comes_out_again_to_the_byte(self, issued):
        assert told().splitlines() == [
            f"2020-07-06 （未编号） {issued.title}",
            *(f"  {form}：字节一致" for form in ("text", "html", "pdf", "docx", "json")),
            "共 1 份，文字和数字都与印发件一致。",
        ]
        assert told(period="2020-05").splitlines() == ["没有印发的通报。"]

    def test_other_words_fail_and_are_told(self, issued):
        real = RENDERERS["text"]

        def other(notice):
            made = real(notice)
            return type(made)(made.filename, made.content_type, made.content.replace("9条".encode(), "8条".encode(), 1))

        with (
            mock.patch.dict(RENDERERS, text=other),
            pytest.raises(CommandError, match="^共 1 份，1 份与印发件不一致，请核实。$") as failed,
        ):
            told()
        assert failed.value.returncode == 1
        with mock.patch.dict(RENDERERS, text=other):
            by_form = {each.form: each for each in compared(IssuedNotice.objects.get())}
        assert by_form["text"].agreement is Agreement.WORDS
        assert "印发件“" in by_form["text"].detail
        assert by_form["html"].agreement is Agreement.SAME

    def test_other_bytes_that_say_the_same_are_no_fault(self, issued):
        real = RENDERERS["docx"]

        def stored(notice):
            made = real(notice)
            packed = io.BytesIO()
            with zipfile.ZipFile(io.BytesIO(made.content)) as source, zipfile.ZipFile(packed, "w") as target:
                for name in source.namelist():
                    target.writestr(name, source.read(name))
            return type(made)(made.filename, made.content_type, packed.getvalue())

        with mock.patch.dict(RENDERERS, docx=stored):
            assert "docx：字节不同，文字和数字一致（印发件 " in told()
