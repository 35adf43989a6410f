"""The layers of the package's docstring are those of its code, and its parts stay small."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import dashboard

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "dashboard"
CORE = sorted(p for p in PACKAGE.rglob("*.py") if "ui" not in p.relative_to(PACKAGE).parts)
PAGES = sorted((ROOT / "pages").glob("*.py"))
EVERY = [*sorted(PACKAGE.rglob("*.py")), *PAGES, ROOT / "app.py"]

PAGE_LINES, MODULE_LINES, FUNCTION_LINES = 40, 350, 40


def ident(path: Path) -> str:
    return str(path.relative_to(ROOT))


def dotted(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def imported(path: Path) -> Iterator[str]:
    """Yield the dotted names that a file imports, at its top or inside a function."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            yield from (f"{node.module}.{one.name}" for one in node.names)


def part(name: str) -> str | None:
    """Return which module or package right under dashboard a dotted name belongs to."""
    first, _, rest = name.partition(".")
    return rest.split(".")[0] if first == "dashboard" and rest else None


def layers() -> list[set[str]]:
    drawn = re.search(r"pages -> (.*?)\n\n", str(dashboard.__doc__), re.DOTALL)
    assert drawn
    return [set(re.findall(r"\w+", layer)) for layer in drawn[1].split("->")]


PARTS = {str(part(dotted(path))) for path in CORE} - {"None", "__main__"}


def test_the_docstring_names_every_part_once() -> None:
    named = [name for layer in layers() for name in layer]
    assert sorted(named) == sorted({"ui", *PARTS})


@pytest.mark.parametrize("path", CORE, ids=ident)
def test_imports_go_one_way(path: Path) -> None:
    own = part(dotted(path))
    place = {name: depth for depth, layer in enumerate(layers()) for name in layer}
    others = {found for name in imported(path) if (found := part(name)) not in {None, own}}
    assert [one for one in others if place[str(one)] <= place.get(str(own), 0)] == []


@pytest.mark.parametrize("path", CORE, ids=ident)
def test_the_core_names_no_screen(path: Path) -> None:
    screens = [one for one in imported(path) if re.match(r"streamlit|dashboard\.ui\b", one)]
    assert screens == []


def test_the_core_loads_no_screen() -> None:
    names = [dotted(path) for path in CORE if path.name != "__main__.py"]
    script = (
        f"import importlib, sys\nfor name in {names!r}: importlib.import_module(name)\n"
        "print(*[one for one in sys.modules if one.startswith('streamlit')])"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout == "\n"


@pytest.mark.parametrize("path", PAGES, ids=ident)
def test_pages_are_short(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) < PAGE_LINES


@pytest.mark.parametrize("path", PAGES, ids=ident)
def test_pages_define_nothing(path: Path) -> None:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
    tree = ast.parse(path.read_text("utf-8"))
    assert [node for node in ast.walk(tree) if isinstance(node, kinds)] == []


@pytest.mark.parametrize("path", EVERY, ids=ident)
def test_modules_are_short(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MODULE_LINES


@pytest.mark.parametrize("path", EVERY, ids=ident)
def test_functions_are_short(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    functions = [one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)]
    long = [
        one.name for one in functions if int(one.end_lineno or 0) - one.lineno >= FUNCTION_LINES
    ]
    assert long == []
