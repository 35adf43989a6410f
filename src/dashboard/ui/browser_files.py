"""Files that browsers can cache: Leaflet's, the shapes of maps, the map's frame, drawings.

Streamlit serves a component's folder beside the map's frame, so that relative addresses work under
any path that the server is mounted on. The files are temporary and restored if the system deletes
them. If the disk is full the map is missing, and the page says so.
"""

import hashlib
import shutil
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from uuid import uuid4

import streamlit_folium
from streamlit.components.v1 import declare_component
from xstatic.pkg import leaflet

from dashboard import maps, temporary
from dashboard.data.loader import Data
from dashboard.page_lock import PAGE_LOCK

_TEMPORARY = temporary.make_folder("opportunity-areas-map-")
_FOLDER, _FRAME = _TEMPORARY / "files", _TEMPORARY / "frame"
_FOLDER.mkdir()
# Addresses change with what they lead to, because browsers keep the files.
_LEAFLET_NAME = f"leaflet-{version('XStatic-Leaflet')}"
declare_component(_LEAFLET_NAME, path=leaflet.BASE_DIR)
declare_component("files", path=str(_FOLDER))
_LEAFLET = f"../{__name__}.{_LEAFLET_NAME}/"
# Relative to a page: the dashboard may stand under any path.
_ADDRESS = f"component/{__name__}.files/"
STYLES = (f"{_LEAFLET}leaflet.css",)

_FRAME_COMPONENT = streamlit_folium._component_func
_FRAME_SOURCE = Path(str(_FRAME_COMPONENT.abspath))
_FRAME_PAGE = "index.html"
# A second component declared under the same name would leave the unguarded page in use.
_FRAME_COMPONENT._path = str(_FRAME)


def write_files(data: Data) -> None:
    """Write the map's files, if they are missing, to where browsers fetch them."""
    with suppress(OSError):
        for script in (maps.build_shapes(data), maps.read_behaviour()):
            _write_file(_build_name(script), script)
        if not (_FRAME / _FRAME_PAGE).exists():
            with PAGE_LOCK.pause():
                _write_frame()


def list_scripts(data: Data) -> tuple[str, ...]:
    """List the addresses of the scripts of the map's frame, in the order they run."""
    names = (_build_name(script) for script in (maps.build_shapes(data), maps.read_behaviour()))
    return (f"{_LEAFLET}leaflet.js", *(f"../{__name__}.files/{name}" for name in names))


def write_drawing(svg: str) -> str:
    """Write a drawing, if it is missing, and return its address.

    Raises:
        OSError: the disk is full, or cannot be written to.
    """
    name = _build_name(svg, "svg")
    _write_file(name, svg)
    return f"{_ADDRESS}{name}"


def write_districts(data: Data) -> str:
    """Write the file of all districts, if it is missing, and return its address for the map.

    If the disk is full the map says that it could not be loaded.
    """
    districts = maps.build_districts(data)
    name = _build_name(districts, "json")
    with suppress(OSError):
        _write_file(name, districts)
    return f"../{__name__}.files/{name}"


def _write_file(name: str, content: str) -> None:
    """Write a file where browsers fetch it, if it is missing.

    Raises:
        OSError: the disk is full, or cannot be written to.
    """
    path = _FOLDER / name
    if not path.exists():
        with PAGE_LOCK.pause():
            _FOLDER.mkdir(parents=True, exist_ok=True)
            # Half a file, on a full disk or while it is written, would be kept by browsers.
            part = path.with_name(f"{uuid4().hex}.part")
            try:
                part.write_text(content, encoding="utf-8")
                part.replace(path)
            finally:
                part.unlink(missing_ok=True)


def _write_frame() -> None:
    """Copy streamlit-folium's frame, and add a first script that drops messages of other windows.

    Raises:
        RuntimeError: the frame's page has changed, so the script might not be first.
    """
    page = (_FRAME_SOURCE / _FRAME_PAGE).read_text(encoding="utf-8")
    if page.count("<head>") != 1:
        raise RuntimeError("streamlit-folium's frame is not as it was: it cannot be guarded")
    # Source maps are most of the size, and only for debugging.
    leave_out = shutil.ignore_patterns("*.map", _FRAME_PAGE)
    shutil.copytree(_FRAME_SOURCE, _FRAME, ignore=leave_out, dirs_exist_ok=True)
    guard = maps.read_frame_guard()
    name = _build_name(guard)
    (_FRAME / name).write_text(guard, encoding="utf-8")
    guarded = page.replace("<head>", f'<head><script src="./{name}"></script>')
    # Written last, because its presence means that the other files are there.
    (_FRAME / _FRAME_PAGE).write_text(guarded, encoding="utf-8")


def _build_name(content: str, ending: str = "js") -> str:
    return f"{hashlib.sha256(content.encode()).hexdigest()[:16]}.{ending}"
