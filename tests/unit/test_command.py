import re
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.__main__ import main


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
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (copy / "areas.csv").unlink()
    monkeypatch.setenv("DASHBOARD_DATA", str(copy))
    assert main(["check"]) == 1
    assert capsys.readouterr().out == "areas.csv: is a missing file\n"


@pytest.mark.parametrize("arguments", [[], ["mend"], ["check", "a", "b"]])
def test_another_command_is_refused(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert (stopped.value.code, "usage" in capsys.readouterr().err) == (2, True)


def test_help_names_the_command() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "dashboard", "--help"], capture_output=True, text=True, check=True
    )
    assert "check" in ran.stdout
