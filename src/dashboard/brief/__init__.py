"""An area's brief: one or two pages of A4 to print or send, as a PDF that conforms to PDF/UA-1."""

import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from dashboard.brief import content
from dashboard.data import Data

__all__ = ["all_of", "file_name", "pdf"]

_TEMPLATE = Path(__file__).with_name("brief.typ")


def pdf(data: Data, area_id: str) -> bytes:
    """Return an area's brief. What is said goes in as data: no text can become markup.

    Raises:
        KeyError: there is no such area.
    """
    import typst

    said = content.of(data, area_id)
    made = typst.compile(
        _TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"brief": json.dumps(said, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        timestamp=_day(data),
    )
    if not isinstance(made, bytes):
        raise TypeError("a brief is one document")
    return made


def all_of(data: Data) -> bytes:
    """Return the briefs of all areas as a zip, the same bytes for the same figures."""
    day = _day(data)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as folder:
        for area_id in data.areas["area_id"]:
            name = file_name(area_id)
            entry = zipfile.ZipInfo(name, date_time=(day.year, day.month, day.day, 0, 0, 0))
            folder.writestr(entry, pdf(data, area_id), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def file_name(area_id: str) -> str:
    """Return the name of an area's brief as a file."""
    return f"opportunity-area-brief_{area_id}.pdf"


def _day(data: Data) -> datetime:
    return datetime.fromisoformat(data.descriptor["created"]).astimezone(UTC)
