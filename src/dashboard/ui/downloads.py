"""Files to take away, built when they are asked for."""

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from dashboard import brief, citations, exports, formatting
from dashboard.data.loader import Data
from dashboard.filters import Filters
from dashboard.provenance import Provenance
from dashboard.ui import deferred, inputs
from dashboard.ui.deferred import Download

# Gives the specifications of charts by name, when they are asked for.
Pictured = Callable[[], dict[str, dict[str, Any]]]

_ICON = ":material/download:"

deferred.answer_requests()


def table(data: Data, basis: Provenance, *, key: str) -> None:
    """Draw the button that gives the rows behind a figure as a CSV file."""
    st.download_button(
        "CSV",
        deferred.quick(
            lambda: exports.csv(exports.dfe_standard.rows(data, basis.title, basis.frame))
        ),
        file_name=_file_name(basis, "csv"),
        mime="text/csv",
        key=key,
        on_click="ignore",
        type="tertiary",
        icon=_ICON,
        help=f"{formatting.plain(basis.title)}: these figures as a file for a spreadsheet",
    )


def pictures(data: Data, basis: Provenance, pictured: Pictured, *, key: str) -> None:
    """Draw the buttons that give charts as pictures, with their title and whose figures they are.

    A single chart's name is its finding; several stand under the title of their basis.
    """

    def build(kind: str) -> bytes:
        from dashboard.charts import image_export

        specs = pictured()
        title = next(iter(specs)) if len(specs) == 1 else basis.title
        licence = data.descriptor["licenses"][0]["title"]
        said = f"{citations.format_citation(data, basis.title, basis.source_ids)} {licence}."
        draw = image_export.svg if kind == "svg" else image_export.png
        return draw(specs, title, said)

    for kind, mime in (("png", "image/png"), ("svg", "image/svg+xml")):
        st.download_button(
            kind.upper(),
            deferred.slow(partial(build, kind)),
            file_name=_file_name(basis, kind),
            mime=mime,
            key=f"{kind}-{key}",
            on_click="ignore",
            type="tertiary",
            icon=_ICON,
            help=f"{formatting.plain(basis.title)}: as a picture",
        )


def _file_name(basis: Provenance, suffix: str) -> str:
    return exports.file_name(basis.name, inputs.current() if basis.narrowed else None, suffix)


def whole(data: Data, filters: Filters | None) -> None:
    """Draw a button for each form in which the whole can be taken, narrowed by filters or not."""
    with st.grid("auto", min_column_width=220, border=True) as grid:
        for name, form in exports.FORMATS.items():
            with grid.cell():
                st.markdown(f":small[{formatting.plain(form.label)}]")
                build = partial(exports.build, data, name, filters)
                _button(
                    name.upper(),
                    deferred.slow(build) if form.slow else deferred.quick(build),
                    exports.file_name("opportunity-areas", filters or Filters(), form.suffix),
                    form.mime,
                )


def each_table(data: Data, filters: Filters | None) -> None:
    """Draw a button for each table of the package."""
    with st.grid("auto", min_column_width=260, border=True) as grid:
        for name, title in exports.titles(data).items():
            with grid.cell():
                st.markdown(f":small[{formatting.plain(title)}]")
                one_table(data, name, filters)


def one_table(data: Data, name: str, filters: Filters | None) -> None:
    """Draw the button that gives one table of the package as a CSV file."""
    _button(
        f"{name}.csv",
        deferred.quick(partial(exports.table_csv, data, name, filters)),
        exports.table_file_name(data, name, filters),
        "text/csv",
    )


def of_area(data: Data, area_id: str, label: str) -> None:
    """Draw the button that gives an area's brief as a PDF."""
    _button(
        f"Brief of {formatting.label(label)} (PDF)",
        deferred.slow(partial(brief.pdf, data, area_id)),
        brief.file_name(area_id),
        "application/pdf",
    )


def briefs(data: Data) -> None:
    """Draw the button that gives the twelve briefs in one file."""
    _button(
        "Twelve briefs (ZIP of PDFs)",
        deferred.slow(partial(brief.all_of, data)),
        "opportunity-area-briefs.zip",
        "application/zip",
    )


def _button(label: str, download: Download, file_name: str, mime: str) -> None:
    st.download_button(
        label,
        download,
        file_name=file_name,
        mime=mime,
        key=file_name,
        on_click="ignore",
        icon=_ICON,
    )
