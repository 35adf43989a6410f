"""The layers of the package's docstring are those of its code, and its parts stay small."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

import dashboard

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "dashboard"
CORE = sorted(p for p in PACKAGE.rglob("*.py") if "ui" not in p.relative_to(PACKAGE).parts)
PAGES = sorted((ROOT / "pages").glob("*.py"))
EVERY = [*sorted(PACKAGE.rglob("*.py")), *PAGES, ROOT / "app.py"]

PAGE_LINES, MODULE_LINES, FUNCTION_LINES = 40, 350, 40
# A topic and what draws it may share a name.
MOST_SHARED_NAMES = 1


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


def test_no_two_folders_repeat_the_same_subjects() -> None:
    folders: dict[Path, set[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.stem != "__init__":
            folders.setdefault(path.parent, set()).add(path.stem)
    shared = {
        (ident(folder), ident(other)): sorted(folders[folder] & folders[other])
        for folder, other in combinations(folders, 2)
    }
    assert {pair: names for pair, names in shared.items() if len(names) > MOST_SHARED_NAMES} == {}


# What functions of the package begin with; a new verb is added here.
_VERBS = """
    add allow answer apply arrange bind build cache check choose clear collect compare
    compute configure convert correct count cut describe draw drop encode end escape explain
    export find fit format get give handle has hold is join keep lay limit link list load
    log look make mark measure memoize merge name narrow normalise number offer open parse
    pause place print process raise read record reduce register remove render replace report
    restore round run select send set shorten show sort split standardise start strip submit
    summarise tabulate take unwrap wrap write
"""
MIN_SHARE_OF_VERBS = 0.8


def test_functions_begin_with_a_verb() -> None:
    names = [
        node.name
        for path in EVERY
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        if not node.name.startswith("__")
        and not any("property" in ast.unparse(one) for one in node.decorator_list)
    ]
    nouns = sorted(name for name in names if name.strip("_").split("_")[0] not in _VERBS.split())
    assert len(nouns) < (1 - MIN_SHARE_OF_VERBS) * len(names), nouns


# What is parsed from JSON, and libraries that declare no types.
UNTYPED = ("data/validation/", "data/frames.py", "exports/excel.py", "charts/theme.py")


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=ident)
def test_no_public_function_takes_or_returns_anything(path: Path) -> None:
    if str(path.relative_to(PACKAGE)).startswith(UNTYPED):
        return
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            arguments = (*node.args.args, *node.args.kwonlyargs)
            types = [*(one.annotation for one in arguments), node.returns]
            assert "Any" not in [ast.unparse(one) for one in types if one], node.name
