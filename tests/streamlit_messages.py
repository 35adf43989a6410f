"""What a browser and Streamlit's server send each other over a websocket, without either."""

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.typing import Subprotocol

SUBPROTOCOLS = [Subprotocol("streamlit")]


def build_stream_url(url: str) -> str:
    """Return the address of a server's websocket."""
    return f"{url.replace('http', 'ws', 1)}/_stcore/stream"


# Where each table is looked at and taken, by the label of its button: a query of Data and sources.
TABLES = {
    "areas.csv": "part=Tables&table=Areas",
    "outcomes.csv": "part=Tables&table=Outcomes",
    "gaps.csv": "part=Tables&table=What+was+looked+for+and+not+found",
}
# Forms of all the data, by the ending of the file: the label of the button.
FORMS = {
    "xlsx": "Excel workbook (XLSX)",
    "ods": "OpenDocument spreadsheet (ODS)",
    "json": "JSON document",
    "geojson": "Areas' shapes (GeoJSON)",
    "zip": "Data package (ZIP of CSV files)",
}


def request_page(page: str = "", query: str = "") -> BackMsg:
    """Return the request for a page, with no choice made on it yet."""
    message = BackMsg()
    message.rerun_script.page_name = page
    message.rerun_script.query_string = query
    return message


def request_file(request_id: str, session: str, file_id: str) -> BackMsg:
    """Return what the press of a download button sends."""
    message = BackMsg()
    request = message.backend_operation_request
    request.request_id, request.session_id = request_id, session
    request.deferred_file.file_id = file_id
    return message


def parse_message(content: bytes) -> ForwardMsg:
    """Return a message of the server's."""
    message: ForwardMsg = ForwardMsg.FromString(content)
    return message


def is_last(message: ForwardMsg) -> bool:
    """Return whether a page is drawn with this message; a run may end only to begin anew."""
    return (
        message.WhichOneof("type") == "script_finished"
        and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
    )


def find_session(messages: list[ForwardMsg]) -> str:
    """Return the id of the session whose page these messages draw."""
    return next(
        message.new_session.initialize.session_id
        for message in messages
        if message.WhichOneof("type") == "new_session"
    )


def find_buttons(messages: list[ForwardMsg]) -> dict[str, str]:
    """Return the files that a page offers: the id by the button's label."""
    elements = [message.delta.new_element for message in messages]
    return {
        element.download_button.label: element.download_button.deferred_file_id
        for element in elements
        if element.WhichOneof("type") == "download_button"
    }
