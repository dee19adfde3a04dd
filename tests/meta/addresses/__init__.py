"""Which address answers whom with what, a module a family of pages; `tests/meta/permissions_page.py` prints them."""

from tests.meta.addresses import imports, jobs, lists, notices, records, sessions

ADDRESSES = (
    *sessions.ADDRESSES,
    *lists.ADDRESSES,
    *records.ADDRESSES,
    *imports.ADDRESSES,
    *jobs.ADDRESSES,
    *notices.ADDRESSES,
)
