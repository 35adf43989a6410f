"""Corrections of addresses as people write them, and notes on what was not understood.

Streamlit drops unknown values of widgets silently. So the address is read before the first widget
is drawn, rewritten as the widgets write it, and the run starts again.
"""

from collections.abc import Mapping

import streamlit as st
from streamlit.errors import StreamlitAPIException

from dashboard import addresses, formatting
from dashboard.addresses import Offer, ParsedAddress
from dashboard.data.loader import Data
from dashboard.parameters import TITLES, list_parameters
from dashboard.ui import choices, links

_NOTES, _TRIED = "address_notes", "address_tried"


def correct_address(data: Data, page: str) -> ParsedAddress:
    """Read and correct the address of a page, and return it with the notes on it.

    Call it before any widget is drawn: if the address was corrected, the run starts again.
    """
    query = {name: st.query_params.get_all(name) for name in st.query_params}
    reading = addresses.parse_address(data, page, query)
    tried = (page, tuple(sorted((name, tuple(values)) for name, values in query.items())))
    if reading.changes:
        st.session_state[_NOTES] = (page, reading)
        is_new = st.session_state.get(_TRIED) != tried
        st.session_state[_TRIED] = tried
        _write(data, page, reading.changes)
        if is_new:
            st.rerun()
        return reading
    st.session_state.pop(_TRIED, None)
    # Notes on an address stay until the reader chooses something else.
    earlier_page, earlier = st.session_state.get(_NOTES, (page, reading))
    is_same = earlier_page == page and earlier.address == reading.address
    if is_same and not _has_changed(data, page, earlier.address):
        return ParsedAddress(reading.address, {}, earlier.sentences, earlier.offers)
    st.session_state.pop(_NOTES, None)
    return reading


def _has_changed(data: Data, page: str, address: Mapping[str, tuple[str, ...]]) -> bool:
    """Check whether a widget has another value than the address."""
    for name, parameter in list_parameters(data, page).items():
        if name in st.session_state:
            value = st.session_state[name]
            write = formatting.escape_label if parameter.is_area else str
            chosen = tuple(map(write, value)) if isinstance(value, list) else _format_value(value)
            if (() if chosen == parameter.default else chosen) != address.get(name, ()):
                return True
    return False


def _format_value(value: object) -> tuple[str, ...]:
    if isinstance(value, bool):
        return (str(value).lower(),)
    return (str(value),) if value else ()


def _write(data: Data, page: str, changes: Mapping[str, tuple[str, ...]]) -> None:
    """Write the address, or set the widget that is bound to it already: after Back, for example."""
    parameters = list_parameters(data, page)
    # The options of pills are escaped in the address, and not in the widget's value.
    labels = dict(
        zip(map(formatting.escape_label, data.areas["label"]), data.areas["label"], strict=True)
    )
    for name, values in changes.items():
        try:
            if values:
                st.query_params[name] = list(values)
            else:
                del st.query_params[name]
        except StreamlitAPIException:
            if values:
                chosen = [labels.get(value, value) for value in values]
                st.session_state[name] = chosen if parameters[name].many else chosen[0]


def draw_notes(reading: ParsedAddress) -> None:
    """Draw the notes on the address, and what it may have meant as buttons."""
    if not reading.sentences:
        return
    with st.container(key="address_notes"):
        st.info(formatting.escape_markdown(" ".join(reading.sentences)))
        if reading.offers:
            st.markdown("Choose what was meant:")
            with st.container(horizontal=True):
                for offer in reading.offers:
                    _draw_offer(offer)


def _draw_offer(offer: Offer) -> None:
    if offer.parameter == "area":
        links.draw_profile_link(offer.value, stays=True)
        return
    if offer.parameter == "page":
        title = TITLES[offer.value][0]
        st.page_link(f"pages/{offer.value or title.lower()}.py", label=title)
        return
    st.button(
        formatting.escape_label(offer.value),
        key=f"meant {offer.parameter} {offer.value}",
        on_click=_choose,
        args=(offer,),
    )


def _choose(offer: Offer) -> None:
    choices.record_press()
    chosen = st.session_state.get(offer.parameter) or []
    value = [*chosen, offer.value] if offer.many else offer.value
    st.session_state[offer.parameter] = value
