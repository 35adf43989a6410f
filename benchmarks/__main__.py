"""Measure, print a table, and with ``--write`` put it into docs/performance.md."""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks import report, visits
from benchmarks.report import Line
from benchmarks.visits import ROOT, App
from browser import chromium
from browser.serve import Server, serving

DOCUMENT = ROOT / "docs" / "performance.md"
COHORTS = ("Original six", "New six", "All twelve")
PAGES = (
    "Map",
    "Funding",
    "Research schools",
    "Why these areas",
    "Outcomes",
    "Area profile",
    "Compare",
    "Data and sources",
    "About",
)
FEW, MANY = 12, 326
# The bare page's other one.
_OTHER = "Second"


def main() -> int:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("what", choices=["pages", "load"], nargs="?", default="pages")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--visitors", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--every", type=float, default=5)
    parser.add_argument("--app", choices=["app.py", "server.py"], default="server.py")
    parser.add_argument("--write", action="store_true", help=f"renew {DOCUMENT.name}")
    asked = parser.parse_args()
    words = _load(asked) if asked.what == "load" else _pages(asked.rounds)
    print(words)
    if asked.write:
        report.write(DOCUMENT, asked.what, words)
    return 0


def _pages(rounds: int) -> str:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        apps = [_app(stack, folder, name, script) for name, script in _SCRIPTS.items()]
        browser = chromium.launch(stack.enter_context(sync_playwright()))
        stack.callback(browser.close)
        names = ("bare page", "plain app", "dashboard")
        parts = [
            f"{report.machine()}, Chromium {browser.version}; {rounds} rounds.",
            report.table(names, _compared(browser, apps, rounds)),
            report.table((f"{FEW} areas", f"{MANY} areas"), [_growth(browser, folder, rounds)]),
        ]
        return "\n\n".join(parts)


_SCRIPTS = {
    "bare": "benchmarks/bare/app.py",
    "plain": "benchmarks/plain/app.py",
    "ours": "app.py",
}


def _app(stack: ExitStack, folder: Path, name: str, script: str) -> App:
    server = stack.enter_context(serving(folder / f"{name}.log", script=script))
    if name == "bare":
        return App(name, server, _list, _list, _choose_in_list, (_OTHER,))
    return App(name, server, *_READER, PAGES if name == "ours" else ())


def _list(page: Page) -> None:
    page.get_by_role("combobox").wait_for()


def _headline(page: Page) -> None:
    page.get_by_test_id("stMetricValue").first.wait_for()


def _map(page: Page) -> None:
    frame = page.frame_locator('[data-testid="stCustomComponentV1"]')
    frame.locator(".leaflet-marker-icon").first.wait_for()


def _choose_cohort(page: Page, at: int) -> None:
    group = page.get_by_role("radiogroup", name="Cohort")
    group.get_by_text(COHORTS[at % 3], exact=True).click()


_READER = (_headline, _map, _choose_cohort)


def _choose_in_list(page: Page, at: int) -> None:
    page.get_by_role("combobox").click()
    page.get_by_role("option", name=("Original six", "New six", "All")[at % 3], exact=True).click()


@dataclass
class _Found:
    """What an app was found to do: all loads, milliseconds and CPU of clicks, switches."""

    loads: list[visits.Load] = field(default_factory=list)
    clicks: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    switches: dict[str, list[float]] = field(default_factory=dict)

    def of_loads(self, name: str, by: float = 1) -> list[float]:
        return [getattr(one, name) / by for one in self.loads]


def _compared(browser: Browser, apps: list[App], rounds: int) -> list[Line]:
    for app in apps:
        visits.first_load(browser, app)  # the server reads its code and figures
    found = {app.name: _Found() for app in apps}
    for _ in range(rounds):
        for app in apps:
            _round(browser, app, found[app.name])
    memory = [[app.server.memory()] for app in apps]
    more = [[_further(browser, app)] for app in apps]
    all_ = list(found.values())
    taken = [one.clicks for one in all_]
    bare, ours = found["bare"].switches[_OTHER], found["ours"].switches
    return [
        Line("First load to headline figures, s", [one.of_loads("headline") for one in all_]),
        Line("First load to map drawn, s", [one.of_loads("drawn") for one in all_], 1.35),
        Line("First load, MB", [one.of_loads("received", 1e6) for one in all_], 1.5),
        Line("Requests and messages", [one.of_loads("requests") for one in all_], form="{:.0f}"),
        Line("First load, server's CPU, s", [one.of_loads("cpu") for one in all_]),
        Line("Filter click, half within, ms", taken, 1.5, "{:.0f}"),
        Line("Filter click, nine in ten within, ms", taken, 1.8, "{:.0f}", report.ninetieth),
        Line("Filter click, server's CPU, ms", [one.cpu for one in all_], form="{:.0f}"),
        *[Line(f"To {name}, ms", [bare, [], ours[name]], 2.5, "{:.0f}") for name in PAGES],
        Line("Server's memory, MB", memory, form="{:.0f}"),
        Line("Each further visitor, MB", more),
    ]


def _round(browser: Browser, app: App, found: _Found) -> None:
    found.loads.append(visits.first_load(browser, app))
    taken, cpu = visits.clicks(browser, app, 6)
    found.clicks += taken
    found.cpu.append(1e3 * cpu)
    for name, milliseconds in visits.switches(browser, app).items():
        found.switches.setdefault(name, []).append(milliseconds)


def _further(browser: Browser, app: App) -> float:
    """Return the megabytes that each of ten more visitors costs."""
    before = app.server.memory()
    with ExitStack() as stack:
        for _ in range(10):
            page = stack.enter_context(visits.opened(browser))
            page.goto(app.server.url)
            app.drawn(page)
        return (app.server.memory() - before) / 10


def _growth(browser: Browser, folder: Path, rounds: int) -> Line:
    with ExitStack() as stack:
        few, many = (
            App(str(number), stack.enter_context(_grown(folder, number)), *_READER, ())
            for number in (FEW, MANY)
        )
        taken: tuple[list[float], list[float]] = ([], [])
        for _ in range(rounds):
            for app, all_ in zip((few, many), taken, strict=True):
                all_.extend(visits.clicks(browser, app, 3)[0])
    return Line("Filter click, half within, ms", taken, 1.5, "{:.0f}")


@contextmanager
def _grown(folder: Path, number: int) -> Iterator[Server]:
    log, script = folder / f"{number}.log", "benchmarks/growth/app.py"
    with serving(log, script=script, settings={"AREAS": str(number)}) as server:
        yield server


def _load(asked: argparse.Namespace) -> str:
    from benchmarks import load

    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder) / "load.log", script=asked.app) as server,
    ):
        result = load.run(server, asked.visitors, asked.seconds, asked.every)
    for one in result.errors[:3]:
        print(one, file=sys.stderr)
    taken = [[1e3 * one for one in result.seconds]]
    lines = [
        Line("Answers", [[len(result.seconds)]], form="{:.0f}"),
        Line("Errors", [[len(result.errors)]], 0, "{:.0f}"),
        Line("Filter, half within, ms", taken, form="{:.0f}"),
        Line("Filter, 95 in 100 within, ms", taken, 1000, "{:.0f}", report.ninety_fifth),
        Line("Memory before, MB", [result.memory[:1]], form="{:.0f}"),
        Line("Memory at most, MB", [result.memory], 350, "{:.0f}", max),
        Line("Cores in use", [[result.cores]]),
    ]
    opening = (
        f"{report.machine()}; {asked.visitors} visitors, each choosing every {asked.every:g} s "
        f"for {asked.seconds:g} s, `{asked.app}`, one process."
    )
    return f"{opening}\n\n{report.table(['dashboard'], lines)}"


if __name__ == "__main__":
    sys.exit(main())
