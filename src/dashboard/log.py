"""What a server says: one JSON line an event, on its standard error.

No line names a visitor's address, nor what they chose: queries are cut from paths, and uvicorn's
notes on each connection are left out.
"""

import logging
import re
import sys
import threading
from types import TracebackType
from typing import Any

from pythonjsonlogger.json import JsonFormatter

from dashboard import changes, checks, data

_OWN = logging.getLogger("dashboard")
_QUERY = re.compile(r"(/[^\s?\"']*)\?[^\s\"']*")
_CHATTY = ("uvicorn", "websockets")


class _Formatter(JsonFormatter):
    def __init__(self) -> None:
        names = {"levelname": "level", "name": "logger", "message": "event", "exc_info": "error"}
        fields = ["levelname", "name", "message"]
        super().__init__(fields, rename_fields=names, timestamp="time", json_ensure_ascii=False)

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        return {name: _cut(value) for name, value in log_data.items()}


def _cut(value: Any) -> Any:
    return _QUERY.sub(r"\1", value) if isinstance(value, str) else value


def configure() -> None:
    """Send everything that this process logs, and errors that nobody catches, to JSON lines."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Formatter())
    handler.addFilter(_wanted)
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    logging.captureWarnings(capture=True)
    for one in list(logging.root.manager.loggerDict.values()):
        if isinstance(one, logging.Logger):
            adopt(one)
    sys.excepthook = _uncaught
    threading.excepthook = lambda found: _uncaught(
        found.exc_type, found.exc_value or found.exc_type(), found.exc_traceback
    )
    figures = checks.descriptor(data.folder())[0].get("version")
    _OWN.info("started", extra={"program": changes.latest("Program")[0], "figures": figures})


def adopt(logger: logging.Logger) -> None:
    """Let a logger that a framework gave handlers of its own say what it has to say here."""
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
    logger.propagate = True


def _wanted(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING or not record.name.startswith(_CHATTY)


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    _OWN.critical("an error that nobody caught", exc_info=(kind, error, trace))
