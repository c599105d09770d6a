"""Small charts as inline SVG, drawn from numbers alone: nothing to load, nothing to run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from math import isfinite

from markupsafe import Markup

Point = tuple[float, float]

WIDTH, HEIGHT = 340, 150
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 8, 8, 22
_DASHES = ("", "6 3", "2 3", "8 3 2 3")
"""Lines differ in their dashes and not in colour alone."""


def curves(series: Mapping[str, Sequence[Point]]) -> Markup:
    """Lines over the same axes, which span what is drawn; points that are not finite are left out.

    Empty where there is nothing to draw.
    """
    drawn = {
        name: [(x, y) for x, y in points if isfinite(x) and isfinite(y)]
        for name, points in series.items()
    }
    everything = [point for points in drawn.values() for point in points]
    if not everything:
        return Markup()
    low_x, high_x = _range(x for x, _ in everything)
    low_y, high_y = _range(y for _, y in everything)
    parts = [_axes(low_x, high_x, low_y, high_y)]
    for index, points in enumerate(drawn.values()):
        path = " ".join(
            f"{_across(x, low_x, high_x):.1f},{_up(y, low_y, high_y):.1f}" for x, y in points
        )
        style = f'class="line c{index % 6}" stroke-dasharray="{_DASHES[index % len(_DASHES)]}"'
        parts.append(f'<polyline {style} points="{path}"/>')
    return _svg(parts, ", ".join(drawn))


def bars(shares: Sequence[float], labels: Sequence[str]) -> Markup:
    """A histogram of `shares`, each in [0, 1], with a label under the first and the last bar."""
    if not shares:
        return Markup()
    high = max(*shares, 1e-9)
    step = (WIDTH - _LEFT - _RIGHT) / len(shares)
    parts = [
        f'<text x="{_LEFT - 4}" y="{_TOP + 8}" text-anchor="end">{_short(high)}</text>',
        f'<text x="{_LEFT}" y="{HEIGHT - 6}">{escape(labels[0])}</text>',
        f'<text x="{WIDTH - _RIGHT}" y="{HEIGHT - 6}" text-anchor="end">'
        f"{escape(labels[-1])}</text>",
    ]
    for index, (share, label) in enumerate(zip(shares, labels, strict=True)):
        top = _up(share, 0, high)
        parts.append(
            f'<rect class="bar" x="{_LEFT + index * step + 1:.1f}" y="{top:.1f}" '
            f'width="{step - 2:.1f}" height="{HEIGHT - _BOTTOM - top:.1f}">'
            f"<title>{escape(label)}: {share:.3f}</title></rect>"
        )
    return _svg(parts, "histogram")


def intervals(rows: Mapping[str, tuple[float, float, float]]) -> Markup:
    """A mean with its interval for each name, on a scale from 0 to 1."""
    if not rows:
        return Markup()
    step = (WIDTH - _LEFT - _RIGHT) / len(rows)
    parts = [_axes(None, None, 0, 1)]
    for index, (name, (mean, low, high)) in enumerate(rows.items()):
        x = _LEFT + (index + 0.5) * step
        parts.append(
            f'<line class="line c0" x1="{x:.1f}" x2="{x:.1f}" '
            f'y1="{_up(low, 0, 1):.1f}" y2="{_up(high, 0, 1):.1f}"/>'
            f'<circle class="dot" cx="{x:.1f}" cy="{_up(mean, 0, 1):.1f}" r="3.5">'
            f"<title>{escape(name)}: {mean:.3f} [{low:.3f}, {high:.3f}]</title></circle>"
            f'<text x="{x:.1f}" y="{HEIGHT - 6}" text-anchor="middle">{escape(name[:14])}</text>'
        )
    return _svg(parts, "accuracy by stage")


def _axes(low_x: float | None, high_x: float | None, low_y: float, high_y: float) -> str:
    right, bottom = WIDTH - _RIGHT, HEIGHT - _BOTTOM
    out = (
        f'<path class="axis" d="M{_LEFT},{_TOP}V{bottom}H{right}"/>'
        f'<text x="{_LEFT - 4}" y="{_TOP + 8}" text-anchor="end">{_short(high_y)}</text>'
        f'<text x="{_LEFT - 4}" y="{bottom}" text-anchor="end">{_short(low_y)}</text>'
    )
    if low_x is None or high_x is None:
        return out
    return (
        out + f'<text x="{_LEFT}" y="{HEIGHT - 6}">{_short(low_x)}</text>'
        f'<text x="{right}" y="{HEIGHT - 6}" text-anchor="end">{_short(high_x)}</text>'
    )


def _svg(parts: Sequence[str], label: str) -> Markup:
    return Markup(
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(label)}">'
        + "".join(parts)
        + "</svg>"
    )


def _range(values: Iterable[float]) -> tuple[float, float]:
    found = sorted(values)
    low, high = found[0], found[-1]
    return (low, high) if high > low else (low - 0.5, high + 0.5)


def _across(x: float, low: float, high: float) -> float:
    return _LEFT + (x - low) / (high - low) * (WIDTH - _LEFT - _RIGHT)


def _up(y: float, low: float, high: float) -> float:
    bottom = HEIGHT - _BOTTOM
    return bottom - (y - low) / (high - low) * (bottom - _TOP)


def _short(value: float) -> str:
    return f"{value:.3g}"
