"""What stands between a request and every page: NUL characters, the way back after a time-out."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.district import District
from tests.people import PASSWORD, signed_in, staff
from units.models import AuditEvent

pytestmark = pytest.mark.django_db

LIST = "/rows/applications/?from=2020-06-01&to=2020-06-30"
REFUSED = "提交的内容不完整或格式不对，未作任何修改。"


@pytest.fixture
def clerk():
    return signed_in(staff(District().office))


@pytest.mark.parametrize(
    "address",
    [
        "/rows/duties/?requirement=a%00",
        "/rows/duties/export/?requirement=a%00",
        "/rows/applications/?unit=%00",
        "/rows/applications/export/?unit=U01&%00=1",
        "/rows/a%00/",
        "/imports/mailbox_cases/%00/",
    ],
)
def test_an_address_with_a_nul_character_is_refused(clerk, address):
    response = clerk.get(address)
    assert response.status_code == 400
    assert REFUSED in response.content.decode()


@pytest.mark.parametrize("fields", [{"username": "a\0b", "password": PASSWORD}, {"username": "a", "password": "\0"}])
def test_a_form_with_a_nul_character_is_refused(client, fields):
    response = client.post(reverse("login"), fields)
    assert response.status_code == 400
    assert REFUSED in response.content.decode()
    assert not AuditEvent.objects.exists()


def test_a_file_may_hold_any_byte(clerk):
    file = SimpleUploadedFile("表.xls", b"\xd0\xcf\x00\x00")
    assert clerk.post(reverse("imports_kind", args=["mailbox_cases"]), {"sheet": file}).status_code == 302


def test_a_fragment_after_a_time_out_leads_back_to_the_whole_page(client):
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{LIST}"}
    address = client.get(LIST, headers=headers)["HX-Redirect"]
    assert parse_qs(urlsplit(address).query) == {"next": [LIST]}
    staff(District().office)
    response = client.post(reverse("login"), {"username": "office_staff", "password": PASSWORD, "next": LIST})
    assert response["Location"] == LIST
