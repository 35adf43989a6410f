"""What a hostile visitor or site does to a server, and what becomes of it: nothing.

Each attack is bounded, runs against a server in a process of its own, and counts what was refused,
taken and answered. Ceilings in seconds are for what hangs.
"""

import json
import resource
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus, WebSocketException
from websockets.sync.client import ClientConnection

from browser import screen
from browser.serve import HOST, ROOT, Server, free_port, serving
from dashboard.web import capacity, log_limit
from deploy.proxy import SETTINGS, Site
from deploy.visitors import connected, read_page

HANG_S = 120.0
MEGABYTE = 1_000_000


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with serving(tmp_path / "server.log", script="server.py", settings=SETTINGS) as started:
        yield started


@pytest.fixture(scope="module", params=["server.py", "app.py"])
def either(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """Each way to serve the dashboard in turn."""
    log = tmp_path_factory.mktemp("either") / "server.log"
    with serving(log, script=request.param) as started:
        yield started


def ask(server: Server, method: str, path: str, body: bytes = b"", **headers: str) -> int:
    """Return the status of an answer, or 0 where the connection ended without one."""
    where = urlsplit(server.url)
    connection = HTTPConnection(where.hostname or HOST, where.port, timeout=HANG_S)
    try:
        connection.request(method, path, body, headers)
        return connection.getresponse().status
    except (ConnectionError, OSError):
        return 0
    finally:
        connection.close()


def multipart(size: int) -> tuple[bytes, str]:
    """Return a file as a form sends it, and its type."""
    edge = secrets.token_hex(8)
    head = f'--{edge}\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n'
    return head.encode() + b"x" * size + f"\r\n--{edge}--\r\n".encode(), (
        f"multipart/form-data; boundary={edge}"
    )


def fetch_token(server: Server) -> str:
    """Return a token that an upload would be let in by."""
    where = urlsplit(server.url)
    connection = HTTPConnection(where.hostname or HOST, where.port, timeout=HANG_S)
    connection.request("GET", "/_stcore/health")
    cookie = str(connection.getresponse().getheader("Set-Cookie") or "")
    connection.close()
    return cookie.partition("_streamlit_xsrf=")[2].partition(";")[0].strip('"')


def test_nothing_can_be_uploaded(either: Server) -> None:
    with connected(either.url) as visitor:
        (session,) = {
            message.new_session.initialize.session_id
            for message in read_page(visitor)
            if message.WhichOneof("type") == "new_session"
        }
        token = fetch_token(either)
        before = either.memory()
        body, kind = multipart(900_000)
        statuses = Counter(
            ask(
                either,
                "PUT",
                f"/_stcore/upload_file/{session}/{number}",
                body,
                **{
                    "Content-Type": kind,
                    "X-Xsrftoken": token,
                    "Cookie": f"_streamlit_xsrf={token}",
                },
            )
            for number in range(150)
        )
        assert set(statuses) <= {0, 404, 413}, statuses
        assert either.memory() - before < 60, "150 files are 135 MB"
        assert read_page(visitor, "funding"), "the visitor goes on"


@pytest.mark.parametrize("path", ["", "funding", "healthz", "api/v1/areas", "media/x", "static/x"])
@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_nothing_else_takes_a_body(site: Site, path: str, method: str) -> None:
    replica = site.replicas[0]
    for server in (replica, Server(site.url, replica.log, replica.pid)):
        assert ask(server, method, f"/{path}", b"x" * 1000) in {0, 404, 405}


def test_a_message_that_never_ends(either: Server) -> None:
    with connected(either.url) as visitor:
        read_page(visitor)
    before = either.memory()
    taken = [send_without_end(either, 60) for _ in range(5)]
    assert max(taken) < 20, f"megabytes taken before a connection was cut: {taken}"
    assert either.memory() - before < 100
    with connected(either.url) as visitor:
        assert read_page(visitor)


def send_without_end(server: Server, megabytes: int) -> int:
    """Send one message in pieces of a megabyte until the server ends it; return how many went."""
    sent = 0

    def pieces() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(megabytes):
            yield b"\x00" * MEGABYTE
            sent += 1

    with suppress(WebSocketException, OSError), connected(server.url) as own:
        own.send(pieces())
    return sent


MAP_FRAME = "/component/streamlit_folium.st_folium/index.html"
# What streamlit-folium's frame would run: the script that is to draw a map.
DRAW = """{isStreamlitMessage: true, type: "streamlit:render", dfs: [], disabled: false, args: {
    script: "document.title = 'written by another site'; window.taken = true;",
    html: "<h1>Written by another site</h1>", header: "", id: "map_div", key: "k",
    default: null, height: 100, width: 100, returned_objects: [], pixelated: false,
    feature_group: null, layer_control: null, return_on_hover: false, css_links: [], js_links: [],
    zoom: null, center: null, on_change: null}}"""
HOSTILE = f"""<!doctype html><title>hostile</title><iframe id=f></iframe><script>
const target = new URLSearchParams(location.search).get("target");
const tell = (other) => setInterval(() => other.postMessage({DRAW}, "*"), 50);
window.attack = (how) => {{
    if (how === "window") {{ tell(window.opened = window.open(target)); }}
    else {{ document.getElementById("f").src = target;
        tell(document.getElementById("f").contentWindow); }}
}};
</script>"""


@pytest.fixture
def hostile_site(tmp_path: Path) -> Iterator[str]:
    """Another site, on a port of its own."""
    folder = tmp_path / "hostile"
    folder.mkdir()
    (folder / "index.html").write_text(HOSTILE, "utf-8")
    port = free_port()
    command = [sys.executable, "-m", "http.server", str(port), "--bind", HOST, "-d", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    end = time.monotonic() + HANG_S
    while time.monotonic() < end:
        with suppress(OSError), socket.create_connection((HOST, port), timeout=1):
            break
        time.sleep(0.05)
    yield f"http://localhost:{port}/index.html"
    process.terminate()
    process.wait()


@pytest.mark.parametrize("how", ["window", "frame"])
def test_another_site_writes_nothing_in_the_map_s_frame(
    chromium: Browser, hostile_site: str, either: Server, how: str
) -> None:
    with chromium.new_context() as context:
        own = context.new_page()
        screen.visit(own, f"{either.url}/map")
        page = context.new_page()
        page.goto(f"{hostile_site}?target={either.url}{MAP_FRAME}")
        if how == "window":
            with page.expect_popup() as opening:
                page.evaluate("attack('window')")
            taken = opening.value
        else:
            page.evaluate("attack('frame')")
            taken = page
        taken.wait_for_load_state()
        page.wait_for_timeout(2_000)
        for frame in taken.frames:
            assert not frame.evaluate("window.taken === true")
            assert "Written by another site" not in frame.locator("body").inner_text()


def test_another_window_writes_nothing_in_a_map_that_is_shown(
    chromium: Browser, either: Server
) -> None:
    with chromium.new_context() as context:
        page = context.new_page()
        screen.visit(page, f"{either.url}/map")
        frame = screen.map_window(page)
        frame.evaluate(f"window.postMessage({DRAW}, '*')")
        frame.evaluate(
            f"""() => {{
                const other = document.createElement("iframe");
                other.srcdoc = `<script>parent.postMessage({DRAW}, "*")</script>`;
                document.body.append(other);
            }}"""
        )
        page.wait_for_timeout(1_000)
        assert not frame.evaluate("window.taken === true")
        screen.drawn(page, districts_shown=13, areas_shown=12)


@pytest.fixture
def hanging(tmp_path: Path) -> Path:
    """A copy of the dashboard whose About page hangs until a file called "go on" is there."""
    folder = tmp_path / "copy"
    shutil.copytree(ROOT / "pages", folder / "pages")
    shutil.copytree(ROOT / ".streamlit", folder / ".streamlit")
    shutil.copy(ROOT / "app.py", folder)
    server = (ROOT / "server.py").read_text("utf-8")
    assert server.count('"app.py"') == 1
    server = server.replace('"app.py"', repr(str(folder / "app.py")))
    (folder / "server.py").write_text(server, "utf-8")
    about = folder / "pages" / "about.py"
    wait = f"""import time, pathlib
while not pathlib.Path({str(folder / "go on")!r}).exists():
    time.sleep(0.1)
"""
    about.write_text(wait + about.read_text("utf-8"), "utf-8")
    return folder


def wait_for_status(server: Server, path: str, status: int) -> None:
    end = time.monotonic() + HANG_S
    while ask(server, "GET", path) != status:
        if time.monotonic() > end:
            pytest.fail(f"{path} never answered {status}")
        time.sleep(0.2)


def test_a_page_that_hangs_stops_nobody_and_is_told_of(hanging: Path, tmp_path: Path) -> None:
    with (
        serving(tmp_path / "server.log", script=str(hanging / "server.py")) as server,
        connected(server.url) as stuck,
        ExitStack() as stack,
    ):
        # Until some visitor has been there, a page may run without the shell around it.
        read_page(stuck)
        asked = BackMsg()
        asked.rerun_script.page_name = "about"
        stuck.send(asked.SerializeToString())
        visitors = [stack.enter_context(connected(server.url)) for _ in range(5)]
        # Each waits a minute at most, and the page hangs until these are answered.
        for visitor in visitors:
            assert read_page(visitor, "funding")
        wait_for_status(server, "/healthz", 503)
        assert ask(server, "GET", "/_stcore/health") == 200
        assert ask(server, "GET", "/api/v1/areas") == 200
        assert server.said().count("other readers go ahead") == 1
        (hanging / "go on").touch()
        wait_for_status(server, "/healthz", 200)


def test_one_visitor_too_many_gets_a_sentence(server: Server) -> None:
    with connected(server.url) as first:
        read_page(first)
    descriptors = capacity.RESERVED_DESCRIPTORS + 12 * capacity.DESCRIPTORS_PER_VISITOR
    resource.prlimit(server.pid, resource.RLIMIT_NOFILE, (descriptors, descriptors))
    with ExitStack() as stack:
        inside = [stack.enter_context(connected(server.url)) for _ in range(12)]
        refused = 0
        for _ in range(100):
            with pytest.raises(InvalidStatus, match="403"), connected(server.url):
                pass
            refused += 1
        assert refused == 100
        assert ask(server, "GET", "/", Accept="text/html") == 503
        assert ask(server, "GET", "/api/v1/areas") == 200
        assert read_page(inside[0], "funding"), "who is inside goes on"
        assert server.said().count("no room for another visitor") == 1
        assert len(list(Path(f"/proc/{server.pid}/fd").iterdir())) < descriptors
    with connected(server.url) as next_one:
        assert read_page(next_one, "funding"), "there is room again"
    assert ask(server, "GET", "/", Accept="text/html") == 200


def test_words_that_a_visitor_makes_up_do_not_fill_the_log(server: Server) -> None:
    with connected(server.url) as visitor:
        widgets = [widget_of(message) for message in read_page(visitor, "outcomes")]
        before = len(server.said())
        for number in range(150):
            asked = BackMsg()
            asked.rerun_script.page_name = "outcomes"
            for widget in filter(None, widgets):
                state = asked.rerun_script.widget_states.widgets.add()
                state.id = widget
                state.json_value = "{" * 1000 + str(number)
            visitor.send(asked.SerializeToString())
            read_until_end(visitor)
    for _ in range(150):
        with suppress(ConnectionClosed), connected(server.url) as visitor:
            visitor.send(b"\xff" * 20_000)
            visitor.recv(timeout=HANG_S)
    with connected(server.url) as visitor:
        assert read_page(visitor, "funding")
    lines = [json.loads(line) for line in server.said()[before:].splitlines()]
    events = Counter(line["event"] for line in lines)
    assert {"Uncaught app execution", "Error deserializing back message"} <= set(events)
    # A minute may end in between.
    assert max(events.values()) <= 2 * log_limit.LINES_PER_MINUTE


WORDS = ("TN34 1AA", 'x"}\n{"level":"CRITICAL","event":"started"}', "\x1b[2J" + "x" * 5000)


def test_a_visitor_writes_no_word_of_their_own_into_the_log(server: Server) -> None:
    for word in WORDS:
        mark = f"{word} {secrets.token_hex(8)}"
        with connected(server.url) as visitor:
            read_page(visitor)
            before = len(server.said())
            forged = BackMsg()
            forged.backend_operation_request.request_id = mark
            forged.backend_operation_request.session_id = mark
            visitor.send(forged.SerializeToString())
            gone = BackMsg()
            gone.rerun_script.fragment_id = mark
            visitor.send(gone.SerializeToString())
            assert read_page(visitor, "funding")
            said = wait_for_words(server, "Rejecting backend operation request", before)
        assert mark.rpartition(" ")[2] not in said
        for line in said.splitlines():
            assert {"time", "level", "logger", "event"} <= set(json.loads(line))


def wait_for_words(server: Server, words: str, before: int) -> str:
    """Return what the log says since it had so many characters, once it says the words."""
    end = time.monotonic() + HANG_S
    while words not in (said := server.said()[before:]):
        assert time.monotonic() < end, said
        time.sleep(0.05)
    return said


def widget_of(message: ForwardMsg) -> str:
    """Return the id of the widget that a message draws, or nothing."""
    element = message.delta.new_element
    kind = element.WhichOneof("type")
    return str(getattr(getattr(element, kind), "id", "")) if kind else ""


def read_until_end(socket: ClientConnection) -> None:
    """Read what a run sends, to its end."""
    while True:
        message = ForwardMsg.FromString(socket.recv(timeout=HANG_S, decode=False))
        if message.WhichOneof("type") == "script_finished":
            return
