"""What a server says: one JSON line an event, on its standard error.

No line names a visitor's address, nor what they chose or sent: queries are cut from paths, words in
the framework's lines are left out, and so are uvicorn's notes on each connection.
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
from dashboard.web.log_limit import LimitRepeats

_OWN = logging.getLogger("dashboard")
_CHATTY = ("uvicorn", "websockets")
_FRAMEWORK = "streamlit"

# A word up to its question mark; only where a word begins, or a long one would be tried at each of
# its characters. What follows is a query where the word has a slash, or a name and "=" come next.
_ASKING = re.compile(r"""(?<![^\s"'?])[^\s"'?]*\?""")
_NAMED = re.compile(r"[\w.%+-]{1,40}=")
# A query goes on past a space where the protocol follows it on its line, or more of the query.
# It ends at a space otherwise. An apostrophe inside a word is part of it.
_TO_PROTOCOL = re.compile(r"""[^\n"?]{0,200}?(?= HTTP/\d)""")
_TO_MORE = re.compile(r"""[^\n"?]{0,200}&[\w.%-]{1,40}=""")
_TO_SPACE = re.compile(r"""(?:[^\s"']|'(?=\w))*""")
_CLOSING = {one: re.compile(rf"{one}(?!\w)") for one in "'\""}
_FAR = 2_000
# Reading it takes milliseconds, where a disk answers.
_VERSION_PATIENCE_S = 10.0
# How long a value may be: that of a traceback, whose end says most, and any other's.
_TRACE = "error"
_LONGEST_TRACE, _LONGEST = 16_000, 2_000


class _Formatter(JsonFormatter):
    def __init__(self) -> None:
        names = {"levelname": "level", "name": "logger", "message": "event", "exc_info": "error"}
        fields = ["levelname", "name", "message"]
        super().__init__(fields, rename_fields=names, timestamp="time", json_ensure_ascii=False)

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        return {name: _describe(name, value) for name, value in log_data.items()}


def _describe(name: str, value: Any) -> Any:
    """Return a value without queries, and no longer than can be read; so too what it holds."""
    if isinstance(value, dict):
        return {str(key): _describe(str(key), one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_describe(name, one) for one in value]
    if not isinstance(value, str):
        return value
    said = _cut_queries(value)
    if name == _TRACE and len(said) > _LONGEST_TRACE:
        return f"…{said[1 - _LONGEST_TRACE :]}"
    return said if name == _TRACE or len(said) <= _LONGEST else f"{said[: _LONGEST - 1]}…"


def _cut_queries(said: str) -> str:
    """Return words with what follows the question mark of each address left out."""
    kept, done = [], 0
    while found := _ASKING.search(said, done):
        mark = found.end()
        if "/" in found[0] or _NAMED.match(said, mark):
            kept.append(said[done : mark - 1])
            done = _end(said, found.start(), mark)
        else:
            kept.append(said[done:mark])
            done = mark
    return "".join([*kept, said[done:]])


def _end(said: str, start: int, mark: int) -> int:
    """Return where the query ends of an address that starts there and has its mark there."""
    if start and (closing := _CLOSING.get(said[start - 1])):
        line = said.find("\n", mark, mark + _FAR)
        if found := closing.search(said, mark, line if line >= 0 else mark + _FAR):
            return found.start()
    if found := _TO_PROTOCOL.match(said, mark):
        return found.end()
    more = _TO_MORE.match(said, mark)
    found = _TO_SPACE.match(said, more.end() if more else mark)
    return found.end() if found else mark


def configure() -> None:
    """Send everything that this process logs, and errors that nobody catches, to JSON lines."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Formatter())
    handler.addFilter(_is_wanted)
    handler.addFilter(_leave_out_what_was_sent)
    handler.addFilter(LimitRepeats(exempt=issues.__name__))
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    logging.captureWarnings(capture=True)
    for one in list(logging.root.manager.loggerDict.values()):
        if isinstance(one, logging.Logger):
            adopt(one)
    sys.excepthook = _log_uncaught
    threading.excepthook = lambda found: _log_uncaught(
        found.exc_type, found.exc_value or found.exc_type(), found.exc_traceback
    )
    versions = {
        "program": changelog.read_latest_version("Program")[0],
        "figures": _get_figures_version(),
    }
    _OWN.info("started", extra=versions)


def _get_figures_version() -> str | None:
    """Return the version of the figures; None where the disk does not give it in a while."""
    found: list[str] = []
    read = threading.Thread(
        target=lambda: found.append(
            validation.read_descriptor(loader.get_folder())[0].get("version", "")
        ),
        daemon=True,
    )
    read.start()
    read.join(_VERSION_PATIENCE_S)
    return (found[0] or None) if found else None


def adopt(logger: logging.Logger) -> None:
    """Let a logger that a framework gave handlers of its own say what it has to say here."""
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
    logger.propagate = True


def _leave_out_what_was_sent(record: logging.LogRecord) -> bool:
    """Leave out the words in a line of the framework's: many come from a visitor's message."""
    if record.name.partition(".")[0] == _FRAMEWORK and isinstance(record.args, tuple):
        record.args = tuple("…" if isinstance(one, str) else one for one in record.args)
    return True


def _is_wanted(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING or not record.name.startswith(_CHATTY)


def _log_uncaught(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    _OWN.critical("an error that nobody caught", exc_info=(kind, error, trace))
