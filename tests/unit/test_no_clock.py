"""No test says something else on a slower machine: none measures how long or how far.

A deadline, after which a wait is given up, is at least ``HANG`` seconds away: only what hangs
reaches it. What is to be quick, or to stay where it is, is measured by ``python -m benchmarks``.
"""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
HANG = 60
CLOCKS = {
    *("monotonic", "perf_counter", "process_time", "thread_time", "time", "times", "getrusage"),
    *("monotonic_ns", "perf_counter_ns", "process_time_ns", "thread_time_ns", "time_ns"),
}
CLOCKS_OF = {"time", "os", "resource", "timeit"}
# A browser's clocks and its measure of what moves, in the scripts that tests hand to it.
SCRIPTS = ("layout-shift", "performance.now", "performance.timing", "Date.now", "new Date(")


def faults(source: str) -> list[str]:
    """Return what makes a test depend on how quick its machine is."""
    tree = ast.parse(source)
    reader = _Reader(tree)
    return [f"line {line}: {said}" for line, said in sorted(set(reader.issues()))]


class _Reader:
    """Finds clocks in a module, and what is done with their readings."""

    def __init__(self, tree: ast.Module) -> None:
        self._tree = tree
        self._clocks = set(self._imported())
        self._constants = {
            target.id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        self._docstrings = {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        }
        self._readings = self._assigned(self._is_reading)
        self._deadlines = self._assigned(self._is_deadline)

    def issues(self) -> Iterator[tuple[int, str]]:
        for node in ast.walk(self._tree):
            match node:
                case ast.BinOp(op=ast.Sub()) if any(map(self._is_clock, (node.left, node.right))):
                    yield node.lineno, "measures how long something takes"
                case ast.BinOp(op=ast.Add()) if self._is_deadline(node) and self._is_near(node):
                    yield node.lineno, f"gives a wait up before {HANG} s"
                case ast.Compare() if self._is_measured(node):
                    yield node.lineno, "compares a clock with something else than a deadline"
                case ast.Constant(value=str(words)) if node not in self._docstrings:
                    yield from ((node.lineno, f"asks for {one}") for one in SCRIPTS if one in words)
                case ast.Call(func=ast.Name("settings") | ast.Attribute(attr="settings")):
                    limits = [one.value for one in node.keywords if one.arg == "deadline"]
                    if [ast.unparse(one) for one in limits] != ["None"]:
                        yield node.lineno, "lets hypothesis time its examples"
                case ast.ImportFrom(module="timeit") | ast.Import(names=[ast.alias("timeit")]):
                    yield node.lineno, "measures how long something takes"

    def _imported(self) -> Iterator[str]:
        """Yield the names under which clocks are called."""
        for node in ast.walk(self._tree):
            if isinstance(node, ast.Import):
                for one in node.names:
                    if one.name in CLOCKS_OF:
                        yield from (f"{one.asname or one.name}.{clock}" for clock in CLOCKS)
            if isinstance(node, ast.ImportFrom) and node.module in CLOCKS_OF:
                yield from (one.asname or one.name for one in node.names if one.name in CLOCKS)

    def _assigned(self, is_meant: Callable[[ast.expr], bool]) -> set[str]:
        return {
            target.id
            for node in ast.walk(self._tree)
            if isinstance(node, ast.Assign) and is_meant(node.value)
            for whole in node.targets
            for target in ast.walk(whole)
            if isinstance(target, ast.Name)
        }

    def _is_reading(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Tuple):
            return any(map(self._is_reading, node.elts))
        return isinstance(node, ast.Call) and ast.unparse(node.func) in self._clocks

    def _is_clock(self, node: ast.expr) -> bool:
        return self._is_reading(node) or (isinstance(node, ast.Name) and node.id in self._readings)

    def _is_deadline(self, node: ast.expr) -> bool:
        match node:
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return self._is_clock(left) or self._is_clock(right)
        return False

    def _is_near(self, node: ast.BinOp) -> bool:
        other = node.right if self._is_clock(node.left) else node.left
        far = self._constants.get(other.id) if isinstance(other, ast.Name) else None
        if isinstance(other, ast.Constant):
            far = other.value
        return isinstance(far, int | float) and far < HANG

    def _is_measured(self, node: ast.Compare) -> bool:
        sides = [node.left, *node.comparators]
        ends = [
            self._is_deadline(one) or (isinstance(one, ast.Name) and one.id in self._deadlines)
            for one in sides
        ]
        return any(map(self._is_clock, sides)) and not any(ends)


@pytest.mark.parametrize(
    "path",
    sorted(one for one in TESTS.rglob("*.py") if one != Path(__file__)),
    ids=lambda path: str(path.relative_to(TESTS)),
)
def test_no_test_asserts_a_time_or_a_shift(path: Path) -> None:
    assert faults(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "import time\nbegan = time.process_time()\nassert time.process_time() - began < 2.5",
        "from time import monotonic as now\ntook = now() - began\n",
        "import time as t\nbegan, _ = t.perf_counter(), 1\nassert t.perf_counter() < began + 1",
        "import time\nend = time.monotonic() + 5\nwhile time.monotonic() < end: pass",
        "import time\nNEAR = 10.0\nend = time.monotonic() + NEAR\n",
        "import time\nassert time.time() < 1e9",
        "import resource\nbefore = resource.getrusage(0)\nassert resource.getrusage(0) == before",
        "page.evaluate(\"new PerformanceObserver(go).observe({type: 'layout-shift'})\")",
        "page.evaluate('performance.now() - began')",
        "import timeit",
        "from hypothesis import settings\n@settings(max_examples=3)\ndef test(): pass",
    ],
)
def test_a_time_or_a_shift_would_be_found(source: str) -> None:
    assert len(faults(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "import time\nFAR = 120.0\nend = time.monotonic() + FAR\nassert time.monotonic() < end",
        "import time\nend = time.monotonic() + 60\nwhile time.monotonic() < end: time.sleep(1)",
        "from hypothesis import settings\n@settings(deadline=None)\ndef test(): pass",
        "def test():\n    '''Nothing moves: see layout-shift in the benchmark.'''\n",
        "import datetime\nage = datetime.date(2026, 1, 2) - datetime.date(2026, 1, 1)",
    ],
)
def test_a_far_deadline_is_none(source: str) -> None:
    assert faults(source) == []
