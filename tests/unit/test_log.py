"""Each event is one line of JSON, and none tells of a visitor."""

import io
import json
import logging
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from dashboard import changelog
from dashboard.data.validation.issues import DataError, ValidationIssue, raise_if_any
from dashboard.web import logging_config

Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[Lines]:
    """What is said after ``configure``; logging is put back as it was."""
    said = io.StringIO()
    monkeypatch.setattr("sys.stderr", said)
    monkeypatch.setattr("sys.excepthook", None)
    monkeypatch.setattr("threading.excepthook", None)
    kept = logging.root.handlers[:], logging.root.level
    known = [
        one for one in logging.root.manager.loggerDict.values() if isinstance(one, logging.Logger)
    ]
    before = [(one, one.handlers[:], one.propagate) for one in known]
    logging_config.configure()
    yield lambda: [json.loads(line) for line in said.getvalue().splitlines()]
    logging.captureWarnings(capture=False)
    logging.root.handlers[:], logging.root.level = kept
    for one, handlers, propagate in before:
        one.handlers[:], one.propagate = handlers, propagate


def test_the_start_says_what_runs(lines: Lines) -> None:
    (line,) = lines()
    assert (line["event"], line["level"], line["logger"]) == ("started", "INFO", "dashboard")
    assert line["program"] == changelog.read_latest_version("Program")[0]
    assert line["figures"]


def test_every_line_has_time_level_logger_event(lines: Lines) -> None:
    logging.getLogger("any").warning('two\nlines and "quotes" of %s', "Bradford’s")
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn("old", UserWarning, stacklevel=1)
    assert len(lines()) == 3
    for line in lines():
        assert {"time", "level", "logger", "event"} <= set(line)
    assert lines()[1]["event"] == 'two\nlines and "quotes" of Bradford’s'


def test_an_error_comes_with_its_traceback(lines: Lines) -> None:
    try:
        raise ValueError("odd")
    except ValueError:
        logging.getLogger("any").exception("failed")
    assert lines()[-1]["event"] == "failed"
    assert lines()[-1]["error"].splitlines()[-1] == "ValueError: odd"


def test_an_error_nobody_caught(lines: Lines) -> None:
    thread = threading.Thread(target=list, args=(None,))
    thread.start()
    thread.join()
    error = KeyError("x")
    sys.excepthook(KeyError, error, None)
    assert [line["level"] for line in lines()[1:]] == ["CRITICAL", "CRITICAL"]
    assert "TypeError" in lines()[1]["error"]
    assert "KeyError" in lines()[2]["error"]


@pytest.mark.parametrize(
    ("message", "logged"),
    [
        ("GET /funding?cohort=New+six 500", "GET /funding 500"),
        ('"/oa/map?area=Derby"', '"/oa/map"'),
        ("Why? Because.", "Why? Because."),
        ("GET /funding?area=Derby North HTTP/1.1", "GET /funding HTTP/1.1"),
        ('"/funding?area=Derby North"', '"/funding"'),
        ("{'path': '/funding?area=O'Neill North'}", "{'path': '/funding'}"),
        ("/funding?area=O'Neill&cohort=x 500", "/funding 500"),
        ("/funding?area=Derby North&cohort=x 500", "/funding 500"),
        ("?cohort=New+six and funding?cohort=New+six", " and funding"),
        ("GET /a?b=c, then /d?e=f&g=h came", "GET /a then /d came"),
    ],
)
def test_what_was_chosen_is_cut(lines: Lines, message: str, logged: str) -> None:
    logging.getLogger("any").warning(message)
    assert lines()[-1]["event"] == logged


def test_what_was_chosen_is_cut_wherever_it_stands(lines: Lines) -> None:
    held = {"path": "/funding?cohort=x", "more": ["/map?area=y", {"deep": ("/a?b=z", 1, None)}]}
    logging.getLogger("any").warning("asked", extra={"asked": held})
    assert lines()[-1]["asked"] == {
        "path": "/funding",
        "more": ["/map", {"deep": ["/a", 1, None]}],
    }


# What a pattern that looks again from each of a line's characters would be at for hours.
_LONG = """
import logging, sys
from dashboard.web import logging_config
logging_config.configure()
for said in {patterns}:
    said = said * ({length} // len(said))
    logging.getLogger("any").warning("%s", said, extra={{"origin": [said]}})
"""
_PATTERNS = ("/", "/?", "?", "/?a ", "/?& ", "'a/?x ", "/?'a", "'a")
_LENGTH, _HANG = 500_000, 600


@pytest.mark.slow
def test_a_long_value_is_cut_in_the_time_it_takes_to_read() -> None:
    """Work that grew with the square of a value's length would not come to an end.

    What it takes is measured by the benchmark.
    """
    script = _LONG.format(patterns=_PATTERNS, length=_LENGTH)
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=_HANG, check=True
    )
    written = [json.loads(line) for line in ran.stderr.splitlines()][1:]
    assert len(written) == len(_PATTERNS)
    for line in written:
        assert len(line["event"]) <= 2000
        assert len(line["origin"][0]) <= 2000


def test_the_end_of_a_long_traceback_is_kept(lines: Lines) -> None:
    def deeper(depth: int) -> None:
        if depth:
            return shallower(depth - 1)
        raise ValueError("odd")

    def shallower(depth: int) -> None:
        return deeper(depth)

    try:
        deeper(200)
    except ValueError:
        logging.getLogger("any").exception("failed")
    assert 2000 < len(lines()[-1]["error"]) <= 16_000
    assert lines()[-1]["error"].splitlines()[-1] == "ValueError: odd"


def test_connections_are_not_noted(lines: Lines) -> None:
    logging.getLogger("uvicorn.error").info(
        '10.0.0.9:1234 - "WebSocket /_stcore/stream" [accepted]'
    )
    logging.getLogger("uvicorn.error").error("Exception in ASGI application")
    assert [line["event"] for line in lines()[1:]] == ["Exception in ASGI application"]


def test_a_framework_s_logger_is_adopted(lines: Lines) -> None:
    theirs = logging.getLogger("framework")
    theirs.propagate = False
    theirs.addHandler(logging.StreamHandler())
    logging_config.adopt(theirs)
    theirs.warning("heard")
    assert lines()[-1]["logger"] == "framework"


def test_faults_are_told_once_while_they_stay(lines: Lines) -> None:
    first, other = (ValidationIssue("areas.csv", row, "population", "is empty") for row in (2, 3))
    raise_if_any([])
    for issues in ([first], [first], [first, other]):
        with pytest.raises(DataError) as error:
            raise_if_any(issues)
        assert error.value.issues == tuple(issues)
    faults = [line for line in lines() if line["event"] == "fault in the figures"]
    assert [(one["file"], one["row"], one["column"]) for one in faults] == [
        ("areas.csv", row, "population") for row in (2, 2, 3)
    ]
