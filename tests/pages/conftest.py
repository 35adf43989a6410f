"""What tests of pages share: charts that nobody looks at are not drawn."""

import hashlib
from collections.abc import Iterator

import pytest

from dashboard.charts import SmallChart, drawings


@pytest.fixture(autouse=True)
def _undrawn() -> Iterator[None]:
    """Have small charts stand for themselves: those drawn alike have the same address."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawings, "_render", lambda charts: list(map(_name, charts)))
        yield


def _name(chart: SmallChart) -> bytes:
    return f"<svg><!-- {hashlib.sha256(repr(chart.spec).encode()).hexdigest()} --></svg>".encode()
