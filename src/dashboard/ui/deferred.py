"""Downloads that are built on request, each in its own queue.

Streamlit 1.67 builds a deferred download in the default thread pool of the server's event loop. A
few threads serve all readers, so a table waits for every document requested before it; requests of
readers who have left are built too; and a reader who meets an error is not told which.
"""

import asyncio
import logging
from collections.abc import Callable, Hashable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

from streamlit import runtime
from streamlit.proto.BackMsg_pb2 import BackendOperationRequest
from streamlit.proto.ForwardMsg_pb2 import BackendOperationResponse
from streamlit.runtime.backend_operation_handler import DeferredFileHandler
from streamlit.runtime.media_file_manager import MediaFileManager

from dashboard.build_queue import QUICK, SLOW, BuildQueue, BusyError, Visitor, VisitorLeftError

_LOG = logging.getLogger(__name__)
_FAILED = "The file could not be made. Try again, or take the figures in another form."
_BUTTON_GONE = "This page has changed since. Load the page again, then try again."
_content: ContextVar[bytes] = ContextVar("content")
# Streamlit keeps a file while a session refers to it; this is the identifier of a session.
_SESSION_ID = "files to fetch"
_KEEP_S = 60.0
_MAX_FILES = 40
_expiry_times: dict[str, float] = {}


@dataclass(frozen=True)
class Download:
    """The content of a download button: the function that builds it, and the queue to build it in.

    Simultaneous requests for downloads with the same key share one build.
    """

    build: Callable[[], bytes]
    queue: BuildQueue
    key: Hashable | None = None

    def __call__(self) -> bytes:
        """Return the file, already built by a queue if :func:`answer_requests` was called."""
        content = _content.get(None)
        return self.build() if content is None else content


def make_quick(build: Callable[[], bytes]) -> Download:
    """Make a download that takes a fraction of a second to build."""
    return Download(build, QUICK, _build_key(build))


def make_slow(build: Callable[[], bytes]) -> Download:
    """Make a download that another process builds."""
    return Download(build, SLOW, _build_key(build))


def _build_key(build: Callable[[], bytes]) -> Hashable | None:
    """Build a key of a partial function and its arguments, None if they are not hashable."""
    if not isinstance(build, partial):
        return None
    key = (build.func, build.args, tuple(sorted(build.keywords.items())))
    try:
        hash(key)
    except TypeError:
        return None
    return key


@cache
def answer_requests() -> None:
    """Build downloads in their queues from now on, for every session of this process."""
    DeferredFileHandler.handle = _answer  # type: ignore[method-assign]


async def _answer(
    self: DeferredFileHandler, request: BackendOperationRequest, session_id: str
) -> BackendOperationResponse:
    """Answer a request for a file with its address, or with a message for the page."""
    response = BackendOperationResponse(request_id=request.request_id)
    try:
        response.deferred_file.url = await _build(self, request.deferred_file.file_id, session_id)
    except (BusyError, VisitorLeftError) as refusal:
        response.error_msg = str(refusal)
    except LookupError:
        response.error_msg = _BUTTON_GONE
    except Exception:
        _LOG.exception("a file could not be made")
        response.error_msg = _FAILED
    return response


async def _build(handler: DeferredFileHandler, file_id: str, session_id: str) -> str:
    """Build the file of a button, and return its address.

    Raises:
        LookupError: the button no longer exists.
        BusyError: too many files are requested.
        VisitorLeftError: the reader has left.
    """
    manager = handler._get_media_file_mgr()
    entry = manager._deferred_callables[file_id]
    download = entry["callable"]
    if not isinstance(download, Download):
        raise TypeError("a download button was not given a Download")
    is_active = partial(runtime.get_instance().is_active_session, session_id)
    answer = download.queue.submit(Visitor(session_id, is_active), download.build, download.key)
    content = await asyncio.wrap_future(answer)
    if not is_active():
        raise VisitorLeftError
    # If the page ran again in the meantime, this button was replaced and its entry dropped.
    manager._deferred_callables[file_id] = entry
    _content.set(content)
    address = manager.execute_deferred(file_id)
    _keep(manager, Path(urlsplit(address).path).stem)
    return address


def _keep(manager: MediaFileManager, file_id: str) -> None:
    """Keep a file until the reader's browser has had time to fetch it.

    Streamlit drops a file that no session refers to after two runs of any readers' pages. On a
    busy server that is before a slow network requests it.
    """
    with manager._lock:
        files = manager._files_by_session_and_coord[_SESSION_ID]
        for expired in [name for name, until in _expiry_times.items() if until < monotonic()]:
            del _expiry_times[expired]
            files.pop(expired, None)
        _expiry_times.pop(file_id, None)
        _expiry_times[file_id] = monotonic() + _KEEP_S
        files[file_id] = file_id
        while len(_expiry_times) > _MAX_FILES:
            oldest = next(iter(_expiry_times))
            del _expiry_times[oldest], files[oldest]
