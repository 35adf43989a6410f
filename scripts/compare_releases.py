"""Compare what two checkouts show and export: ``compare_releases.py BEFORE AFTER``.

Every page is opened with several addresses, everything folded on it is opened, and each element
is written down without its identifiers. Every table, file and brief is exported by the command
line. The differences are printed; the exit status is 1 where there are any. ``--write FOLDER``
only writes down what the checkout in the working directory shows.
"""

import argparse
import difflib
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FORMS = ("xlsx", "ods", "json", "geojson", "zip")
NARROWED = ("--cohort", "New six", "--place", "City")
PAGES = (
    "overview",
    "map",
    "funding",
    "research_schools",
    "selection",
    "outcomes",
    "all_measures",
    "profile",
    "compare",
    "sources",
    "about",
)
MEASURES = ("Attainment 8", "Progress 8", "Persistent absence", "Phonics, year 1")
AREAS = ("Hastings", "West Somerset", "Fenland and East Cambridgeshire", "Derby", "Nowhere")
PARTS = ("Sources", "Disagreements", "Gaps", "Columns", "Versions and citing")
Address = tuple[str, dict[str, Any]]
ADDRESSES: list[Address] = [
    *[(page, {}) for page in PAGES],
    ("overview", {"cohort": "New six"}),
    ("overview", {"cohort": "New six", "region": ["South West"]}),
    ("overview", {"region": ["London"], "cohort": "nonsense"}),
    ("map", {"colour": "Population"}),
    ("map", {"colour": "Fourth-year money per child", "focus": "Hastings", "place": ["Coastal"]}),
    ("funding", {"cohort": "Original six"}),
    ("funding", {"region": ["South West", "East Midlands"]}),
    ("research_schools", {"place": ["Rural"]}),
    ("selection", {"cohort": "New six"}),
    *[("outcomes", {"measure": measure, "sort": "Change"}) for measure in MEASURES],
    ("outcomes", {"measure": "English and maths by age 19", "cohort": "New six"}),
    ("all_measures", {"held": "Whole authorities too"}),
    *[("profile", {"area": area}) for area in AREAS],
    ("compare", {"areas": ["Blackpool", "Oldham", "West Somerset"]}),
    *[("sources", {"part": part}) for part in PARTS],
    ("sources", {"cohort": "New six"}),
]
_IDENTIFIER = re.compile(
    r'^\s*(id|element_id|key|url|form_id|hash|fragment_id|deferred_file_id): ".*"$'
)
_FOLDED = re.compile(r"-(folded-.*)")


def write_pages(folder: Path) -> None:
    """Write down each page as text, and each file that its buttons give at once."""
    import streamlit as st
    from streamlit.testing.v1 import AppTest

    files: list[str] = []
    button = st.delta_generator.DeltaGenerator.download_button

    def record_file(self: Any, label: str, data: Any, **settings: Any) -> bool:
        content = ""
        if settings["file_name"].endswith(".csv"):
            content = getattr(data, "build", data)()
        files.append(f"{label} {settings['file_name']} {digest(content)}")
        return bool(button(self, label, data, **settings))

    st.delta_generator.DeltaGenerator.download_button = record_file  # type: ignore[assignment]
    st.download_button = st._main.download_button
    for number, (page, address) in enumerate(ADDRESSES):
        test = AppTest.from_file(str(Path("app.py").resolve()), default_timeout=120)
        for name, value in address.items():
            test.query_params[name] = value
        test.run()
        if page != "overview":
            test.switch_page(f"pages/{page}.py").run()
        for line in test.main.expander:
            if folded := _FOLDED.search(line.proto.id):
                test.session_state[folded[1]] = True
        files.clear()
        test.run()
        lines = [f"{page} {json.dumps(address)}", *describe(test._tree), *files]
        (folder / f"page-{number:02}-{page}.txt").write_text("\n".join(lines), encoding="utf-8")


def describe(block: Any, depth: int = 0) -> Iterator[str]:
    """Describe an element and what is in it, a line each, without its identifiers."""
    indent = "  " * depth
    kind = str(getattr(block, "type", type(block).__name__))
    yield f"{indent}{kind}"
    if kind in {"table", "arrow_table"}:
        yield block.value.to_csv()
    elif (proto := getattr(block, "proto", None)) is not None:
        for line in str(proto).splitlines():
            if not _IDENTIFIER.match(line):
                yield f"{indent}  {line}"
    for child in getattr(block, "children", {}).values():
        yield from describe(child, depth + 1)


def write_exports(folder: Path) -> None:
    """Export every form, table and brief by the command line, the parts of archives apart."""
    names = json.loads(Path("data/datapackage.json").read_text(encoding="utf-8"))["resources"]
    tables = [part["name"] for part in names if part["path"].endswith(".csv")]
    for form in FORMS:
        run("export", form, "-o", str(folder / f"all.{form}"))
        run("export", form, *NARROWED, "-o", str(folder / f"some.{form}"))
    for table in tables:
        run("export", "csv", "--table", table, "-o", str(folder / f"{table}.csv"))
    run("export", "csv", "--table", "areas", *NARROWED, "-o", str(folder / "some-areas.csv"))
    areas = Path("data/areas.csv").read_text(encoding="utf-8").splitlines()[1:]
    for area in (line.split(",")[0] for line in areas):
        run("brief", area, "-o", str(folder / f"brief-{area}.pdf"))
    digests = [f"{path.name} {digest(path.read_bytes())}" for path in sorted(folder.glob("*.*"))]
    for path in [*folder.glob("*.xlsx"), *folder.glob("*.ods"), *folder.glob("*.pdf")]:
        path.unlink()
    (folder / "digests").write_text("\n".join(digests), encoding="utf-8")


def run(*arguments: str) -> None:
    """Run the checkout's command line."""
    subprocess.run([sys.executable, "-m", "dashboard", *arguments], check=True, capture_output=True)


def digest(content: str | bytes) -> str:
    """Return the SHA-256 of some content."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def write_all(checkout: Path, folder: Path, parts: str) -> None:
    """Write down what a checkout shows and exports, in a process of its own."""
    source = str((checkout / "src").resolve())
    subprocess.run(
        [sys.executable, str(Path(__file__).resolve()), "--write", str(folder), "--parts", parts],
        cwd=checkout,
        env={**os.environ, "PYTHONPATH": source},
        check=True,
    )


def differences(before: Path, after: Path) -> list[str]:
    """Return how the files of two folders differ."""
    said: list[str] = []
    for name in sorted({path.name for path in [*before.iterdir(), *after.iterdir()]}):
        old, new = (
            (folder / name).read_text("utf-8", "replace").splitlines()
            if (folder / name).exists()
            else []
            for folder in (before, after)
        )
        if old != new:
            said += difflib.unified_diff(old, new, f"before/{name}", f"after/{name}", "", "", 1)
    return said


def main() -> int:
    """Compare two checkouts, or write down one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkouts", nargs="*", type=Path)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--parts", default="pages,exports")
    options = parser.parse_args()
    if options.write:
        options.write.mkdir(parents=True, exist_ok=True)
        if "exports" in options.parts:
            write_exports(options.write)
        if "pages" in options.parts:
            write_pages(options.write)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        before, after = (Path(folder, name) for name in ("before", "after"))
        for checkout, written in zip(options.checkouts, (before, after), strict=True):
            write_all(checkout, written, options.parts)
        said = differences(before, after)
    print("\n".join(said) or "No difference.")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
