"""Writes the schema of validation anew: what the program relies on, of our own package."""

import json

from dashboard.data.loader import DEFAULT_FOLDER
from dashboard.data.validation import required

package = json.loads((DEFAULT_FOLDER / "datapackage.json").read_text(encoding="utf-8"))
reduced = json.dumps(required.reduce_package(package), ensure_ascii=False, indent=1)
required.SCHEMA_PATH.write_text(f"{reduced}\n", encoding="utf-8")
