"""The server's log: one JSON line an event, on standard error.

No line holds a visitor's address, choices or messages: queries are cut from paths, text arguments
from the framework's lines, and uvicorn's lines on each connection are dropped.
"""

import logging
import re
import sys
import threading
from types import TracebackType
from typing import Any

from pythonjsonlogger.json import JsonFormatter

from dashboard import changelog
from dashboard.data import loader, validation
from dashboard.data.validation import issues
from dashboard.web.log_limit import RepeatLimitFilter

_LOG = logging.getLogger("dashboard")
_CHATTY = ("uvicorn", "websockets")
_FRAMEWORK = "streamlit"

# An address with its query. Bounds, possessive repeats and the atomic group keep the search linear
# in the length. The group is not such a repeat: in one, Python 3.11.2 forgets the quotation mark.
_QUERY = re.compile(
    r"""
    (?<![^\s"'?])               # where a word begins
    (?:(?<=(?P<quote>["'])))?
    (?P<path>[^\s"'?/]*+        # an address has a slash, or a parameter's name after its "?"
        (?:/[^\s"'?]*+(?=\?) | (?=\?[\w.%+-]{1,40}=)))
    \?
    (?: (?(quote)               # in quotation marks: up to the closing one, which no word follows
            (?>(?:[^\n"']*+["'](?:(?=\w)|(?<!(?P=quote)))){0,40})[^\n"']*+(?=(?P=quote)(?!\w))
            | (?!))
        | [^\n"?]{0,200}?(?=\ HTTP/\d)
        | (?:[^\n"?]{0,200}&[\w.%-]{1,40}=)? (?:[^\s"']|'(?=\w))*+  # to the last value's end
    )
    """,
    re.VERBOSE,
)
_VERSION_TIMEOUT_S = 10.0
# Characters; of a traceback the end is kept, of any other value the start.
_TRACEBACK_FIELD = "error"
_MAX_TRACEBACK_LENGTH, _MAX_VALUE_LENGTH = 16_000, 2_000


class _Formatter(JsonFormatter):
    def __init__(self) -> None:
        names = {"levelname": "level", "name": "logger", "message": "event", "exc_info": "error"}
        fields = ["levelname", "name", "message"]
        super().__init__(fields, rename_fields=names, timestamp="time", json_ensure_ascii=False)

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        return {name: _redact(name, value) for name, value in log_data.items()}


def _redact(name: str, value: object) -> object:
    """Return a value without queries, each text in it cut to its longest; lists and dicts too."""
    if isinstance(value, dict):
        return {str(key): _redact(str(key), item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_redact(name, item) for item in value]
    if not isinstance(value, str):
        return value
    text = _QUERY.sub(r"\g<path>", value)
    if name == _TRACEBACK_FIELD and len(text) > _MAX_TRACEBACK_LENGTH:
        return f"…{text[1 - _MAX_TRACEBACK_LENGTH :]}"
    return (
        text
        if name == _TRACEBACK_FIELD or len(text) <= _MAX_VALUE_LENGTH
        else f"{text[: _MAX_VALUE_LENGTH - 1]}…"
    )


def configure() -> None:
    """Send everything that this process logs, and errors that nobody catches, to JSON lines."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Formatter())
    handler.addFilter(_is_wanted)
    handler.addFilter(_redact_arguments)
    handler.addFilter(RepeatLimitFilter(exempt=issues.__name__))
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    logging.captureWarnings(capture=True)
    for logger in list(logging.root.manager.loggerDict.values()):
        if isinstance(logger, logging.Logger):
            adopt(logger)
    sys.excepthook = _log_uncaught
    threading.excepthook = lambda hook: _log_uncaught(
        hook.exc_type, hook.exc_value or hook.exc_type(), hook.exc_traceback
    )
    versions = {
        "program": changelog.read_latest_version("Program")[0],
        "figures": _read_version(),
    }
    _LOG.info("started", extra=versions)


def _read_version() -> str | None:
    """Return the version of the figures; None if the disk does not answer in time."""
    versions: list[str] = []
    reader = threading.Thread(
        target=lambda: versions.append(
            validation.read_descriptor(loader.get_folder())[0].get("version", "")
        ),
        daemon=True,
    )
    reader.start()
    reader.join(_VERSION_TIMEOUT_S)
    return versions[0] or None if versions else None


def adopt(logger: logging.Logger) -> None:
    """Remove the handlers a framework gave a logger, so that its lines are logged here."""
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
    logger.propagate = True


def _redact_arguments(record: logging.LogRecord) -> bool:
    """Replace text arguments of the framework's lines: many hold a visitor's message."""
    if record.name.partition(".")[0] == _FRAMEWORK and isinstance(record.args, tuple):
        record.args = tuple("…" if isinstance(value, str) else value for value in record.args)
    return True


def _is_wanted(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING or not record.name.startswith(_CHATTY)


def _log_uncaught(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    _LOG.critical("an error that nobody caught", exc_info=(kind, error, trace))
