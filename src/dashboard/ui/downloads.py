"""Buttons for downloads, which are built when they are requested."""

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st
from slugify import slugify

from dashboard import brief, citations, exports, formatting
from dashboard.charts import image_export
from dashboard.data.loader import Data
from dashboard.filters import Filters
from dashboard.provenance import Provenance
from dashboard.ui import deferred, inputs
from dashboard.ui.deferred import Download

# Builds the Vega-Lite specifications of charts, by name.
SpecBuilder = Callable[[], dict[str, dict[str, Any]]]

_ICON = ":material/download:"
# What each form of all the data is called on its button.
_NAMES = {
    "xlsx": "Excel workbook (XLSX)",
    "ods": "OpenDocument spreadsheet (ODS)",
    "json": "JSON document",
    "geojson": "Areas' shapes (GeoJSON)",
    "zip": "Data package (ZIP of CSV files)",
}

deferred.answer_requests()


def draw_table_button(data: Data, provenance: Provenance, *, key: str, mark: str = "") -> None:
    """Draw the button for the rows behind a figure, as a CSV file; ``mark`` ends its label."""

    def build() -> bytes:
        rows = exports.dfe_standard.build_rows(data, provenance.title, provenance.frame)
        return exports.write_csv(rows)

    _draw_button(
        f"CSV: {formatting.escape_label(f'{provenance.title}{mark}')}",
        deferred.make_quick(build),
        _build_file_name(provenance, "csv"),
        "text/csv",
        key=key,
        note=f"{formatting.escape_markdown(provenance.title)}: these figures as a file for a "
        "spreadsheet",
    )


def draw_picture_buttons(
    data: Data, provenance: Provenance, build_specs: SpecBuilder, credit: str, *, key: str
) -> None:
    """Draw the buttons for charts as images, with their title and sources.

    A single chart's name is its title; several have the title of their provenance. ``credit``
    says whose shapes a map has, or is empty.
    """

    def build(kind: str) -> bytes:
        specs = build_specs()
        title = next(iter(specs)) if len(specs) == 1 else provenance.title
        licence = data.descriptor["licenses"][0]["title"]
        citation = citations.format_citation(data, provenance.title, provenance.source_ids)
        render = image_export.render_svg if kind == "svg" else image_export.render_png
        published = f"This picture is published under the {licence}."
        return render(specs, title, " ".join(filter(None, [citation, credit, published])))

    for kind, mime in (("png", "image/png"), ("svg", "image/svg+xml")):
        _draw_button(
            f"{kind.upper()}: {formatting.escape_label(provenance.title)}",
            deferred.make_slow(partial(build, kind)),
            _build_file_name(provenance, kind),
            mime,
            key=f"{kind}-{key}",
            note=f"{formatting.escape_markdown(provenance.title)}: as a picture",
        )


def _build_file_name(provenance: Provenance, suffix: str) -> str:
    """Return a file's name, as its button says it."""
    return exports.build_file_name(
        slugify(provenance.title), inputs.get_filters() if provenance.narrowed else None, suffix
    )


def draw_format_buttons(data: Data, filters: Filters | None) -> None:
    """Draw a button for each format of all the data, filtered or not."""
    with st.container(horizontal=True):
        for name, form in exports.FORMATS.items():
            build = partial(exports.build, data, name, filters)
            _draw_button(
                _NAMES[name],
                deferred.make_slow(build),
                exports.build_file_name("opportunity-areas", filters or Filters(), form.suffix),
                form.mime,
            )


def draw_single_table_button(data: Data, name: str, filters: Filters | None) -> None:
    """Draw the button for a table of the package, as a CSV file, whole or filtered."""
    _draw_button(
        f"{name}.csv, as filtered" if filters else f"{name}.csv",
        deferred.make_quick(partial(exports.build_table_csv, data, name, filters)),
        exports.build_table_file_name(data, name, filters),
        "text/csv",
    )


def draw_brief_button(data: Data, area_id: str, label: str) -> None:
    """Draw the button for an area's brief, as a PDF."""
    _draw_button(
        f"Brief of {formatting.escape_label(label)} (PDF)",
        deferred.make_slow(partial(brief.render_brief, data, area_id)),
        brief.build_file_name(area_id),
        "application/pdf",
    )


def draw_briefs_button(data: Data) -> None:
    """Draw the button for all briefs in one file."""
    _draw_button(
        "Twelve briefs (ZIP of PDFs)",
        deferred.make_slow(partial(brief.render_all_briefs, data)),
        "opportunity-area-briefs.zip",
        "application/zip",
    )


def _draw_button(
    label: str,
    download: Download,
    file_name: str,
    mime: str,
    *,
    key: str | None = None,
    note: str | None = None,
) -> None:
    """Draw a button; one with a note, which is shown on hover, is small."""
    st.download_button(
        label,
        download,
        file_name=file_name,
        mime=mime,
        key=key or file_name,
        on_click="ignore",
        type="tertiary" if note else "secondary",
        icon=_ICON,
        help=note,
    )
