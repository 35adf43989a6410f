"""Measure, print a table, and with ``--write`` put it into docs/performance.md."""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks import downloads, report, visits
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
# Visitors more, to see what each costs.
_MORE = 5
# What is measured elsewhere: modules beside this one.
_OTHERS = ("core", "jumps", "replicas")
# Pages of charts, which take longer.
_CHARTS = ("Funding", "Outcomes")
# The bare page's other one.
_OTHER = "Second"


def main() -> int:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("what", choices=["pages", "load", *_OTHERS], nargs="?", default="pages")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--visitors", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--every", type=float, default=5)
    parser.add_argument("--app", choices=["app.py", "server.py"], default="server.py")
    parser.add_argument("--write", action="store_true", help=f"renew {DOCUMENT.name}")
    asked = parser.parse_args()
    if asked.what in _OTHERS:
        words = import_module(f"benchmarks.{asked.what}").run(asked.rounds)
    else:
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
            report.table((f"{FEW} areas", f"{MANY} areas"), _growth(browser, folder, rounds)),
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
        return App(name, server, _LIST, _LIST, _choose_in_list, (_OTHER,))
    return App(name, server, *_READER, PAGES if name == "ours" else ())


_LIST = "document.querySelector('[role=combobox]')"
_HEADLINE = """document.querySelector('.figures .value, [data-testid=\"stMetricValue\"]')"""
_MAP = """document.querySelector('iframe[data-testid="stCustomComponentV1"]')?.contentDocument
    ?.querySelector('.leaflet-marker-icon')"""


def _choose_cohort(page: Page, at: int) -> None:
    group = page.get_by_role("radiogroup", name="Cohort")
    group.get_by_text(COHORTS[at % 3], exact=True).click()


_READER = (_HEADLINE, _MAP, _choose_cohort)


def _choose_in_list(page: Page, at: int) -> None:
    page.get_by_role("combobox").click()
    page.get_by_role("option", name=("Original six", "New six", "All")[at % 3], exact=True).click()


@dataclass
class _Found:
    """What an app was found to do: loads, milliseconds and CPU of clicks, switches, megabytes."""

    loads: list[visits.Load] = field(default_factory=list)
    clicks: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    switches: dict[str, list[visits.Switch]] = field(default_factory=dict)
    memory: list[float] = field(default_factory=list)
    more: list[float] = field(default_factory=list)

    def of_switches(self, page: str, name: str) -> list[float]:
        return [getattr(one, name) for one in self.switches.get(page, [])]

    def of_loads(self, name: str, by: float = 1) -> list[float]:
        return [getattr(one, name) / by for one in self.loads]


def _compared(browser: Browser, apps: list[App], rounds: int) -> list[Line]:
    for app in apps:
        visits.first_load(browser, app)  # the server reads its code and figures
    found = {app.name: _Found() for app in apps}
    for _ in range(rounds):
        for app in apps:
            _round(browser, app, found[app.name])
    all_ = list(found.values())
    taken = [one.clicks for one in all_]
    return [
        Line("First load to headline figures, s", [one.of_loads("headline") for one in all_]),
        Line("First load to map drawn, s", [one.of_loads("drawn") for one in all_], 1.35),
        Line("First load, MB", [one.of_loads("received", 1e6) for one in all_], 1.43),
        Line("First load, requests", [one.of_loads("requests") for one in all_], form="{:.0f}"),
        Line(
            "First load, messages",
            [one.of_loads("messages") for one in all_],
            60,
            "{:.0f}",
            absolute=True,
        ),
        Line("First load, server's CPU, s", [one.of_loads("cpu") for one in all_]),
        Line("Filter click, half within, ms", taken, 2.5, "{:.0f}"),
        Line("Filter click, nine in ten within, ms", taken, 3, "{:.0f}", report.ninetieth),
        Line("Filter click, server's CPU, ms", [one.cpu for one in all_], form="{:.0f}"),
        *[
            _switch(found, f"To {name}, ms", name, "taken", 9 if name in _CHARTS else 6)
            for name in PAGES
        ],
        *[_switch(found, f"To {name}, server's CPU, ms", name, "cpu") for name in PAGES],
        Line("Server's memory, MB", [one.memory for one in all_], form="{:.0f}"),
        Line("Each further visitor, MB", [one.more for one in all_]),
    ]


def _switch(
    found: dict[str, _Found], title: str, page: str, name: str, most: float | None = None
) -> Line:
    """Return a line of a change of page; the plain app has one page only."""
    bare, ours = found["bare"].of_switches(_OTHER, name), found["ours"].of_switches(page, name)
    return Line(title, [bare, [], ours], most, "{:.0f}")


def _round(browser: Browser, app: App, found: _Found) -> None:
    found.loads.append(visits.first_load(browser, app))
    taken, cpu = visits.clicks(browser, app, 6)
    found.clicks += taken
    found.cpu.append(1e3 * cpu)
    for name, one in visits.switches(browser, app).items():
        found.switches.setdefault(name, []).append(one)
    found.memory.append(app.server.memory())
    found.more.append(visits.memory_of_more(browser, app, _MORE))


def _growth(browser: Browser, folder: Path, rounds: int) -> list[Line]:
    with ExitStack() as stack:
        apps = [
            App(str(number), stack.enter_context(_grown(folder, number)), *_READER, ())
            for number in (FEW, MANY)
        ]
        found = [_Found() for _ in apps]
        for app in apps:
            visits.first_load(browser, app)
        for _ in range(rounds):
            for app, one in zip(apps, found, strict=True):
                one.loads.append(visits.first_load(browser, app))
                one.clicks.extend(visits.clicks(browser, app, 3)[0])
                one.memory.append(app.server.memory())
    return [
        Line("First load to map drawn, s", [one.of_loads("drawn") for one in found]),
        Line("Filter click, half within, ms", [one.clicks for one in found], 1.5, "{:.0f}"),
        Line("Server's memory, MB", [one.memory for one in found], form="{:.0f}"),
    ]


@contextmanager
def _grown(folder: Path, number: int) -> Iterator[Server]:
    log, script = folder / f"{number}.log", "benchmarks/growth/app.py"
    with serving(log, script=script, settings={"AREAS": str(number)}) as server:
        yield server


def _load(asked: argparse.Namespace) -> str:
    from benchmarks import load

    with tempfile.TemporaryDirectory() as folder:
        with serving(Path(folder) / "downloads.log", script=asked.app) as server:
            together = downloads.run(server.url)
        with serving(Path(folder) / "load.log", script=asked.app) as server:
            result = load.run(server, asked.visitors, asked.seconds, asked.every)
    for one in result.errors[:3]:
        print(one, file=sys.stderr)
    taken, switched = ([[1e3 * one for one in all_]] for all_ in (result.seconds, result.switches))
    lines = [
        Line("Answers", [[len(taken[0]) + len(switched[0])]], form="{:.0f}"),
        Line("Errors", [[len(result.errors)]], 0, "{:.0f}"),
        Line("Filter, half within, ms", taken, form="{:.0f}"),
        Line("Filter, 95 in 100 within, ms", taken, 500, "{:.0f}", report.ninety_fifth),
        Line("Change of page, half within, ms", switched, form="{:.0f}"),
        Line(
            "Change of page, 95 in 100 within, ms",
            switched,
            form="{:.0f}",
            of_all=report.ninety_fifth,
        ),
        *_files(result.files),
        Line("Memory before, MB", [result.memory[:1]], form="{:.0f}"),
        Line("Memory at most, MB", [result.memory], 350, "{:.0f}", max),
        Line(
            "Memory of the processes that build its files and draw its charts, at most, MB",
            [result.of_children],
            form="{:.0f}",
            of_all=max,
        ),
        Line("Cores in use", [[result.cores]]),
    ]
    opening = (
        f"{report.machine()}; {asked.visitors} visitors, each setting filters at random or "
        f"going to another page every {asked.every:g} s for {asked.seconds:g} s, and one more each "
        f"second who takes a file, `{asked.app}`, one process."
    )
    at_once = (
        f"On a server that has built no file yet, {downloads.TOGETHER} visitors ask at once for "
        "the twelve briefs, and another for a table and for Funding in turns until all are served."
    )
    tables = [report.table(["dashboard"], rows) for rows in (lines, _together(together))]
    return "\n\n".join([opening, tables[0], at_once, tables[1]])


def _files(files: downloads.Result) -> list[Line]:
    """Return what a crowd's files took; the rows without one are left out."""
    documents, tables = ([[1e3 * one for one in all_]] for all_ in (files.documents, files.tables))
    rows = [
        Line("Table as CSV, the slowest within, ms", tables, 2000, "{:.0f}", max),
        Line("Other file, half within, ms", documents, form="{:.0f}"),
        Line("Other file, the slowest within, ms", documents, 30_000, "{:.0f}", max),
        Line("Files refused with a sentence", [[files.refused]], form="{:.0f}"),
    ]
    return [row for row in rows if row.columns[0]]


def _together(result: downloads.Result) -> list[Line]:
    return [
        Line("Served", [[len(result.documents)]], form="{:.0f}"),
        Line("Twelve briefs, the last within, s", [result.documents], 30, of_all=max),
        Line("Table as CSV meanwhile, the slowest within, s", [result.tables], 2, of_all=max),
        Line("Funding meanwhile, half within, s", [result.pages], 0.3),
        Line("Refused", [[result.refused]], 0, "{:.0f}"),
    ]


if __name__ == "__main__":
    sys.exit(main())
