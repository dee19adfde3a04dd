"""An administrator at the settings: pages asked for, forms sent, the way back that a note offers."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.district import District
from tests.people import administrator, signed_in


@pytest.fixture
def district(settings, tmp_path) -> District:
    settings.MEDIA_ROOT = tmp_path
    return District()


@pytest.fixture
def admin(district) -> Client:
    return signed_in(administrator(district.office, display_name="王管理", email="wang@lanshan.example"))


def page_of(client: Client, name: str, *args: object) -> str:
    """The page of that name; it must be there."""
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return response.content.decode()


def posted(client: Client, name: str, data: dict[str, str], *args: object) -> str:
    """The page that follows a form, or the form again."""
    return client.post(reverse(name, args=args), data, follow=True).content.decode()


def undo_of(page: str) -> str:
    """The address that takes the change back which the page tells of."""
    return re.search(r'action="(/settings/undo/\d+/)"', page)[1]
