"""Whom to call when something does not work: known without asking the database, which may be what does not work."""

from __future__ import annotations

from dataclasses import dataclass

from units.models import Office


@dataclass(frozen=True)
class Contact:
    """An office's section and telephone, as a page of an error names them."""

    section: str = ""
    phone: str = ""


_known: dict[int, Contact] = {}
"""By office, as pages last showed it; a process remembers what it has seen."""


def keep(office: Office) -> None:
    """Remember an office that a page has just shown."""
    _known[office.pk] = Contact(office.section or office.short_name, office.phone)


def known(office: Office | None = None) -> Contact:
    """The contact of that office, or of the first that is known; an empty one where none is."""
    if office is not None:
        keep(office)
        return _known[office.pk]
    return next(iter(_known.values()), Contact())
