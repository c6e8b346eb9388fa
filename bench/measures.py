"""What is measured, what it is to reach, and the report: pure, from numbers to a table and to ``bench.json``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median, quantiles
from typing import Any, TypeAlias

Samples: TypeAlias = Mapping[str, Sequence[float]]
"""What one side took, by a measure's key: a number for each round, click or kernel."""


@dataclass(frozen=True)
class Measure:
    """One line of the report. ``most`` is the target: of ours / core, or of ours alone where nothing is compared."""

    key: str
    name: str
    unit: str
    most: float
    compared: bool = True


MEASURES = (
    Measure("bytes", "Kernel websocket, opening to last item usable", "kB", 0.4),
    Measure("comms", "Comms opened", "", 0.15),
    Measure("open", "Opening to last item usable", "ms", 1.0),
    Measure("run", "Of that, after the new kernel has answered", "ms", 1.0),
    Measure("click", 'Click to "Saved" (core: to feedback, nothing saved)', "ms", 1.5),
    Measure("check", "Click to feedback (ours: saved before it shows)", "ms", 1.5),
    Measure("import_ms", "import casebook and first calls add", "ms", 100, compared=False),
    Measure("import_mb", "the same, memory of the kernel", "MB", 12, compared=False),
)


@dataclass(frozen=True)
class Spread:
    """The median of some samples, and between what the middle half of them lies."""

    median: float
    low: float
    high: float
    count: int


@dataclass(frozen=True)
class Result:
    """A measure with what came out; ``value`` is what its target is about."""

    measure: Measure
    ours: Spread
    core: Spread | None
    value: float

    @property
    def is_met(self) -> bool:
        """Whether the target is met; just meeting it is enough."""
        return self.value <= self.measure.most


def spread(samples: Sequence[float]) -> Spread:
    """The spread of at least two samples."""
    low, _, high = quantiles(samples, n=4, method="inclusive")
    return Spread(median(samples), low, high, len(samples))


def results(ours: Samples, core: Samples, measures: Iterable[Measure] = MEASURES) -> list[Result]:
    """Each measure with what both sides took; ``KeyError`` where one was not taken."""
    return [_result(measure, ours, core) for measure in measures]


def _result(measure: Measure, ours: Samples, core: Samples) -> Result:
    mine = spread(ours[measure.key])
    if not measure.compared:
        return Result(measure, mine, None, mine.median)
    theirs = spread(core[measure.key])
    return Result(measure, mine, theirs, mine.median / theirs.median)


def table(found: Iterable[Result]) -> str:
    """The results as a Markdown table with its columns in line."""
    lines = [("measure", "ours", "core", "ours / core", "target", ""), *map(_line, found)]
    widths = [max(len(line[n]) for line in lines) for n in range(6)]
    rule = "|".join(["", "-" * (widths[0] + 2), *("-" * (width + 1) + ":" for width in widths[1:5]), "---", ""])
    first, *rest = [_row(line, widths) for line in lines]
    return "\n".join([first, rule, *rest])


def report(found: Iterable[Result], *, at: str, rounds: int, machine: Mapping[str, Any]) -> dict[str, Any]:
    """The results as ``bench.json`` holds them."""
    return {"at": at, "rounds": rounds, "machine": dict(machine), "measures": [_entry(each) for each in found]}


def _entry(found: Result) -> dict[str, Any]:
    measure = asdict(found.measure)
    sides = {"ours": asdict(found.ours), "core": asdict(found.core) if found.core else None}
    return {**measure, **sides, "value": round(found.value, 4), "met": found.is_met}


def _line(found: Result) -> tuple[str, ...]:
    unit, compared = found.measure.unit, found.core is not None
    most = f"≤ {found.measure.most:g}" + ("" if compared else f" {unit}")
    return (
        found.measure.name,
        _shown(found.ours, unit),
        _shown(found.core, unit) if found.core else "",
        f"{found.value:.2f}" if compared else "",
        most,
        "met" if found.is_met else "missed",
    )


def _shown(numbers: Spread, unit: str) -> str:
    """The median, and the middle half where the samples differ."""
    low, middle, high = (_number(n) for n in (numbers.low, numbers.median, numbers.high))
    between = f" ({low} to {high})" if low != high else ""
    return f"{middle} {unit}".rstrip() + between


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 or value == round(value) else f"{value:.1f}"


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    name, *numbers, met = cells
    middle = (number.rjust(width) for number, width in zip(numbers, widths[1:5], strict=True))
    return " | ".join(["| " + name.ljust(widths[0]), *middle, met.ljust(widths[5]) + " |"])
