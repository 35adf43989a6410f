"""Colours of the light and the dark theme, from the Government Analysis Function's palette.

The light theme has the palette's own colours. On a dark page its dark blue has a contrast below
3:1, so the dark theme has lighter ones of the same hues.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """Hex colours of one theme.

    ``steps`` run from a measure's lowest class to its highest. ``grades`` run from quiet to
    strong, and the last stands out from all others by 3 to 1. ``series`` distinguish lines and
    have enough contrast for text; none is a cohort's hue. ``band`` and ``programme`` are areas
    behind lines, and have no meaning alone.
    """

    page: str
    land: str
    text: str
    line: str
    original: str
    new: str
    steps: tuple[str, str, str, str]
    grades: tuple[str, str, str, str, str, str]
    series: tuple[str, str, str, str, str]
    band: str
    programme: str
    muted: str

    def cohort(self, name: str) -> str:
        """Return the colour of a cohort."""
        return self.original if name == "Original six" else self.new


LIGHT = Palette(
    page="#ffffff",
    land="#e6e9ec",
    text="#0b0c0c",
    line="#5f6771",
    original="#12436d",
    new="#f46a25",
    steps=("#c9e0f5", "#6bace6", "#2073bc", "#12436d"),
    grades=("#eef3f8", "#dde8f2", "#c8daeb", "#aec9e2", "#8fb4d6", "#12436d"),
    series=("#801650", "#1a7269", "#6b4fa0", "#7a5c00", "#383f43"),
    band="#e6e9ec",
    programme="#fbf3dd",
    muted="#5f6771",
)
DARK = Palette(
    page="#101418",
    land="#2a323a",
    text="#f3f5f7",
    line="#a7b0ba",
    original="#6bace6",
    new="#f78b52",
    steps=("#1f4a73", "#2f7ac0", "#6bace6", "#d3e8fb"),
    grades=("#1b242e", "#20303f", "#263d53", "#2d4c69", "#355d82", "#a9d2f7"),
    series=("#e58bb4", "#4cc2b4", "#b9a3e3", "#d9c15f", "#dee0e2"),
    band="#2a323a",
    programme="#2b2515",
    muted="#a7b0ba",
)


def get_palette(*, dark: bool) -> Palette:
    """Return the palette of the reader's theme."""
    return DARK if dark else LIGHT
