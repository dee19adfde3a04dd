"""Which address answers whom with what, a module a family of pages; `tests/meta/permissions_page.py` prints them."""

from tests.meta.addresses import (
    imports,
    jobs,
    lists,
    notices,
    overview,
    people,
    records,
    register,
    reminders,
    sessions,
    settings,
    tasks,
)

ADDRESSES = (
    *sessions.ADDRESSES,
    *people.ADDRESSES,
    *register.ADDRESSES,
    *lists.ADDRESSES,
    *overview.ADDRESSES,
    *tasks.ADDRESSES,
    *records.ADDRESSES,
    *imports.ADDRESSES,
    *jobs.ADDRESSES,
    *notices.ADDRESSES,
    *reminders.ADDRESSES,
    *settings.ADDRESSES,
)
