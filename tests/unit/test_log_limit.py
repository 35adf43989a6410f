"""Whoever makes a server repeat itself fills no log; the first lines and a count remain."""

import logging
from collections.abc import Iterator

import pytest

from dashboard.web import log_limit
from dashboard.web.log_limit import LINES_PER_MINUTE, RepeatLimitFilter


class Written(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []
        self.addFilter(RepeatLimitFilter(exempt="exempt"))

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture
def written() -> Iterator[Written]:
    handler = Written()
    logging.root.addHandler(handler)
    yield handler
    logging.root.removeHandler(handler)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [0.0]
    monkeypatch.setattr(log_limit, "monotonic", lambda: now[0])
    return now


def test_one_place_speaks_so_often_a_minute(written: Written, clock: list[float]) -> None:
    for minute in range(2):
        clock[0] = minute * 60.0
        for number in range(1000):
            logging.getLogger("any").warning("visitor %s", number)
    assert len(written.records) == 2 * LINES_PER_MINUTE
    left_out = [vars(record).get("left_out") for record in written.records]
    assert [one for one in left_out if one] == [1000 - LINES_PER_MINUTE]
    assert left_out[LINES_PER_MINUTE] == 1000 - LINES_PER_MINUTE


def test_other_places_are_heard(written: Written, clock: list[float]) -> None:
    for _ in range(1000):
        logging.getLogger("any").warning("again")
    logging.getLogger("any").warning("again, from another line")
    logging.getLogger("other").warning("from another part")
    assert len(written.records) == LINES_PER_MINUTE + 2
    assert clock == [0.0]


def test_every_fault_of_the_figures_is_written(written: Written) -> None:
    for number in range(5 * LINES_PER_MINUTE):
        logging.getLogger("exempt").error("fault %s", number)
    assert len(written.records) == 5 * LINES_PER_MINUTE
