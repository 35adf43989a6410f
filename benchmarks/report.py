"""What was measured, against what was wanted, as a table."""

import os
import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median, quantiles

_BEGIN, _END = "<!-- measured: {} -->", "<!-- end -->"


def ninetieth(values: Sequence[float]) -> float:
    """Return the value that nine in ten do not pass."""
    return quantiles(values, n=10, method="inclusive")[-1]


def ninety_fifth(values: Sequence[float]) -> float:
    """Return the value that nineteen in twenty do not pass."""
    return quantiles(values, n=20, method="inclusive")[-1]


@dataclass(frozen=True)
class Line:
    """What was measured of each column's app, in one unit, and the most that the last may be.

    The most is so many times the first column where there are several, unless it is ``absolute``,
    else by itself. A column of which this was not measured has no values.
    """

    name: str
    columns: Sequence[Sequence[float]]
    most: float | None = None
    form: str = "{:.2f}"
    of_all: Callable[[Sequence[float]], float] = median
    absolute: bool = False

    @property
    def ratio(self) -> float | None:
        """The last column as so many times the first; nothing where that is nought."""
        several = len(self.columns) > 1 and len(self.columns[0])
        # CPU is counted in hundredths of a second: of a short step there may be none.
        first = self.of_all(self.columns[0]) if several else 0.0
        return self.of_all(self.columns[-1]) / first if first else None

    @property
    def verdict(self) -> str:
        """Whether the target is met; nothing where there is none."""
        if self.most is None:
            return ""
        ratio = None if self.absolute else self.ratio
        reached = self.of_all(self.columns[-1]) if ratio is None else ratio
        return "met" if reached <= self.most else "**missed**"

    def cells(self) -> list[str]:
        """Return each column's value, and from which to which it went."""
        return [self._cell(values) for values in self.columns]

    def _cell(self, values: Sequence[float]) -> str:
        if not values:
            return ""
        ends = [self.form.format(one) for one in (self.of_all(values), min(values), max(values))]
        return ends[0] if len(values) == 1 else "{} ({} to {})".format(*ends)


def table(names: Sequence[str], lines: Sequence[Line]) -> str:
    """Return lines as a Markdown table with these names of columns."""
    times = ("times", "at most") if len(names) > 1 else ("at most",)
    rows = [["", *names, *times, ""], ["---"] * (len(names) + len(times) + 2)]
    for one in lines:
        ratio = [_said(one.ratio, "{:.2f}")] if len(names) > 1 else []
        rows.append([one.name, *one.cells(), *ratio, _format_most(one, len(names)), one.verdict])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _format_most(line: Line, columns: int) -> str:
    most = _said(line.most, "{:g}")
    return f"{most} in all" if most and line.absolute and columns > 1 else most


def _said(value: float | None, form: str) -> str:
    return "" if value is None else form.format(value)


def machine() -> str:
    """Return what it was measured with, and when."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    day = datetime.now(UTC)
    return (
        f"{day.day} {day:%B %Y}; {os.cpu_count()} cores ({_processor()}), {memory:.0f} GiB, "
        f"{platform.system()}; Python {platform.python_version()}, "
        f"Streamlit {version('streamlit')}"
    )


def _processor() -> str:
    about = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = (line.split(":")[1].strip() for line in about if line.startswith("model name"))
    return next(names, platform.machine())


def write(document: Path, part: str, words: str) -> None:
    """Put words in the place of a document that is kept for them.

    Raises:
        ValueError: it has no such place.
    """
    text = document.read_text(encoding="utf-8")
    before, begin, rest = text.partition(_BEGIN.format(part))
    _, end, after = rest.partition(_END)
    if not end:
        raise ValueError(f"{document.name} keeps no place for {part}")
    document.write_text(f"{before}{begin}\n\n{words}\n\n{end}{after}", encoding="utf-8")
