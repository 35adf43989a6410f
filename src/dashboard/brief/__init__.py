"""An area's brief: one or two pages of A4 to print or send, as a PDF that conforms to PDF/UA-1."""

import io
import json
import re
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from dashboard.brief import context
from dashboard.data.loader import Data
from dashboard.file_cache import cached_file
from dashboard.render import process

__all__ = ["all_of", "file_name", "pdf"]

_TEMPLATE = Path(__file__).with_name("brief.typ")


@cached_file
def pdf(data: Data, area_id: str) -> bytes:
    """Return an area's brief. What is said goes in as data: no text can become markup.

    Raises:
        KeyError: there is no such area.
        BusyError: too many files are being made already.
    """
    return _typeset(data, [area_id])[0]


@cached_file
def all_of(data: Data) -> bytes:
    """Return the briefs of all areas as a zip, the same bytes for the same figures.

    Raises:
        BusyError: too many files are being made already.
    """
    day, ids = _day(data), list(data.areas["area_id"])
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as folder:
        for area_id, brief in zip(ids, _typeset(data, ids), strict=True):
            name = file_name(area_id)
            entry = zipfile.ZipInfo(name, date_time=(day.year, day.month, day.day, 0, 0, 0))
            folder.writestr(entry, brief, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def file_name(area_id: str) -> str:
    """Return the name of an area's brief as a file, which leads into no folder."""
    plain = re.sub(r"[^a-z0-9]+", "-", area_id.lower()).strip("-")
    return f"opportunity-area-brief_{plain}.pdf"


def _typeset(data: Data, area_ids: Sequence[str]) -> list[bytes]:
    said = [json.dumps(context.of(data, one), ensure_ascii=False) for one in area_ids]
    return process.typeset(_TEMPLATE.read_text(encoding="utf-8"), said, _day(data))


def _day(data: Data) -> datetime:
    return datetime.fromisoformat(data.descriptor["created"]).astimezone(UTC)
