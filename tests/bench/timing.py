"""Taking times and printing ratios."""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence


def seconds(action: Callable[[], object], times: int = 1) -> float:
    """The median wall time of `times` runs."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        action()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def seconds_of_each(
    actions: Mapping[str, Callable[[], object]], rounds: int, before: Mapping[str, Callable[[], object]] | None = None
) -> dict[str, list[float]]:
    """The wall times of each action, one run of each a round, after a first that does not count.

    What stands in `before` under an action's name is done ahead of it, off the clock.
    """
    taken: dict[str, list[float]] = {name: [] for name in actions}
    for _ in range(rounds + 1):
        for name, action in actions.items():
            if before and name in before:
                before[name]()
            begun = time.perf_counter()
            action()
            taken[name].append(time.perf_counter() - begun)
    return {name: times[1:] for name, times in taken.items()}


def percentile(times: Sequence[float], share: int) -> float:
    """The time that `share` of a hundred runs do not exceed."""
    return statistics.quantiles(times, n=100, method="inclusive")[share - 1]


def report(what: str, ratio: float, target: str, detail: str = "") -> None:
    """One line: what, the ratio, its target, the figures behind it."""
    print(f"  {what:<58} {ratio:>8.2f}   目标 {target:<8} {detail}", flush=True)
