"""Somebody of each kind to ask for a page as."""

from __future__ import annotations

from datetime import date

from django.test import Client

from units.models import Membership, Office, Unit, User
from units.roles import (
    ADMINISTRATOR,
    AUDITOR,
    ISSUING_LEADER,
    OFFICE_REVIEWER,
    OFFICE_STAFF,
    UNIT_LEADER,
    UNIT_LIAISON,
    Role,
)

PASSWORD = "Lanshan-2020-cheshi"


def person(office: Office, role: Role, unit: Unit | None = None, name: str = "", **fields: object) -> User:
    """A person with one role since long ago."""
    user = User.objects.create_user(
        username=name or f"{role.key}{unit.pk if unit else ''}", password=PASSWORD, **fields
    )
    Membership.objects.create(user=user, office=office, unit=unit, role=role.key, since=date(2020, 1, 1))
    return user


def administrator(office: Office, **fields: object) -> User:
    return person(office, ADMINISTRATOR, **fields)


def staff(office: Office, **fields: object) -> User:
    return person(office, OFFICE_STAFF, **fields)


def reviewer(office: Office, **fields: object) -> User:
    return person(office, OFFICE_REVIEWER, **fields)


def leader(office: Office, **fields: object) -> User:
    return person(office, ISSUING_LEADER, **fields)


def auditor(office: Office, **fields: object) -> User:
    return person(office, AUDITOR, **fields)


def unit_leader(unit: Unit, **fields: object) -> User:
    return person(unit.office, UNIT_LEADER, unit, **fields)


def liaison(unit: Unit, **fields: object) -> User:
    return person(unit.office, UNIT_LIAISON, unit, **fields)


def signed_in(user: User) -> Client:
    """A browser in which `user` is signed in."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client
