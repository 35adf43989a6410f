"""Files of the map that browsers fetch once: Leaflet's, the shapes, and the frame's own page.

Streamlit serves a component's folder at an address that the map's frame reaches beside its own,
whatever path the server is mounted under. A machine may tidy temporary files away: they are put
back. Where there is no room for them the map is missing, and the page says so.
"""

import hashlib
import shutil
from contextlib import suppress
from pathlib import Path

import streamlit_folium
from streamlit.components.v1 import declare_component
from xstatic.pkg import leaflet

from dashboard import maps, temporary
from dashboard.cache import memoize
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
# Declaring a second component under its name would leave the page without the guard in use.
_FRAME_COMPONENT._path = str(_FRAME)


def prepare(data: Data) -> None:
    """Put the map's files where browsers fetch them."""
    with suppress(OSError):
        for script in (maps.build_shapes(data), maps.read_behaviour()):
            path = _SCRIPTS / _name(script)
            if not path.exists():
                _SCRIPTS.mkdir(parents=True, exist_ok=True)
                path.write_text(script, encoding="utf-8")
        if not (_FRAME / _FRAME_PAGE).exists():
            _write_frame()


def scripts(data: Data) -> tuple[str, ...]:
    """Return where the map's frame fetches its scripts, in the order they are to run."""
    names = (_name(script) for script in (maps.build_shapes(data), maps.read_behaviour()))
    return (f"{_LEAFLET}leaflet.js", *(f"../{__name__}.files/{name}" for name in names))


def _write_frame() -> None:
    """Copy streamlit-folium's frame, with a script first that drops what others post to it.

    Raises:
        RuntimeError: the frame's page has changed, so that the script might not come first.
    """
    page = (_FRAME_SOURCE / _FRAME_PAGE).read_text(encoding="utf-8")
    if page.count("<head>") != 1:
        raise RuntimeError("streamlit-folium's frame is not as it was: it cannot be guarded")
    # Source maps are for its makers, and most of its size.
    leave_out = shutil.ignore_patterns("*.map", _FRAME_PAGE)
    shutil.copytree(_FRAME_SOURCE, _FRAME, ignore=leave_out, dirs_exist_ok=True)
    (_FRAME / _GUARD).write_text(maps.frame_guard(), encoding="utf-8")
    guarded = page.replace("<head>", f'<head><script src="./{_GUARD}"></script>')
    # Last, because its presence says that the rest is there.
    (_FRAME / _FRAME_PAGE).write_text(guarded, encoding="utf-8")


@memoize
def _name(script: str) -> str:
    return f"{hashlib.sha256(script.encode()).hexdigest()[:16]}.js"
