"""The command line as a program: any encoding, any output, never a traceback."""

import json
import os
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dashboard import cli_output
from dashboard.data import loader

COMMAND = [sys.executable, "-m", "dashboard"]
CSV = ["export", "csv", "--table", "gaps"]
START = b"\xef\xbb\xbfgap_id"

Ran = subprocess.CompletedProcess[bytes]


def run(arguments: list[str], folder: Path, encoding: str = "", **more: Any) -> Ran:
    """Run the program in a folder, its figures the project's own or those of ``folder/data``."""
    own = folder / "data"
    environment = {key: one for key, one in os.environ.items() if key != "PYTHONIOENCODING"}
    environment |= {"DASHBOARD_DATA": str(own if own.is_dir() else loader.DEFAULT_FOLDER)}
    if encoding:
        environment["PYTHONIOENCODING"] = encoding
    more = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more}
    ran = subprocess.run(
        [*COMMAND, *arguments], cwd=folder, env=environment, timeout=120, check=False, **more
    )
    assert b"Traceback" not in (ran.stderr or b""), ran.stderr
    assert b"Exception ignored" not in (ran.stderr or b""), ran.stderr
    return ran


def shell(line: str, folder: Path) -> Ran:
    """Run a line of shell in which $RUN is the program, and its status that of the program."""
    script = f"RUN='{sys.executable} -m dashboard'\n{line}"
    environment = {**os.environ, "DASHBOARD_DATA": str(loader.DEFAULT_FOLDER)}
    ran = subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env=environment,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert b"Traceback" not in ran.stderr, ran.stderr
    assert b"Exception ignored" not in ran.stderr, ran.stderr
    return ran


@pytest.fixture
def faulty(copy: Path, tmp_path: Path) -> Path:
    """A folder whose figures have a fault that few encodings have letters for."""
    path = copy / "areas.csv"
    path.write_text(path.read_text("utf-8").replace("139870", "ł–“机”🏫", 1), "utf-8")
    place = tmp_path / "place"
    place.mkdir()
    (place / "data").symlink_to(copy)
    return place


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("cp1252", b"\\u0142\x96\x93\\u673a\x94\\U0001f3eb"),
        ("ascii", b"\\u0142\\u2013\\u201c\\u673a\\u201d\\U0001f3eb"),
        ("latin-1", b"\\u0142\\u2013\\u201c\\u673a\\u201d\\U0001f3eb"),
        ("utf-8", "ł–“机”🏫".encode()),
        ("utf-16-le", "ł–“机”🏫".encode("utf-16-le")),
    ],
)
def test_a_fault_is_told_in_any_encoding(faulty: Path, encoding: str, shown: bytes) -> None:
    ran = run(["check"], faulty, encoding)
    assert ran.returncode == 1
    assert shown in ran.stdout


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_refusal_and_a_file_s_name_are_told_in_any_encoding(
    tmp_path: Path, encoding: str
) -> None:
    ran = run(["brief", "Łódź"], tmp_path, encoding)
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert b"\\u0141" in ran.stderr
    ran = run([*CSV, "-o", "ł\udcff.csv"], tmp_path, encoding)
    assert (ran.returncode, ran.stdout) == (0, b"\\u0142\\udcff.csv\n")
    assert (tmp_path / "ł\udcff.csv").read_bytes().startswith(START)


@pytest.mark.parametrize(
    "arguments",
    [
        "check",
        "--help",
        "export csv --table gaps -o -",
        "export zip -o /dev/stdout",
    ],
)
def test_a_closed_pipe_ends_it_in_silence(tmp_path: Path, arguments: str) -> None:
    ran = shell(f"$RUN {arguments} | head -c 0; exit ${{PIPESTATUS[0]}}", tmp_path)
    # A small help may be written before its reader is gone.
    assert ran.returncode == 141 or (ran.returncode == 0 and "--help" in arguments)
    assert (ran.stdout, ran.stderr) == (b"", b"")
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_whole_though_nobody_reads_its_name(tmp_path: Path) -> None:
    ran = shell(f"$RUN {' '.join(CSV)} -o x.csv | true; exit ${{PIPESTATUS[0]}}", tmp_path)
    assert ran.returncode in (0, 141)
    assert (tmp_path / "x.csv").read_bytes().startswith(START)
    assert ran.stderr == b""


def test_faults_into_a_closed_pipe(faulty: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as closed:
        assert run(["check"], faulty, stdout=closed).returncode == 141
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as closed:
        assert run(["check"], faulty, stderr=closed).returncode == 1


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("$RUN check >&-", 0),
        ("$RUN check 2>&-", 0),
        ("$RUN check >&- 2>&- <&-", 0),
        ("$RUN check nowhere >&- 2>&-", 1),
        ("$RUN brief Atlantis 2>&-", 2),
        ("$RUN mend 2>&-", 2),
        ("$RUN --help >&-", 2),
        ("$RUN export json -o - >&-", 2),
        ("$RUN export json -o /dev/stdout >&-", 2),
    ],
)
def test_closed_streams(tmp_path: Path, line: str, status: int) -> None:
    ran = shell(line, tmp_path)
    # Python from 3.12 on says nothing of help that cannot be written.
    assert ran.returncode == status or ("--help" in line and ran.returncode == 0)
    assert list(tmp_path.iterdir()) == []
    if "json -o -" in line:
        assert b"Standard output could not be written: it is closed." in ran.stderr


@pytest.mark.parametrize(
    "line",
    [
        "$RUN check >/dev/full",
        "$RUN --help >/dev/full",
        "$RUN export json -o - >/dev/full",
        "$RUN export json -o /dev/full",
        "$RUN brief Hastings -o - >/dev/full",
    ],
)
def test_a_full_device_is_named(tmp_path: Path, line: str) -> None:
    ran = shell(line, tmp_path)
    assert ran.returncode == 2
    assert b"No space left on device." in ran.stderr
    assert ran.stderr.count(b"\n") == 1
    assert list(tmp_path.iterdir()) == []
    assert stat.S_ISCHR(Path("/dev/full").stat().st_mode)


def test_a_full_standard_error(tmp_path: Path) -> None:
    assert shell("$RUN brief Atlantis 2>/dev/full", tmp_path).returncode == 2
    assert shell("$RUN check nowhere 2>/dev/full", tmp_path).returncode == 1


@pytest.mark.parametrize("to", ["-", "/dev/stdout", "/dev/fd/1"])
def test_standard_output_gets_the_file_and_nothing_else(tmp_path: Path, to: str) -> None:
    ran = run(["export", "json", "-o", to], tmp_path)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert json.loads(ran.stdout)["title"]
    assert list(tmp_path.iterdir()) == []


def test_a_link_to_standard_output_stays(tmp_path: Path) -> None:
    link = tmp_path / "out"
    link.symlink_to("/dev/stdout")
    ran = run(["export", "json", "-o", str(link)], tmp_path)
    assert json.loads(ran.stdout)["title"]
    assert link.is_symlink()


def test_what_stands_before_in_a_file_stays(tmp_path: Path) -> None:
    (tmp_path / "log").write_bytes(b"before\n")
    line = f"$RUN {' '.join(CSV)} -o /dev/stdout >> log; $RUN brief Hastings -o - >> log"
    assert shell(line, tmp_path).returncode == 0
    content = (tmp_path / "log").read_bytes()
    assert content.startswith(b"before\n" + START)
    assert b"%PDF" in content
    assert shell(f"$RUN {' '.join(CSV)} -o /dev/fd/3 3>> log", tmp_path).stdout == b"/dev/fd/3\n"
    assert (tmp_path / "log").read_bytes().startswith(content + START)


def test_a_file_called_a_dash_can_still_be_written(tmp_path: Path) -> None:
    assert run([*CSV, "-o", "./-"], tmp_path).stdout == b"./-\n"
    assert (tmp_path / "-").read_bytes().startswith(START)


def test_a_pipe_with_a_name_is_written_into(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    ran = run([*CSV, "-o", str(pipe)], tmp_path)
    reader.join(60)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert read[0].startswith(START)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


# From here on in this process: what is written where.


def plain(folder: Path) -> Path:
    path = folder / "file"
    path.write_bytes(b"before")
    return path


def link_to_a_file(folder: Path) -> Path:
    path = folder / "link"
    path.symlink_to(plain(folder).name)
    return path


def link_to_a_link(folder: Path) -> Path:
    path = folder / "further"
    path.symlink_to(link_to_a_file(folder))
    return path


def link_to_nothing(folder: Path) -> Path:
    path = folder / "loose"
    path.symlink_to("file")
    return path


def second_name(folder: Path) -> Path:
    path = folder / "second"
    path.hardlink_to(plain(folder))
    return path


@pytest.mark.parametrize(
    "place", [plain, link_to_a_file, link_to_a_link, link_to_nothing, second_name]
)
def test_what_a_link_leads_to_is_written(tmp_path: Path, place: Callable[[Path], Path]) -> None:
    to = place(tmp_path)
    was_link, names = to.is_symlink(), sorted(one.name for one in tmp_path.iterdir())
    cli_output.write_to(b"now", str(to))
    assert to.is_symlink() == was_link
    assert to.read_bytes() == (tmp_path / "file").read_bytes() == b"now"
    assert sorted({*names, "file"}) == sorted(one.name for one in tmp_path.iterdir())


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_a_file_keeps_its_permissions(tmp_path: Path, mode: int) -> None:
    path = plain(tmp_path)
    path.chmod(mode)
    cli_output.write_to(b"now", str(path))
    assert stat.S_IMODE(path.stat().st_mode) == mode


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600)])
def test_a_new_file_has_those_that_the_user_gives(tmp_path: Path, mask: int, mode: int) -> None:
    before = os.umask(mask)
    try:
        cli_output.write_to(b"now", str(tmp_path / "new"))
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == mode


@pytest.mark.parametrize("name", ["folder", "folder/", "new/", ".", "", "link"])
def test_a_folder_is_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("folder")
    with pytest.raises(OSError, match="it is a folder, so name a file in it"):
        cli_output.write_to(b"now", name)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["folder", "link"]
    assert list((tmp_path / "folder").iterdir()) == []


def test_a_circle_of_links_a_socket_and_a_name_too_long_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "s"))
        for name in ("a", "s", "x" * 300, "missing/x"):
            with pytest.raises(OSError, match=r"\[Errno \d+\] \w"):
                cli_output.write_to(b"now", str(tmp_path / name))
        assert stat.S_ISSOCK((tmp_path / "s").stat().st_mode)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a", "b", "s"]


def test_an_interruption_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    path = plain(tmp_path)
    monkeypatch.setattr("os.fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        cli_output.write_to(b"now", str(path))
    assert (path.read_bytes(), len(list(tmp_path.iterdir()))) == (b"before", 1)
