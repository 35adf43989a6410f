"""The guides name files, functions and commands that exist."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GUIDES = ("CONTRIBUTING.md", "docs/architecture.md", "README.md")
_PATH = re.compile(r"`((?:src|data|pages|tests|docs|scripts|benchmarks|deploy)/[\w./-]*)`")
_FUNCTION = re.compile(r"`(src/[\w/]+\.py)`, `(\w+)`")
_TARGET = re.compile(r"\bmake ([a-z-]+)\b")
_LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


def read(guide: str) -> str:
    return (ROOT / guide).read_text("utf-8")


@pytest.mark.parametrize("guide", GUIDES)
def test_files_that_are_named_exist(guide: str) -> None:
    paths = _PATH.findall(read(guide))
    assert paths
    assert [path for path in paths if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("guide", GUIDES)
def test_links_lead_somewhere(guide: str) -> None:
    folder = (ROOT / guide).parent
    assert [link for link in _LINK.findall(read(guide)) if not (folder / link).exists()] == []


@pytest.mark.parametrize("guide", GUIDES)
def test_commands_that_are_named_exist(guide: str) -> None:
    targets = re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE)
    code = " ".join(re.findall(r"`[^`\n]+`|```.*?```", read(guide), re.DOTALL))
    assert [name for name in _TARGET.findall(code) if name not in targets] == []


def test_functions_that_are_named_exist() -> None:
    named = _FUNCTION.findall(read("docs/architecture.md"))
    assert named
    for path, function in named:
        tree = ast.parse(read(path))
        names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        assert function in names, f"{path} has no {function}"


def test_every_folder_of_the_package_is_explained() -> None:
    package = ROOT / "src" / "dashboard"
    folders = {path.name for path in package.iterdir() if (path / "__init__.py").exists()}
    explained = set(re.findall(r"`([a-z]+)/`", read("docs/architecture.md")))
    assert folders - explained == set()
