"""Taking times and printing ratios."""

import statistics
import time
from collections.abc import Callable


def seconds(action: Callable[[], object], times: int = 1) -> float:
    """The median wall time of `times` runs."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        action()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def report(what: str, ratio: float, target: str, detail: str = "") -> None:
    """One line: what, the ratio, its target, the figures behind it."""
    print(f"  {what:<58} {ratio:>8.2f}   目标 {target:<8} {detail}", flush=True)
