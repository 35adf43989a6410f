"""What browsers fetch once has an address that changes with it."""

import shutil
from pathlib import Path

import pytest

from dashboard import maps
from dashboard.data.loader import Data
from dashboard.ui import browser_files


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where the files are written."""
    monkeypatch.setattr(browser_files, "_FOLDER", tmp_path / "files")
    return tmp_path / "files"


def test_the_districts_have_an_address_beside_the_map_s_frame(content: Data, folder: Path) -> None:
    one, again = (browser_files.write_districts(content) for _ in range(2))
    assert one == again
    assert one.startswith("../dashboard.ui.browser_files.files/")
    written = folder / one.rpartition("/")[2]
    assert written.read_text("utf-8") == maps.build_districts(content)


def test_a_file_that_the_system_deleted_is_written_again(content: Data, folder: Path) -> None:
    browser_files.write_districts(content)
    shutil.rmtree(folder)
    browser_files.write_districts(content)
    assert len(list(folder.iterdir())) == 1


def test_a_full_disk_ends_no_page(
    content: Data, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(Path, "write_text", fail)
    # The map's script says that what the address leads to is not there.
    assert browser_files.write_districts(content).endswith(".json")
    assert not list(folder.iterdir())


def test_a_drawing_has_the_address_of_what_it_shows(folder: Path) -> None:
    one, same, other = (browser_files.write_drawing(svg) for svg in ("<svg/>", "<svg/>", "<svg />"))
    assert one == same != other
    assert one.startswith("component/dashboard.ui.browser_files.files/")
    assert (folder / one.rpartition("/")[2]).read_text("utf-8") == "<svg/>"


def test_what_a_full_disk_cut_off_is_not_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Path.write_text

    def fill(path: Path, words: str, **_: object) -> None:
        write(path, words[:2])
        raise OSError("no space left on device")

    with monkeypatch.context() as full:
        full.setattr(Path, "write_text", fill)
        with pytest.raises(OSError, match="no space"):
            browser_files.write_drawing("<svg/>")
    assert not list(folder.iterdir())
    address = browser_files.write_drawing("<svg/>")
    assert (folder / address.rpartition("/")[2]).read_text("utf-8") == "<svg/>"


def test_scripts_and_leaflet_are_named_by_what_they_are(content: Data) -> None:
    leaflet, *own = browser_files.list_scripts(content)
    assert "leaflet-1.9.3.0/" in leaflet
    assert len({*own}) == 2
    assert all(len(Path(one).stem) == 16 for one in own)
