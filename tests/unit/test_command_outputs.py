"""The command line's streams: any encoding, any output, never a traceback."""

import os
import socket
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from browser.serve import PATIENCE
from dashboard import cli_output
from dashboard.cli import main
from dashboard.data import loader
from dashboard.data.loader import Data

CSV = ["export", "csv", "--table", "gaps"]
START = b"\xef\xbb\xbfgap_id"
TO_STDOUT = [*CSV, "-o", "-"]


@dataclass(frozen=True)
class Result:
    """What a command ended with and wrote."""

    status: object
    stdout: bytes
    stderr: bytes


@contextmanager
def replace_stream(name: str, number: int, file: int, encoding: str) -> Iterator[None]:
    """Have a standard stream write to an open file, as a shell's ``>`` does."""
    own, kept = getattr(sys, name), os.dup(number)
    os.dup2(file, number)
    try:
        # Closed with its last bytes written, as when a program ends: that must raise nothing.
        with os.fdopen(number, "w", encoding=encoding, closefd=False) as stream:
            setattr(sys, name, stream)
            yield
    finally:
        setattr(sys, name, own)
        os.dup2(kept, number)
        os.close(kept)


def run(
    arguments: list[str],
    *,
    encoding: str = "utf-8",
    stdout: int | None = None,
    stderr: int | None = None,
) -> Result:
    """Run a command in this process, its streams files of their own or those named."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        status: object
        with (
            replace_stream("stdout", 1, out.fileno() if stdout is None else stdout, encoding),
            replace_stream("stderr", 2, err.fileno() if stderr is None else stderr, encoding),
        ):
            try:
                status = main(arguments)
            except SystemExit as stopped:
                status = stopped.code
        out.seek(0)
        err.seek(0)
        return Result(status, out.read(), err.read())


@pytest.fixture
def _loaded(content: Data, monkeypatch: pytest.MonkeyPatch) -> None:
    """The figures, read already."""
    monkeypatch.setattr(loader, "load", lambda: content)


@pytest.fixture
def faulty(part: Path) -> str:
    """A folder whose figures have a fault that few encodings have letters for."""
    path = part / "areas.csv"
    path.write_text(path.read_text("utf-8").replace("139870", "ł–“机”🏫", 1), "utf-8")
    return str(part)


@pytest.fixture
def closed_pipe() -> Iterator[int]:
    """A pipe that nobody reads any more."""
    reader, writer = os.pipe()
    os.close(reader)
    yield writer
    os.close(writer)


@pytest.fixture
def full_device() -> Iterator[int]:
    number = os.open("/dev/full", os.O_WRONLY)
    yield number
    os.close(number)


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
def test_a_fault_is_told_in_any_encoding(faulty: str, encoding: str, shown: bytes) -> None:
    result = run(["check", faulty], encoding=encoding)
    assert result.status == 1
    assert shown in result.stdout


@pytest.mark.usefixtures("_loaded")
@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_refusal_and_a_file_s_name_are_told_in_any_encoding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(["brief", "Łódź"], encoding=encoding)
    assert (result.status, result.stdout) == (2, b"")
    assert b"\\u0141" in result.stderr
    result = run([*CSV, "-o", "ł\udcff.csv"], encoding=encoding)
    assert (result.status, result.stdout) == (0, b"\\u0142\\udcff.csv\n")
    assert (tmp_path / "ł\udcff.csv").read_bytes().startswith(START)


@pytest.mark.usefixtures("_loaded")
@pytest.mark.parametrize("arguments", [["check", "nowhere"], ["--help"], TO_STDOUT])
def test_a_closed_pipe_ends_it_in_silence(closed_pipe: int, arguments: list[str]) -> None:
    result = run(arguments, stdout=closed_pipe)
    assert (result.status, result.stderr) == (141, b"")


def test_faults_whose_number_nobody_reads(faulty: str, closed_pipe: int) -> None:
    assert run(["check", faulty], stderr=closed_pipe).status == 1


@pytest.mark.usefixtures("_loaded")
def test_a_file_is_whole_though_nobody_reads_its_name(tmp_path: Path, closed_pipe: int) -> None:
    path = tmp_path / "x.csv"
    assert run([*CSV, "-o", str(path)], stdout=closed_pipe).status == 141
    assert path.read_bytes().startswith(START)


@pytest.mark.usefixtures("_loaded")
@pytest.mark.parametrize("arguments", [["check", "nowhere"], ["--help"], TO_STDOUT])
def test_a_full_device_is_named(full_device: int, arguments: list[str]) -> None:
    result = run(arguments, stdout=full_device)
    assert result.status == 2
    assert b"No space left on device." in result.stderr
    assert result.stderr.count(b"\n") == 1


@pytest.mark.usefixtures("_loaded")
def test_a_full_device_stays_one() -> None:
    result = run([*CSV, "-o", "/dev/full"])
    assert result.status == 2
    assert b"No space left on device." in result.stderr
    assert stat.S_ISCHR(Path("/dev/full").stat().st_mode)


@pytest.mark.usefixtures("_loaded")
@pytest.mark.parametrize(("arguments", "status"), [("brief Atlantis", 2), ("check nowhere", 1)])
def test_a_full_standard_error(full_device: int, arguments: str, status: int) -> None:
    assert run(arguments.split(), stderr=full_device).status == status


@pytest.mark.usefixtures("_loaded")
@pytest.mark.parametrize("to", ["-", "/dev/stdout", "/dev/fd/1", "link"])
def test_standard_output_gets_the_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, to: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "link").symlink_to("/dev/stdout")
    result = run([*CSV, "-o", to])
    assert (result.status, result.stderr) == (0, b"")
    assert result.stdout.startswith(START)
    assert [path.is_symlink() for path in tmp_path.iterdir()] == [True]


@pytest.mark.usefixtures("_loaded")
def test_what_stands_before_in_a_file_stays(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_bytes(b"before\n")
    with log.open("ab") as end:
        assert run([*CSV, "-o", "/dev/stdout"], stdout=end.fileno()).status == 0
        once = log.read_bytes()
        assert once.startswith(b"before\n" + START)
        name = f"/dev/fd/{end.fileno()}"
        assert run([*CSV, "-o", name]).stdout == f"{name}\n".encode()
    assert log.read_bytes().startswith(once + START)


@pytest.mark.usefixtures("_loaded")
def test_a_file_called_a_dash_can_still_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run([*CSV, "-o", "./-"]).stdout == b"./-\n"
    assert (tmp_path / "-").read_bytes().startswith(START)


def test_a_pipe_with_a_name_is_written_into(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    cli_output.write_to(b"now", str(pipe))
    reader.join(60)
    assert read == [b"now"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


# What only a program has: streams that are closed as it begins, and an end.


@pytest.mark.slow
@pytest.mark.parametrize(
    ("line", "status", "words"),
    [
        ("$RUN check nowhere >&- 2>&- <&-", 1, b""),
        ("$RUN mend >&- 2>&-", 2, b""),
        ("PYTHONIOENCODING=ascii $RUN check Łódź >&-", 1, b"\\u0141"),
        (f"$RUN {' '.join(TO_STDOUT)} >&-", 2, b"could not be written: it is closed."),
        (f"$RUN {' '.join(TO_STDOUT)} | head -c 0; exit ${{PIPESTATUS[0]}}", 141, b""),
    ],
)
def test_as_a_program(tmp_path: Path, line: str, status: int, words: bytes) -> None:
    script = f"RUN='{sys.executable} -m dashboard'\n{line}"
    ran = subprocess.run(
        ["bash", "-c", script],
        cwd=tmp_path,
        env={**os.environ, "DASHBOARD_DATA": str(loader.DEFAULT_FOLDER)},
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (status, b"")
    assert words in ran.stderr
    assert bool(words) == bool(ran.stderr)
    assert b"Traceback" not in ran.stderr
    assert b"Exception ignored" not in ran.stderr
    assert list(tmp_path.iterdir()) == []


# What is written where.


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
