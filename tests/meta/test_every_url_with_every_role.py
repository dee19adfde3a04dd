"""Every address, asked by everybody: who may see what is a table, and the table is the documentation."""

from datetime import date

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

from disclosures.actions import media_entries, media_rounds, records
from disclosures.actions.imports import import_sheet
from disclosures.actions.media_entries import Typed
from disclosures.actions.messages import tell
from disclosures.files.keeping import keep
from disclosures.models import Job, MailboxCase, Message, SavedFilter, Sending
from disclosures.uploads import sheet_jobs
from disclosures.uploads.pending import Bundle, PendingUpload
from tests.district import District
from tests.meta import permissions_page
from tests.meta.addresses import ADDRESSES
from tests.meta.answers import (
    ADMINISTRATOR,
    ANONYMOUS,
    AUDITOR,
    LEADER,
    LIAISON,
    NEIGHBOUR,
    PEOPLE,
    REVIEWER,
    SIGN_IN,
    STAFF,
    STATUS,
    UNIT_LEADER,
)
from tests.meta.notices_made import notices_made
from tests.meta.tasks_made import tasks_made
from tests.people import administrator, auditor, leader, liaison, reviewer, signed_in, staff, unit_leader
from units.actions import settings as settings_actions
from units.models import Office, UnitAlias, UnitGroup

GOOD = "编号,单位,来信日期\nX-1,兰山街道,2020-06-03\n".encode()
BAD = "编号,单位,来信日期\nX-1,没有的单位,2020-06-03\n".encode()


def names_of(resolver: URLResolver) -> set[str]:
    found = set()
    for pattern in resolver.url_patterns:
        found |= names_of(pattern) if isinstance(pattern, URLResolver) else {pattern.name}
    return found


def test_the_table_has_every_address():
    assert names_of(get_resolver()) == {address.name for address in ADDRESSES}


def test_the_page_is_up_to_date():
    assert permissions_page.PAGE.read_text(encoding="utf-8") == permissions_page.page(), (
        "python -m tests.meta.permissions_page writes it anew"
    )


class Portal:
    """A month with one record of each kind at one unit, and everybody signed in."""

    def __init__(self) -> None:
        district = District()
        street, office = district.street, district.office
        clerk = staff(office)
        self.clients = {
            ANONYMOUS: Client(),
            ADMINISTRATOR: signed_in(administrator(office)),
            STAFF: signed_in(clerk),
            REVIEWER: signed_in(reviewer(office)),
            LEADER: signed_in(leader(office)),
            LIAISON: signed_in(liaison(street)),
            UNIT_LEADER: signed_in(unit_leader(street)),
            NEIGHBOUR: signed_in(liaison(district.town)),
            AUDITOR: signed_in(auditor(office)),
        }
        lent = liaison(street, name="lent")
        report = import_sheet(kind="mailbox_cases", file_name="信.csv", content=GOOD, office=office, by=clerk)
        self.things = {
            "account": lent.pk,
            "held": lent.memberships.get().pk,
            "alias": UnitAlias.objects.create(unit=street, name="兰山办").pk,
            "group": UnitGroup.objects.create(office=office, name="没有单位的分组", position=9).pk,
            "item": district.item(street).pk,
            "application": district.application(street, content="电话13800001234").pk,
            "letter": district.letter(street, answered=date(2020, 6, 2)).pk,
            **self._media(district, clerk),
            "removed": self._removed(office, clerk),
            "filter": SavedFilter.objects.create(user=clerk, kind="published_items", name="甲", query="unit=U01").pk,
            "batch": report.batch.pk,
            "job": self._job(clerk, office),
            "message": self._message(clerk, office),
            "sending": self._sending(clerk, office),
            "change": self._change(clerk, office),
            **tasks_made(district, clerk),
            **notices_made(district, clerk),
        }
        self.clerk, self.office = clerk, office
        self.cookies = {who: client.cookies.copy() for who, client in self.clients.items()}

    def anew(self) -> None:
        """What no transaction takes back: who is signed in, and the sheets that wait as files."""
        for who, client in self.clients.items():
            client.cookies = self.cookies[who].copy()
        clerk, office = self.clerk, self.office
        self.things |= {
            "token": self._upload(clerk, office, GOOD),
            "bad_token": self._upload(clerk, office, BAD),
            "bundle": Bundle.keep([], [], user_id=clerk.pk, office_id=office.pk, at=timezone.now()).token,
        }

    @staticmethod
    def _media(district: District, clerk) -> dict[str, int]:
        """A finished round of one account, with a picture beside its finding."""
        now = timezone.now()
        account = district.check(district.street, round="2020年5月第1次").account
        begun = media_rounds.start(
            office=district.office,
            name="2020年7月第1次",
            checked_on=date(2020, 7, 8),
            accounts=[account],
            scope="全部账号",
            rectify_by=None,
            by=clerk,
            at=now,
        )
        entry = begun.entries.get()
        shot = media_entries.add_screenshot(entry=entry, name="图.png", content=b"\x89PNG\r\n\x1a\n0", by=clerk, at=now)
        media_entries.save_rows(media_round=begun, rows=[Typed(entry.pk, 0, {"result": "错别字"})], by=clerk, at=now)
        (check,) = media_rounds.finish(media_round=begun, by=clerk, at=now)
        return {"media_account": account.pk, "round": begun.pk, "entry": entry.pk, "shot": shot.pk, "check": check.pk}

    @staticmethod
    def _removed(office, clerk) -> int:
        case = MailboxCase.objects.get(number="X-1")
        now = timezone.now()
        return records.remove(kind="mailbox_cases", office=office, pk=case.pk, by=clerk, at=now).pk

    @staticmethod
    def _job(clerk, office) -> int:
        now = timezone.now()
        result = keep(name="表.pdf", content=b"%PDF-1.7", office=office, by=clerk, at=now)
        return Job.objects.create(
            office=office,
            by=clerk,
            kind="export",
            title="导出",
            state="done",
            created_at=now,
            asked_at=now,
            result=result,
        ).pk

    @staticmethod
    def _message(clerk, office) -> int:
        (message,) = tell(office=office, people=[clerk], kind=Message.Kind.TASK, title="新任务", at=timezone.now())
        return message.pk

    @staticmethod
    def _sending(clerk, office) -> str:
        now = timezone.now()
        return Sending.objects.create(
            code="a" * 32, office=office, month="2020-06", units=[], asked_by=clerk, asked_at=now, sent_at=now
        ).code

    @staticmethod
    def _change(clerk, office) -> int:
        changed = Office.objects.get(pk=office.pk)
        changed.phone = "0539-8203456"
        event = settings_actions.change(page="机关", records=[changed], office=office, by=clerk)
        return event.pk

    @staticmethod
    def _upload(clerk, office, content: bytes) -> str:
        upload = PendingUpload.keep(
            [content],
            kind="mailbox_cases",
            file_name="信.csv",
            user_id=clerk.pk,
            office_id=office.pk,
            at=timezone.now(),
        )
        sheet_jobs.checked(upload)
        return upload.token


AT_ONCE = 24
"""So many addresses share one month with its people; each is asked in a transaction that is taken back."""


@pytest.mark.parametrize("first", range(0, len(ADDRESSES), AT_ONCE))
def test_everybody_gets_what_the_table_says(first, db, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    portal = Portal()
    for address in ADDRESSES[first : first + AT_ONCE]:
        with transaction.atomic():
            portal.anew()
            asked_by_everybody(portal, address)
            transaction.set_rollback(True)


def asked_by_everybody(portal, address):
    arguments = [argument.format(**portal.things) for argument in address.arguments]
    path = reverse(address.name, args=arguments) + address.query
    for who in PEOPLE:
        client, expected = portal.clients[who], address.answers[who]
        told = f"{address.method} {address.shown}: {PEOPLE[who]}"
        response = client.get(path) if address.method == "GET" else client.post(path)
        assert response.status_code == STATUS[expected], told
        if expected == SIGN_IN:
            assert response["Location"].startswith(reverse("login")), told
        if response.status_code in (403, 404):
            assert "返回首页" in response.content.decode(), told
