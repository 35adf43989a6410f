"""Files of the map that browsers can cache: Leaflet's, the shapes, and the page of its frame.

Streamlit serves a component's folder beside the map's frame, so that relative addresses work under
any path that the server is mounted on. The files are temporary and restored if the system deletes
them. If the disk is full the map is missing, and the page says so.
"""

import hashlib
import shutil
from contextlib import suppress
from pathlib import Path

import streamlit_folium
from streamlit.components.v1 import declare_component
from xstatic.pkg import leaflet

from dashboard import maps, temporary
from dashboard.data.loader import Data

_TEMPORARY = temporary.make_folder("opportunity-areas-map-")
_SCRIPTS, _FRAME = _TEMPORARY / "scripts", _TEMPORARY / "frame"
_SCRIPTS.mkdir()
declare_component("leaflet", path=leaflet.BASE_DIR)
declare_component("files", path=str(_SCRIPTS))
_LEAFLET = f"../{__name__}.leaflet/"
STYLES = (f"{_LEAFLET}leaflet.css",)

_FRAME_COMPONENT = streamlit_folium._component_func
_FRAME_SOURCE = Path(str(_FRAME_COMPONENT.abspath))
_FRAME_PAGE, _GUARD = "index.html", "frame_guard.js"
# A second component declared under the same name would leave the unguarded page in use.
_FRAME_COMPONENT._path = str(_FRAME)


def write_files(data: Data) -> None:
    """Write the map's files, if they are missing, to where browsers fetch them."""
    with suppress(OSError):
        for script in (maps.build_shapes(data), maps.read_behaviour()):
            path = _SCRIPTS / _build_name(script)
            if not path.exists():
                _SCRIPTS.mkdir(parents=True, exist_ok=True)
                path.write_text(script, encoding="utf-8")
        if not (_FRAME / _FRAME_PAGE).exists():
            _write_frame()


def list_scripts(data: Data) -> tuple[str, ...]:
    """List the addresses of the scripts of the map's frame, in the order they run."""
    names = (_build_name(script) for script in (maps.build_shapes(data), maps.read_behaviour()))
    return (f"{_LEAFLET}leaflet.js", *(f"../{__name__}.files/{name}" for name in names))


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
    (_FRAME / _GUARD).write_text(maps.read_frame_guard(), encoding="utf-8")
    guarded = page.replace("<head>", f'<head><script src="./{_GUARD}"></script>')
    # Written last, because its presence means that the other files are there.
    (_FRAME / _FRAME_PAGE).write_text(guarded, encoding="utf-8")


def _build_name(script: str) -> str:
    return f"{hashlib.sha256(script.encode()).hexdigest()[:16]}.js"
