"""Searching: the records that hold every word of a query, found by one character as well as by ten.

`found` narrows a queryset as LIKE would, and with the same result; `newest` gives the first page of a search through
everything an office has, in the order of the list, without a look at the rest. Both ask the index of
`disclosures/search/index.py`.

A word of letters or digits is not looked for in what citizens wrote: lists blot numbers out there (`disclosures/masking.py`),
and whoever could search for them would learn them one by one.
"""

from __future__ import annotations

import re
import unicodedata
from time import monotonic
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Model, Q, QuerySet
from django.db.models.expressions import RawSQL

from disclosures.search.index import DAY_SHIFT, ID_MASK, SEARCHED, Searched
from lanshan_portal.periods import Period
from units.models import Office

LONGEST_QUERY = 60
BRACKETS = "〔〕[]［］()（）{}【】《》<>〈〉“”‘’\"'「」"
"""A document number is written 〔2020〕, [2020] and (2020): brackets part words and are not looked for."""
KNOWN_FOR = 600.0
"""Seconds for which the frequencies of pairs are held to be as they were."""
_LATIN_OR_DIGIT = re.compile(r"[A-Za-z]|\d")


def words_of(query: str) -> list[str]:
    """The words looked for: parted by spaces and brackets, letters of the alphabet in small, each once."""
    plain = "".join(" " if _parts(each) else each for each in query[:LONGEST_QUERY])
    return list(dict.fromkeys(plain.translate(_SMALL).split()))


_SMALL = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


def _parts(character: str) -> bool:
    return character in BRACKETS or unicodedata.category(character)[0] in "ZC"


def found(rows: QuerySet[Any], query: str, *, span: Period | None = None) -> QuerySet[Any]:
    """The rows that hold every word of the query; all of them for a query without words.

    `span` is a hint: the days the rows are narrowed to elsewhere.
    """
    words = words_of(query)
    if not words:
        return rows
    searched = SEARCHED[rows.model]
    rows = rows.filter(_condition(searched, words))
    if connection.vendor == "sqlite":
        numbers = f'SELECT rowid & {ID_MASK} FROM "{searched.index}" WHERE "{searched.index}" MATCH %s'
        parameters: list[Any] = [_match(words)]
        if span:
            numbers += " AND rowid BETWEEN %s AND %s"
            parameters += [_julian(span.start) << DAY_SHIFT, _julian(span.end) << DAY_SHIFT]
        rows = rows.filter(pk__in=RawSQL(numbers, parameters))
    return rows


def containing(query: str, *lookups: str) -> Q:
    """The same for a small register without an index: every word stands in one of the fields."""
    wanted = Q()
    for word in words_of(query):
        anywhere = Q()
        for lookup in lookups:
            anywhere |= Q(**{f"{lookup}__icontains": word})
        wanted &= anywhere
    return wanted


def newest(model: type[Model], office: Office, query: str, reach: int) -> list[int]:
    """The ids of the newest `reach` records of the office that hold every word, in the order of the list.

    A frequent word is met soon among the newest records, a rare one is looked up; which of the two it is, the statistics of
    the database tell.
    """
    words = words_of(query)
    if not words:
        return []
    searched = SEARCHED[model]
    rows = _among_newest(searched, office, words, reach)
    return rows if rows is not None else _through_index(searched, office, words, reach)


# --- conditions


def _condition(searched: Searched, words: list[str], owner: str = "") -> RawSQL:
    """What a row fulfils that holds every word, by the row itself."""
    sql, parameters = _conditions(searched, words, owner or f'"{searched.table}"')
    return RawSQL(sql, parameters, output_field=BooleanField())


def _conditions(searched: Searched, words: list[str], owner: str) -> tuple[str, list[str]]:
    vendor = connection.vendor
    holds = "strpos" if vendor == "postgresql" else "instr"
    conditions: list[str] = []
    parameters: list[str] = []
    if vendor == "postgresql":
        conditions.append(f"{owner}.pairs @@ %s::tsquery")
        parameters.append(_tsquery(searched, words))
    for word in words:
        hidden = bool(searched.citizens) and _LATIN_OR_DIGIT.search(word) is not None
        # Two characters are one pair: the index has said it all.
        if hidden or vendor != "postgresql" or len(word) > 2:
            text = searched.words(vendor, owner, citizens=not hidden)
            conditions.append(f"{holds}({text}, %s) > 0")
            parameters.append(word)
    return " AND ".join(conditions), parameters


def _pairs(word: str) -> list[str]:
    return [word[at : at + 2] for at in range(len(word) - 1)]


# --- PostgreSQL: frequent words by the newest rows, others by the index


def _tsquery(searched: Searched, words: list[str]) -> str:
    """The pairs to look up, as a tsquery.

    Of pairs that are all frequent only the rarest is given. The planner takes pairs to be independent of each other: it would
    hold 信息公开 to be as rare as 信息 times 息公 times 公开, and fetch a hundred thousand rows by the index.
    """
    known = _frequencies(searched)
    wanted = [f"{_quoted(word)}:*" for word in words if len(word) == 1]
    pairs = list(dict.fromkeys(pair for word in words for pair in _pairs(word)))
    rare = [pair for pair in pairs if pair not in known]
    if pairs:
        wanted += map(_quoted, rare or [min(pairs, key=lambda pair: known[pair])])
    return " & ".join(wanted)


def _quoted(lexeme: str) -> str:
    escaped = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


_kept_frequencies: dict[tuple[str, str], tuple[float, dict[str, float]]] = {}


def _frequencies(searched: Searched) -> dict[str, float]:
    """The share of records that hold a pair, for the thousand or so most frequent ones; any other is rare."""
    place = (str(connection.settings_dict["NAME"]), searched.table)
    at, known = _kept_frequencies.get(place, (0.0, {}))
    if not at or monotonic() - at > KNOWN_FOR:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT most_common_elems::text::text[], most_common_elem_freqs FROM pg_stats "
                "WHERE schemaname = ANY(current_schemas(false)) AND tablename = %s AND attname = 'pairs'",
                [searched.table],
            )
            pairs, shares = cursor.fetchone() or ((), ())
        # Behind the shares of the pairs stand their least and greatest.
        known = dict(zip(pairs or (), shares or (), strict=False))
        _kept_frequencies[place] = (monotonic(), known)
    return known


def forget_frequencies() -> None:
    """Ask the database again; for tests and measurements, which fill a table at once."""
    _kept_frequencies.clear()


def _frequency(searched: Searched, words: list[str]) -> float:
    """The share of records that hold every word, at most; 0 where a word is rare."""
    known = _frequencies(searched)
    shares = []
    for word in words:
        if len(word) == 1:
            shares.append(min(1.0, sum(share for pair, share in known.items() if pair.startswith(word))))
        else:
            shares += [known.get(pair, 0.0) for pair in _pairs(word)]
    return min(shares)


# --- the newest


NEWEST_LOOKED_AT = 5_000
"""SQLite has no statistics of pairs: for a single character so many of the newest rows are looked at first."""
MARGIN = 2.5
"""So many times the rows are looked at among which a frequent word is expected often enough."""


def _among_newest(searched: Searched, office: Office, words: list[str], reach: int) -> list[int] | None:
    """The answer, if the words are met often enough among the newest rows; None if the index must be asked."""
    if connection.vendor == "postgresql":
        share = _frequency(searched, words)
        if not share:
            return None
        looked_at = int(MARGIN * reach / share) + 100
    elif all(len(word) == 1 for word in words):
        looked_at = NEWEST_LOOKED_AT
    else:
        return None
    conditions, parameters = _conditions(searched, words, "newest")
    order = f'"{searched.day}" DESC, id DESC'
    rows = _ids(
        f'SELECT id FROM (SELECT * FROM "{searched.table}" WHERE office_id = %s ORDER BY {order} LIMIT %s) AS newest '
        f"WHERE {conditions} ORDER BY {order} LIMIT %s",
        [office.pk, looked_at, *parameters, reach],
    )
    return rows if len(rows) == reach else None


def _through_index(searched: Searched, office: Office, words: list[str], reach: int) -> list[int]:
    table = searched.table
    conditions, parameters = _conditions(searched, words, "kept")
    if connection.vendor == "postgresql":
        # day + 0: no index gives that order, so the planner cannot hope to meet a rare word by walking along one.
        return _ids(
            f'SELECT id FROM "{table}" AS kept WHERE office_id = %s AND {conditions} '
            f'ORDER BY kept."{searched.day}" + 0 DESC, id DESC LIMIT %s',
            [office.pk, *parameters, reach],
        )
    return _ids(
        f'SELECT kept.id FROM "{searched.index}" AS found JOIN "{table}" AS kept ON kept.id = found.rowid & {ID_MASK} '
        f'WHERE found."{searched.index}" MATCH %s AND kept.office_id = %s AND {conditions} ORDER BY found.rowid DESC LIMIT %s',
        [_match(words), office.pk, *parameters, reach],
    )


def _ids(sql: str, parameters: list[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [pk for (pk,) in cursor.fetchall()]


# --- SQLite


def _match(words: list[str]) -> str:
    """The query of the full-text table."""
    wanted = [f"{_string(word)} *" for word in words if len(word) == 1]
    wanted += map(_string, dict.fromkeys(pair for word in words for pair in _pairs(word)))
    return " AND ".join(wanted)


def _string(token: str) -> str:
    doubled = token.replace('"', '""')
    return f'"{doubled}"'


def _julian(day: Any) -> int:
    """The number of a day as SQLite's julianday counts, less its half."""
    return int(day.toordinal()) + 1_721_424
