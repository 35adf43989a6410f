"""A package of an operator's own: what pages and files rely on is checked, whatever it declares."""

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from browser.serve import PATIENCE
from dashboard import brief
from dashboard.data import loader
from dashboard.data.validation import reading, required
from injection import strip_rules
from unit.test_planted_faults import cell, on_json, said

PACKAGE = "datapackage.json"
CELLS = [
    ("areas.csv", 2, "area_id", "../../../tmp/x", "is not one of: blackpool"),
    ("areas.csv", 3, "region", "**bold**", "is not one of: East Midlands"),
    ("areas.csv", 4, "place_type", "[x](javascript:1)", "is not one of: City; urban"),
    ("areas.csv", 5, "cohort", "The last six", "is not one of: Original six"),
    ("areas.csv", 6, "label", "", "is empty and must not be"),
    ("areas.csv", 7, "name", "Blackpool", "repeats a value that must be unique"),
    ("areas.csv", 8, "announced_source_id", "NOBODY", "is not in sources.csv"),
    ("areas.csv", 9, "lat", "12.5", "is under 49.5"),
    ("areas.csv", 10, "website", "javascript:alert(1)", "is not in the form"),
    ("sources.csv", 2, "tier", ":red[first]", "is not one of: primary"),
    ("sources.csv", 3, "date", "`today`", "is not in the form"),
    ("sources.csv", 4, "url", "data:text/html,x", "is not in the form"),
    ("funding_areas.csv", 2, "qualifier", "$x$", "is not one of: exactly"),
    ("funding_areas.csv", 3, "role", "other", "is not one of: main"),
    ("funding_areas.csv", 4, "amount_gbp", "-1", "is under 0"),
    ("funding_programme.csv", 2, "event_id", "../x", "is not in the form"),
    ("funding_programme.csv", 3, "date", "2017\n", "is not in the form"),
    ("index_ranks.csv", 2, "as_printed", "<b>", "is not one of: rank"),
    ("index_ranks.csv", 3, "rank", "999", "is over 324"),
    ("index_ranks.csv", 4, "preferred", "", "is empty and must not be"),
    ("research_schools.csv", 2, "inside_area", "perhaps", "is not one of: yes"),
    ("evaluations.csv", 2, "kind", "rumour", "is not one of: baseline"),
    ("gaps.csv", 2, "page", "../about", "is not one of: overview"),
    ("claims.csv", 2, "verdict", "~~holds~~", "is not one of: holds"),
    ("measures.csv", 2, "unit", "pounds", "is not one of: %"),
    ("measures.csv", 3, "measure_id", "a/../b", "is not in the form"),
    ("outcomes.csv", 2, "value", "1000", "is over 100"),
    ("outcomes.csv", 3, "geography_level", "planet", "is not one of: district"),
    ("priorities.csv", 2, "kind", "# head", "is not one of: priority"),
]


def allow_everything(content: dict[str, Any]) -> None:
    """Have a descriptor's rules allow what ours refuse."""
    loose = {"required": False, "unique": False, "minimum": -9, "maximum": 999}
    for resource in content["resources"]:
        for field in resource.get("schema", {"fields": []})["fields"]:
            rules = field.get("constraints", {})
            rules |= {name: loose[name] for name in rules if name in loose}
            if "enum" in rules:
                rules["enum"] = [*rules["enum"], *(row[3] for row in CELLS)]


@pytest.fixture(params=[strip_rules, allow_everything])
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The whole package, with a descriptor that asks for nothing."""
    folder = tmp_path / "data"
    shutil.copytree(loader.DEFAULT_FOLDER, folder)
    on_json(PACKAGE, request.param)(folder)
    return folder


def test_the_schema_is_that_of_our_own_package() -> None:
    package = json.loads((loader.DEFAULT_FOLDER / PACKAGE).read_text("utf-8"))
    reduced = required.reduce_package(package)
    assert reduced == required.load_schema(), "make schema writes it anew"


@pytest.mark.slow
def test_what_pages_rely_on_is_refused_by_file_row_and_column(bare: Path) -> None:
    """Nothing else is: a package without rules is sound."""
    for file, row, column, value, _ in CELLS:
        cell(file, row, column, value)(bare)
    faults = said(bare)
    for file, row, column, _, rule in CELLS:
        (fault,) = (one for one in faults if one.startswith(f"{file}, row {row}, {column}: "))
        assert rule in fault
        faults.remove(fault)
    # What pointed at a measure whose id was changed.
    assert [one for one in faults if "measure_id: is not in measures.csv" not in one] == []


def test_a_rule_of_the_package_s_own_is_checked_too(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(loader.DEFAULT_FOLDER, folder)

    def narrow(content: dict[str, Any]) -> None:
        (areas,) = (one for one in content["resources"] if one["name"] == "areas")
        rules = {
            "cohort": {"enum": ["Original six"]},
            "population": {"minimum": 100_000},
            "note": {"maxLength": 3},
            "twinned_with": {"required": True},
        }
        for field in areas["schema"]["fields"]:
            field["constraints"] = rules.get(field["name"], {})

    on_json(PACKAGE, narrow)(folder)
    found = {(one.file, one.column) for one in loader.check(folder)}
    assert found == {
        ("areas.csv", column) for column in ("cohort", "population", "note", "twinned_with")
    }


@pytest.mark.slow
def test_what_is_not_ours_is_neither_run_nor_read(copy: Path) -> None:
    """A table and a column more change nothing, and a pattern of theirs is not run."""

    def add(content: dict[str, Any]) -> None:
        endless = {"pattern": "(a|aa)+$"}
        words = {"type": "string", "title": "More", "description": "More."}
        more = {"name": "more", "path": "more.csv", "title": "More", "description": "More."}
        schema = {"fields": [{**words, "name": "x", "constraints": endless}]}
        content["resources"].append({**more, "schema": schema})
        (gaps,) = (one for one in content["resources"] if one["name"] == "gaps")
        gaps["schema"]["fields"].append({**words, "name": "label"})

    on_json(PACKAGE, add)(copy)
    (copy / "more.csv").write_text("x\n" + "a" * 5000 + "!\n", "utf-8")
    gaps = copy / "gaps.csv"
    header, *rows = gaps.read_text("utf-8").splitlines()
    gaps.write_text("\n".join([f"{header},label", *(f"{row},x" for row in rows)]) + "\n", "utf-8")
    assert said(copy) == []
    content = loader.load(copy)
    assert "label" not in content.gaps
    assert "more" not in {one["name"] for one in content.descriptor["resources"]}
    (schema,) = (one["schema"] for one in content.descriptor["resources"] if one["name"] == "gaps")
    assert "label" not in {field["name"] for field in schema["fields"]}


ENDLESS = ["(a+)+$", "(a|aa)+$", "^(([a-z])+.)+[A-Z]([a-z])+$", "(.*a){25}", "(?:x*)*y"]


def test_no_pattern_but_ours_is_run(part: Path) -> None:
    """In a process of its own: a pattern that is run would hold up the tests for ever."""

    def add(content: dict[str, Any]) -> None:
        (gaps,) = (one for one in content["resources"] if one["name"] == "gaps")
        columns = [one for one in gaps["schema"]["fields"] if one["type"] == "string"]
        for field, pattern in zip(columns, ENDLESS, strict=False):
            field["constraints"] = {"pattern": pattern}
            patterned.append(field["name"])

    patterned: list[str] = []
    on_json(PACKAGE, add)(part)
    assert len(patterned) == len(ENDLESS)
    assert "gap_id" in patterned, "the pattern of which is ours"
    for column in patterned:
        cell("gaps.csv", 2, column, "a" * 5000 + "!")(part)
    command = [sys.executable, "-m", "dashboard", "check", str(part)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert ran.returncode == 1
    for column in patterned:
        assert f"gaps.{column}: has a pattern that is not the dashboard's" in ran.stdout


def test_nothing_is_asked_of_another_server(copy: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0)
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/x.json"

        def lead_away(content: dict[str, Any]) -> None:
            away = {"profile": address, "$schema": address, "schema": address}
            content |= {"profile": address, "$schema": address, "dialect": address}
            for resource in content["resources"]:
                resource |= {"profile": address, "$schema": address, "dialect": address}
                resource |= {"scheme": "http", "data": address, "extrapaths": [address]}
                if "schema" in resource:
                    resource["schema"] |= {"profile": address, "$schema": address}
                    for field in resource["schema"]["fields"]:
                        field |= {"format": address, **away, "missingValues": ["(a+)+$"]}

        on_json(PACKAGE, lead_away)(copy)
        assert said(copy) == []
        with pytest.raises(BlockingIOError):
            listening.accept()


def put(folder: Path, name: str, make: Callable[[Path], object]) -> None:
    (folder / name).unlink()
    make(folder / name)


def make_huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(200 * reading.MAX_FILE_BYTES)


@pytest.fixture
def listening_socket() -> Iterator[Callable[[Path], None]]:
    # An address of a socket may have a hundred characters: it is moved where it is to be.
    made = []

    def make(path: Path) -> None:
        one = socket.socket(socket.AF_UNIX)
        short = Path("/tmp") / f"socket-{os.getpid()}"  # noqa: S108
        one.bind(str(short))
        made.append(one)
        shutil.move(short, path)

    yield make
    for one in made:
        one.close()


def link_to_pipe(path: Path) -> None:
    os.mkfifo(path.with_name("pipe"))
    path.symlink_to("pipe")


def link_out(path: Path) -> None:
    outside = path.parent.parent / "secret.txt"
    outside.write_text("password", "utf-8")
    path.symlink_to(outside)


NO_FILES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a pipe": (os.mkfifo, "is a pipe and not a file"),
    "a link to a pipe": (link_to_pipe, "is a pipe and not a file"),
    "a link to a device that never ends": (
        lambda path: path.symlink_to("/dev/zero"),
        "is a device and not a file",
    ),
    "a link to itself": (lambda path: path.symlink_to(path.name), "cannot be read (Too many"),
    "a link out of the folder": (link_out, "is a link that leads out of the folder"),
    "a folder": (lambda path: path.mkdir(), "cannot be read (Is a directory)"),
    "a file without end": (make_huge, "is larger than 20 MB"),
}
FILES = ["areas.csv", PACKAGE, "districts.geojson", "england.geojson"]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("kind", NO_FILES)
def test_what_is_no_file_is_not_read(part: Path, kind: str, name: str) -> None:
    make, rule = NO_FILES[kind]
    put(part, name, make)
    (fault,) = said(part)
    assert fault.startswith(f"{name}: {rule}")


@pytest.mark.parametrize("name", FILES)
def test_a_socket_is_not_read(
    part: Path, name: str, listening_socket: Callable[[Path], None]
) -> None:
    put(part, name, listening_socket)
    assert said(part) == [f"{name}: is a socket and not a file"]


def test_a_link_inside_the_folder_is_a_file(copy: Path) -> None:
    """As Kubernetes mounts the files of a ConfigMap."""
    (copy / "..data").mkdir()
    shutil.move(copy / "areas.csv", copy / "..data" / "areas.csv")
    (copy / "areas.csv").symlink_to("..data/areas.csv")
    assert said(copy) == []


def test_what_becomes_a_pipe_after_the_look_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="Not a file"):
        reading.read_bytes(tmp_path / "pipe")


def test_no_brief_leads_into_another_folder() -> None:
    """Whatever the door lets through, a name in a zip is a name."""
    for odd in ("../../../tmp/x", "/etc/passwd", "..\\x", "a\0b", "C:x", "Hastings?"):
        name = brief.build_file_name(odd)
        assert name.startswith("opportunity-area-brief_")
        assert not set(name) & set("/\\:\0?")
        assert ".." not in name
