"""Zip files that have the same bytes for the same content."""

import io
import zipfile
from collections.abc import Collection, Mapping
from datetime import date

# A plain file that everyone may read and its owner may write.
_FILE_MODE = 0o100644 << 16


def write_zip(files: Mapping[str, str | bytes], day: date, stored: Collection[str] = ()) -> bytes:
    """Return a zip of files by name, dated to a day, compressed but for those ``stored``."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, date_time=(day.year, day.month, day.day, 0, 0, 0))
            entry.external_attr = _FILE_MODE
            method = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content, method)
    return buffer.getvalue()
