"""Writes the schema of validation anew: what the program relies on, of our own package."""

import json

from dashboard.data.loader import HOME
from dashboard.data.validation import required

package = json.loads((HOME / "datapackage.json").read_text(encoding="utf-8"))
reduced = json.dumps(required.reduce_package(package), ensure_ascii=False, indent=1)
required.PATH.write_text(f"{reduced}\n", encoding="utf-8")
