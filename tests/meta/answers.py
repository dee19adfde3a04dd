"""Who asks for an address, and what each may get."""

from __future__ import annotations

from dataclasses import dataclass

ANONYMOUS, ADMINISTRATOR, STAFF, REVIEWER, LEADER, LIAISON, UNIT_LEADER, NEIGHBOUR, AUDITOR = (
    "anonymous",
    "administrator",
    "staff",
    "reviewer",
    "leader",
    "liaison",
    "unit_leader",
    "neighbour",
    "auditor",
)
PEOPLE = {
    ANONYMOUS: "未登录",
    ADMINISTRATOR: "系统管理员",
    STAFF: "办公室经办",
    REVIEWER: "办公室审核",
    LEADER: "签发领导",
    LIAISON: "该单位联络员",
    UNIT_LEADER: "该单位分管领导",
    NEIGHBOUR: "其他单位联络员",
    AUDITOR: "审计员",
}

SIGN_IN, GO, OK, DONE, NO, NOT_THERE = "登录", "转到", "可以", "可以 ", "无权", "不存在"
UNTAKEN, ASKS = "可以  ", "可以\u3000"
STATUS = {ASKS: 400, SIGN_IN: 302, GO: 302, OK: 200, DONE: 204, NO: 403, NOT_THERE: 404, UNTAKEN: 422}

"""DONE answers without a page; UNTAKEN and ASKS are forms that were sent empty: they may be sent, and are answered with what
is lacking."""

Answers = dict[str, str]
"""What each of PEOPLE gets."""


def answers(what: str, *people: str, otherwise: str = NO) -> Answers:
    """Those people get `what`, others `otherwise`, and nobody signed in is sent to sign in."""
    return {who: SIGN_IN if who == ANONYMOUS else what if who in people else otherwise for who in PEOPLE}


OFFICE_PEOPLE = (ADMINISTRATOR, STAFF, REVIEWER, LEADER)
UNIT_PEOPLE = (LIAISON, UNIT_LEADER)
READERS = (*OFFICE_PEOPLE, *UNIT_PEOPLE, NEIGHBOUR)

EVERYBODY = dict.fromkeys(PEOPLE, OK)
SIGNED_IN = answers(OK, *PEOPLE)
EVERY_READER = answers(OK, *READERS)
"""Whoever reads anything; units see their own."""
OWN = answers(OK, *OFFICE_PEOPLE, *UNIT_PEOPLE) | {NEIGHBOUR: NOT_THERE}
"""Something of one unit."""
OFFICE = answers(OK, *OFFICE_PEOPLE)
OFFICE_ELSE_NOT_THERE = OFFICE | dict.fromkeys((*UNIT_PEOPLE, NEIGHBOUR), NOT_THERE)
CLERKS = answers(OK, ADMINISTRATOR, STAFF)
REMINDERS = answers(OK, ADMINISTRATOR, STAFF, REVIEWER)
"""Who may remind units."""
ADMINISTRATORS = answers(OK, ADMINISTRATOR)
ITS_UPLOADER = answers(OK, STAFF) | {ADMINISTRATOR: NOT_THERE}


def instead(pattern: Answers, told: str) -> Answers:
    """The same people, who get `told` where the pattern says that they may."""
    return {who: told if answer in (OK, GO, DONE) else answer for who, answer in pattern.items()}


@dataclass(frozen=True)
class Address:
    """One address: its name in the URLconf, its arguments, and what each of PEOPLE gets.

    Arguments in braces are filled from what the test made: a record of the liaison's unit, an upload of the staff's.
    """

    name: str
    what: str
    answers: Answers
    arguments: tuple[str, ...] = ()
    query: str = ""
    method: str = "GET"

    @property
    def shown(self) -> str:
        """The name with its arguments."""
        return f"{self.name}({', '.join(self.arguments)}){self.query}" if self.arguments else f"{self.name}{self.query}"
