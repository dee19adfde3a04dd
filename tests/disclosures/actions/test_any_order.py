"""Whatever people do to one duty, in whatever order: one hand-in waits at most, and no file is ever lost."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from disclosures.actions.duties import DutyRefused
from disclosures.compliance import Standing
from disclosures.files.keeping import content_of
from disclosures.models import HandIn, StoredFile, Submission
from tests.desk import Desk, pdf

Review = Submission.Review


class AnyOrder(RuleBasedStateMachine):
    """A unit hands in and takes back, the office accepts, returns and reopens; a model in memory knows what must come of it."""

    @initialize()
    def open_desk(self) -> None:
        self.desk = Desk()
        self.brought = 0

    def newest(self) -> HandIn | None:
        return HandIn.objects.filter(withdrawn_at=None).order_by("number").last()

    # --- what people do

    @rule(days=st.integers(0, 6))
    def time_passes(self, days: int) -> None:
        self.desk.later(days=days, minutes=7)

    @rule()
    def hand_in(self) -> None:
        accepted = Submission.objects.filter(review=Review.ACCEPTED).exists()
        content = pdf(f"{self.brought}.pdf", str(self.brought).encode())
        try:
            version = self.desk.hand_in(content)
        except DutyRefused:
            assert accepted, "only what is accepted keeps others out"
        else:
            assert not accepted
            assert version.submission is not None
            assert version.submission.review == Review.PENDING
            self.brought += 1

    @rule()
    def withdraw(self) -> None:
        version = self.newest()
        if version is None:
            return
        waits = version.submission is not None and version.submission.review == Review.PENDING
        try:
            self.desk.withdraw(version)
        except DutyRefused:
            assert not waits, "what waits can be taken back"
        else:
            assert waits

    @rule(accepted=st.booleans())
    def decide(self, accepted: bool) -> None:
        version = self.newest()
        if version is None:
            return
        waits = version.submission is not None and version.submission.review == Review.PENDING
        try:
            self.desk.accept(version) if accepted else self.desk.return_(version)
        except DutyRefused:
            assert not waits, "what waits can be decided"
        else:
            assert waits

    @rule()
    def reopen(self) -> None:
        record = Submission.objects.exclude(review=Review.PENDING).order_by("submitted_on", "id").last()
        if record is None:
            return
        try:
            self.desk.reopen(record)
        except DutyRefused:
            assert Submission.objects.exclude(pk=record.pk).exclude(review=Review.RETURNED).exists()

    # --- what must hold

    @invariant()
    def at_most_one_waits_and_at_most_one_is_accepted(self) -> None:
        counting = Submission.objects.exclude(review=Review.RETURNED)
        assert counting.count() <= 1

    @invariant()
    def nothing_is_lost(self) -> None:
        if not hasattr(self, "desk"):
            return
        files = StoredFile.objects.filter(hand_ins__isnull=False).order_by("id")
        assert files.count() == HandIn.objects.count() == self.brought
        for number, file in enumerate(files):
            assert content_of(file).endswith(str(number).encode())

    @invariant()
    def every_version_is_recorded_or_withdrawn(self) -> None:
        for version in HandIn.objects.all():
            assert (version.submission is None) == (version.withdrawn_at is not None)

    @invariant()
    def every_record_has_a_version(self) -> None:
        for record in Submission.objects.all():
            versions = list(record.hand_ins.order_by("number"))
            assert versions
            assert record.title == versions[-1].title
            assert (record.review == Review.RETURNED) <= bool(record.review_words)

    @invariant()
    def the_duty_stands_as_its_records_say(self) -> None:
        if not hasattr(self, "desk"):
            return
        duty = self.desk.duty()
        counting = [record for record in duty.submissions if record.review != Review.RETURNED]
        if counting:
            in_time = counting[0].submitted_on <= date(2020, 6, 30)
            assert duty.standing is (Standing.DONE if in_time else Standing.LATE)
        else:
            assert duty.standing in (Standing.AWAITED, Standing.MISSING)


@pytest.fixture
def taken_back(db: None) -> type[RuleBasedStateMachine]:
    """The machine, each of whose runs begins with an empty database."""

    class InTransaction(AnyOrder):
        def __init__(self) -> None:
            super().__init__()
            self.transaction = transaction.atomic()
            self.transaction.__enter__()

        def teardown(self) -> None:
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    return InTransaction


@pytest.mark.slow
def test_whatever_people_do_one_waits_and_no_file_is_lost(taken_back):
    run_state_machine_as_test(
        taken_back,
        settings=settings(
            max_examples=25,
            stateful_step_count=14,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
