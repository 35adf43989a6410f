import errno
import os
import re
from pathlib import Path

import pytest

from dashboard.cli import main
from dashboard.data import loader
from dashboard.data.loader import Data


@pytest.fixture
def _loaded(content: Data, monkeypatch: pytest.MonkeyPatch) -> None:
    """The figures, read already: to read them is tested in test_data.py."""
    monkeypatch.setattr(loader, "load", lambda: content)


def test_a_sound_package_says_what_was_checked(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(copy)]) == 0
    out, err = capsys.readouterr()
    assert re.fullmatch(
        rf"Sound: \d+ resources in {copy}, with 12 areas, 13 districts, \d+ outcome values "
        r"and \d+ sources\.\n",
        out,
    )
    assert err == ""


def test_the_environment_names_the_folder(
    part: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (part / "areas.csv").unlink()
    monkeypatch.setenv("DASHBOARD_DATA", str(part))
    assert main(["check"]) == 1
    assert capsys.readouterr().out == "areas.csv: is a missing file\n"


@pytest.mark.parametrize("arguments", [[], ["mend"], ["check", "a", "b"]])
def test_another_command_is_refused(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert (stopped.value.code, "usage" in capsys.readouterr().err) == (2, True)


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--help"])
    assert stopped.value.code == 0
    out = capsys.readouterr().out
    assert all(name in out for name in ("check", "export", "brief"))


@pytest.mark.slow
@pytest.mark.usefixtures("_loaded")
@pytest.mark.parametrize(
    ("arguments", "name", "starts"),
    [
        (["xlsx", "--region", "South East"], "opportunity-areas_south-east.xlsx", b"PK"),
        (["ods", "--place", "Coastal"], "opportunity-areas_coastal.ods", b"PK"),
        (["json", "--cohort", "New six"], "opportunity-areas_new-six.json", b"{"),
        (["geojson", "--region", "South East"], "opportunity-areas_south-east.geojson", b"{"),
        (["zip"], "opportunity-areas_all-twelve.zip", b"PK"),
        (["csv", "--table", "outcomes"], "outcomes_all-twelve.csv", b"\xef\xbb\xbfmeasure_id"),
        (
            ["csv", "--table", "sources", "--cohort", "New six"],
            "sources.csv",
            b"\xef\xbb\xbfsource_id",
        ),
        (
            ["csv", "--table", "gaps", "--cohort", "New six"],
            "gaps_new-six.csv",
            b"\xef\xbb\xbfgap_id",
        ),
    ],
)
def test_export_writes_a_file_and_says_which(
    arguments: list[str],
    name: str,
    starts: bytes,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["export", *arguments]) == 0
    assert capsys.readouterr().out == f"{name}\n"
    assert (tmp_path / name).read_bytes().startswith(starts)
    assert [one.name for one in tmp_path.iterdir()] == [name]


@pytest.mark.usefixtures("_loaded")
@pytest.mark.parametrize("named", ["hastings", "Hastings", "HASTINGS"])
def test_brief_takes_an_area_by_any_of_its_names(named: str, tmp_path: Path) -> None:
    to = tmp_path / "brief.pdf"
    assert main(["brief", named, "-o", str(to)]) == 0
    assert to.read_bytes().startswith(b"%PDF")


@pytest.mark.usefixtures("_loaded")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["brief", "Atlantis"], "No area is called “Atlantis”. There are Blackpool, Bradford"),
        (["export", "csv"], "csv is for one table: name it with --table. There are areas,"),
        (["export", "csv", "--table", "rain"], "name it with --table"),
        (["export", "json", "--region", "Mars"], "No region is called “Mars”. There are East"),
    ],
)
def test_what_cannot_be_made_says_what_can(
    arguments: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("_loaded")
def test_a_file_that_cannot_be_written_is_said_and_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "json", "-o", str(tmp_path / "none" / "x.json")]) == 2
    assert "could not be written: No such file or directory." in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("_loaded")
def test_a_full_disk_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    to = tmp_path / "x.json"
    to.write_text("before")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("os.fsync", full)
    assert main(["export", "json", "-o", str(to)]) == 2
    assert "No space left on device" in capsys.readouterr().err
    assert (to.read_text(), [one.name for one in tmp_path.iterdir()]) == ("before", ["x.json"])


def test_faulty_figures_are_not_exported(
    part: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (part / "areas.csv").unlink()
    monkeypatch.setenv("DASHBOARD_DATA", str(part))
    to = tmp_path / "x.json"
    assert main(["export", "json", "-o", str(to)]) == 1
    assert "areas.csv: is a missing file" in capsys.readouterr().out
    assert not to.exists()
