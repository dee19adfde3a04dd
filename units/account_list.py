"""The list of an office's accounts: which are shown, in which order, and what stands beside each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone

from units.appointing import span_in_words
from units.directory import Directory, Unresolved
from units.locks import locked_accounts, locked_until
from units.models import Membership, Office, User
from units.people import accounts_of, named
from units.roles import ROLES

IDLE_AFTER = timedelta(days=90)
"""Nobody signed in for so long: an account to be asked about (GB/T 22239-2019, 8.1.4.1: no stale accounts)."""


class AccountState(StrEnum):
    """How an account stands; what keeps somebody out comes first."""

    words: str
    chip: str

    def __new__(cls, value: str, words: str, chip: str) -> AccountState:
        member = str.__new__(cls, value)
        member._value_ = value
        member.words, member.chip = words, chip
        return member

    OFF = "off", "已停用", "chip-plain"
    LOCKED = "locked", "已锁定", "chip-behind"
    WITHOUT_PASSWORD = "without_password", "未发初始密码", "chip-soon"
    NEVER = "never", "从未登录", "chip-plain"
    WITHOUT_ROLE = "without_role", "没有任职", "chip-soon"
    IDLE = "idle", "90天未登录", "chip-mended"
    IN_USE = "in_use", "正常", "chip-good"


OFFERED = (
    (AccountState.IN_USE.value, "在用"),
    (AccountState.NEVER.value, AccountState.NEVER.words),
    (AccountState.LOCKED.value, AccountState.LOCKED.words),
    (AccountState.IDLE.value, AccountState.IDLE.words),
    (AccountState.WITHOUT_ROLE.value, AccountState.WITHOUT_ROLE.words),
    (AccountState.OFF.value, AccountState.OFF.words),
)
"""The states a list can be narrowed to."""


@dataclass(frozen=True)
class AccountRow:
    """An account with what its person is and how it stands."""

    user: User
    titles: tuple[str, ...]
    state: AccountState
    locked_until: datetime | None = None

    @property
    def unit_name(self) -> str:
        """What the person is first, as a slip says it."""
        return self.titles[0] if self.titles else ""


# --- which


def selected(
    office: Office, at: datetime, *, directory: Directory, q: str = "", role: str = "", unit: str = "", state: str = ""
) -> QuerySet[User]:
    """The accounts of the office that are so named, hold that role and act for that unit today, and stand so.

    In the order of the office's roles, then of the units; who holds nothing today comes last.
    """
    day = timezone.localdate(at)
    held = Membership.objects.in_force(day).filter(office=office, user=OuterRef("pk"))
    if role:
        held = held.filter(role=role)
    if unit:
        found = directory.resolve(unit, day)
        held = held.none() if isinstance(found, Unresolved) else held.filter(unit=found.unit_id)
    users = named(accounts_of(office), q)
    if role or unit:
        users = users.filter(Exists(held))
    return _in_order(_standing_so(users, state, office, at), held)


def _standing_so(users: QuerySet[User], state: str, office: Office, at: datetime) -> QuerySet[User]:
    on = users.filter(is_active=True)
    holding = Exists(Membership.objects.in_force(timezone.localdate(at)).filter(office=office, user=OuterRef("pk")))
    match state:
        case AccountState.OFF:
            return users.filter(is_active=False)
        case AccountState.LOCKED:
            return on.filter(username__in=locked_accounts(at))
        case AccountState.NEVER:
            return on.filter(last_login__isnull=True)
        case AccountState.IDLE:
            return on.filter(last_login__lt=at - IDLE_AFTER)
        case AccountState.WITHOUT_ROLE:
            return on.exclude(holding)
        case AccountState.IN_USE:
            return on.filter(holding)
    return users


def _in_order(users: QuerySet[User], held: QuerySet[Membership]) -> QuerySet[User]:
    ranks = {key: number - len(ROLES) for number, key in enumerate(ROLES)}
    place = Case(
        *(When(role=key, then=Value(ranks[key])) for key, role in ROLES.items() if not role.for_unit),
        default=F("unit__position"),
        output_field=IntegerField(),
    )
    first = held.annotate(place=place).order_by("place", "id").values("place")[:1]
    return users.annotate(place=Subquery(first)).order_by(F("place").asc(nulls_last=True), "username")


def counted(office: Office, at: datetime) -> dict[str, int]:
    """How many accounts there are, and how many stand in each state that asks for something. Two queries."""
    on = Q(is_active=True)
    numbers = accounts_of(office).aggregate(
        total=Count("pk"),
        off=Count("pk", filter=~on),
        never=Count("pk", filter=on & Q(last_login__isnull=True)),
        idle=Count("pk", filter=on & Q(last_login__lt=at - IDLE_AFTER)),
    )
    locked = accounts_of(office).filter(on, username__in=locked_accounts(at)).count()
    return numbers | {"locked": locked}


# --- what stands beside each


def furnished(users: Iterable[User], office: Office, at: datetime, directory: Directory) -> list[AccountRow]:
    """The accounts of a page with titles and states. Two queries."""
    listed = list(users)
    titles = titles_of(listed, office, timezone.localdate(at), directory)
    locked = locked_until([user.username for user in listed], at)
    return [
        AccountRow(
            user,
            titles.get(user.pk, ()),
            state_of(user, bool(titles.get(user.pk)), locked, at),
            locked.get(user.username),
        )
        for user in listed
    ]


def titles_of(users: Iterable[User], office: Office, day: date, directory: Directory) -> dict[int, tuple[str, ...]]:
    """What each person is on `day` or will be, in words: 兰山街道单位联络员, 办公室经办（自2020年8月1日起）. One query."""
    found: dict[int, tuple[str, ...]] = {}
    held = Membership.objects.filter(office=office, user__in=[user.pk for user in users])
    for each in held.filter(Q(until__isnull=True) | Q(until__gt=day)).order_by("since", "id"):
        found[each.user_id] = (*found.get(each.user_id, ()), title_of(each, day, directory))
    return found


def title_of(membership: Membership, day: date, directory: Directory) -> str:
    """A role with its unit as it is called on `day`; with its days where it has not begun or is about to end."""
    role = ROLES[membership.role].display_name
    where = directory.entry(membership.unit_id, day).short_name if membership.unit_id else ""
    if membership.since > day or membership.until is not None:
        return f"{where}{role}（{span_in_words(membership.since, membership.until)}）"
    return f"{where}{role}"


def state_of(user: User, holds: bool, locked: Mapping[str, datetime], at: datetime) -> AccountState:
    """How the account stands."""
    if not user.is_active:
        return AccountState.OFF
    if user.username in locked:
        return AccountState.LOCKED
    if not user.has_usable_password():
        return AccountState.WITHOUT_PASSWORD
    if not holds:
        return AccountState.WITHOUT_ROLE
    if user.last_login is None:
        return AccountState.NEVER
    return AccountState.IDLE if user.last_login < at - IDLE_AFTER else AccountState.IN_USE
