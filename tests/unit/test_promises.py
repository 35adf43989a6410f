"""What the documents promise is held by tests that there are."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
TESTS = {
    name
    for path in (ROOT / "tests").rglob("test_*.py")
    if "node_modules" not in path.parts
    for name in (path.stem, *re.findall(r"^def (test_\w+)", path.read_text("utf-8"), re.MULTILINE))
}
OPERATIONS = (ROOT / "docs" / "operations.md").read_text("utf-8")
PROMISES = re.findall(
    r"^\| (.+) \| (.+) \|$",
    OPERATIONS.partition("## What is promised")[2].partition("\n## ")[0],
    re.MULTILINE,
)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_test_that_is_named_is_there(path: Path) -> None:
    named = set(re.findall(r"\btest_\w+", path.read_text("utf-8")))
    assert named - TESTS == set()


def test_every_promise_names_its_test() -> None:
    rows = [(promise, tests) for promise, tests in PROMISES if promise != "promise"]
    assert rows
    assert [promise for promise, tests in rows if not re.search(r"\btest_\w+", tests)] == []
