"""How a person sees a list: which columns, how close the rows, how many on a page."""

from __future__ import annotations

from collections.abc import Collection

from disclosures.lists.columns import ListColumn
from disclosures.lists.kinds import ListKind
from disclosures.models import ListLayout
from units.models import User

PAGE_ROWS = (20, 50, 100, 200)
USUAL_ROWS = 50


def layout_of(user: User | None, kind: ListKind) -> ListLayout:
    """The person's layout of a list, or the usual one."""
    kept = ListLayout.objects.filter(user=user, kind=kind.key).first() if user else None
    return kept or ListLayout(user=user, kind=kind.key)


def shown_columns(kind: ListKind, layout: ListLayout) -> list[ListColumn]:
    """The columns of the layout, in the order of the list."""
    if layout.columns is None:
        return [column for column in kind.columns if not column.extra]
    return [column for column in kind.columns if column.naming or column.key in layout.columns]


def arrange(*, kind: ListKind, user: User, columns: Collection[str], dense: bool, page_rows: int) -> None:
    """Keep how the person wants to see the list; the usual columns are kept as no choice."""
    usual = {column.key for column in kind.columns if not column.extra and not column.naming}
    chosen = {column.key for column in kind.columns if column.key in columns and not column.naming}
    ListLayout.objects.update_or_create(
        user=user,
        kind=kind.key,
        defaults={
            "columns": None if chosen == usual else sorted(chosen),
            "dense": dense,
            "page_rows": page_rows if page_rows in PAGE_ROWS else USUAL_ROWS,
        },
    )


def rearrange(*, kind: ListKind, user: User) -> None:
    """Forget the person's layout of the list."""
    ListLayout.objects.filter(user=user, kind=kind.key).delete()
