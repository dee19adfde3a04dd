"""A line without axes: how a number went, beside the number itself."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.safestring import SafeString

from reports.charts.drawing import element

WIDTH, HEIGHT, EDGE = 124.0, 38.0, 4.0


def spark(values: Sequence[int | None]) -> SafeString | str:
    """The line of the values from the first that is known on; nothing where fewer than three are. Decoration: the numbers
    stand in the trend's table."""
    known = [(at, value) for at, value in enumerate(values) if value is not None]
    if len(known) < 3:
        return ""
    first, last = known[0][0], known[-1][0]
    low, high = min(value for _, value in known), max(value for _, value in known)
    across, down = (WIDTH - 2 * EDGE) / (last - first), (HEIGHT - 2 * EDGE) / ((high - low) or 1)
    points = [
        (EDGE + (at - first) * across, HEIGHT - EDGE - (value - low) * down if high > low else HEIGHT / 2)
        for at, value in known
    ]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    area = f"{EDGE:g},{HEIGHT:g} {path} {points[-1][0]:.1f},{HEIGHT:g}"
    return element(
        "svg",
        element("polygon", points=area, class_="spark-area"),
        element("polyline", points=path, class_="spark-line"),
        element("circle", cx=points[-1][0], cy=points[-1][1], r=2.6, class_="spark-end"),
        viewBox=f"0 0 {WIDTH:g} {HEIGHT:g}",
        class_="spark",
        aria_hidden="true",
        focusable="false",
    )
