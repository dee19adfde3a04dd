"""Lists of records: what each shows (`kinds`, `columns`), which rows make a page (`pages`), what stands beside a row
(`furnishing`)."""

from disclosures.lists.columns import ListColumn
from disclosures.lists.furnishing import furnished
from disclosures.lists.kinds import LISTS, ListKind
from disclosures.lists.pages import CappedPaginator, FoundPaginator, ordered

__all__ = ["LISTS", "CappedPaginator", "FoundPaginator", "ListColumn", "ListKind", "furnished", "ordered"]
