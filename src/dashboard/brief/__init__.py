"""An area's brief: one or two pages of A4 to print or send, as a PDF that conforms to PDF/UA-1."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from slugify import slugify

from dashboard.archive import write_zip
from dashboard.brief import context
from dashboard.data.loader import Data
from dashboard.file_cache import cache_file
from dashboard.render import worker

__all__ = ["build_file_name", "render_all_briefs", "render_brief"]

_TEMPLATE = Path(__file__).with_name("brief.typ")


@cache_file
def render_brief(data: Data, area_id: str) -> bytes:
    """Return an area's brief. What is said goes in as data: no text can become markup.

    Raises:
        KeyError: there is no such area.
        RuntimeError: the brief could not be built.
        BusyError: too many files are being made already.
    """
    if area_id not in data.label_by_id:
        raise KeyError(area_id)
    return worker.FILES.run(_render, [area_id], data=data)[0]


@cache_file
def render_all_briefs(data: Data) -> bytes:
    """Return the briefs of all areas as a zip, the same bytes for the same figures.

    Raises:
        RuntimeError: a brief could not be built.
        BusyError: too many files are being made already.
    """
    day, ids = _get_day(data), list(data.areas["area_id"])
    names = (build_file_name(area_id) for area_id in ids)
    files = worker.FILES.run(_render, ids, data=data)
    return write_zip(dict(zip(names, files, strict=True)), day)


def build_file_name(area_id: str) -> str:
    """Return the name of an area's brief as a file, which leads into no folder."""
    return f"opportunity-area-brief_{slugify(area_id)}.pdf"


def _render(data: Data, area_ids: Sequence[str]) -> list[bytes]:
    # The typesetter and its fonts are the child's alone.
    from dashboard.render import typesetting

    template = _TEMPLATE.read_text(encoding="utf-8")
    documents = (
        json.dumps(context.build_context(data, area_id), ensure_ascii=False) for area_id in area_ids
    )
    return [typesetting.render_pdf(template, one, _get_day(data)) for one in documents]


def _get_day(data: Data) -> datetime:
    return datetime.fromisoformat(data.descriptor["created"]).astimezone(UTC)
