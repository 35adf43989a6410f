"""The widgets of a single page, kept in step with the page's address.

Streamlit can bind widgets to the address, but only those on every page: leaving a page that has
bound widgets adds a step to the browser's history, the same page without them, which Back opens.
A widget's key is its name in the address and must be the same in every run: a widget with another
key is a new one that has lost the choice.
"""

from collections.abc import Callable, Iterable, Sequence
from contextvars import ContextVar
from typing import TypeVar

import streamlit as st

_PRESSED, _SEEN = "choices_pressed", "choices_seen"
_pressed: ContextVar[bool] = ContextVar("pressed", default=False)
_Value = TypeVar("_Value", str, bool, list[str])


def start_run(page: str) -> None:
    """Record whether a widget started this run; call it before any widget is drawn.

    Other runs are started by a link, Back or a new address, and then the address counts.
    """
    known_page, _ = st.session_state.get(_SEEN, (None, {}))
    is_pressed = bool(st.session_state.pop(_PRESSED, False))
    _pressed.set(is_pressed and known_page == page)
    if known_page != page:
        st.session_state[_SEEN] = (page, {})


def record_press() -> None:
    """Record that a widget starts the next run: the callback of every widget.

    The address that the browser sends with that run may be older than the one written last.
    """
    st.session_state[_PRESSED] = True


def sync_one(name: str, options: Sequence[str]) -> None:
    """Set a list to the option in the address, or to the first, which is not in the address."""
    first = options[0]

    def select_valid(values: Iterable[str]) -> str:
        return next((value for value in values if value in options), first)

    _sync(
        name,
        read=lambda asked: select_valid(asked[-1:]),
        write=lambda value: [] if value == first else [value],
        keep=lambda value: select_valid([value]),
    )


def sync_several(name: str, options: Sequence[str], written: Callable[[str], str] = str) -> None:
    """Set pills to the options in the address."""
    by_text = {written(option): option for option in options}
    _sync(
        name,
        read=lambda asked: [by_text[text] for text in asked if text in by_text],
        write=lambda value: list(map(written, value)),
        keep=lambda value: [option for option in value if option in options],
    )


def sync_text(name: str, longest: int) -> None:
    """Set a text box to the text in the address."""
    _sync(
        name,
        read=lambda asked: "".join(asked[-1:])[:longest],
        write=lambda value: [value] if value else [],
        keep=lambda value: value,
    )


def sync_switch(name: str) -> None:
    """Set a switch to what the address says."""
    _sync(
        name,
        read=lambda asked: asked[-1:] == ["true"],
        write=lambda value: ["true"] if value else [],
        keep=lambda value: value,
    )


def draw_list(
    label: str, options: Sequence[str], *, key: str, describe: Callable[[str], str] = str
) -> str:
    """Draw a list that always has one of its options chosen, and return that option.

    ``describe`` says how an option reads in the list; the address has the option itself.
    """
    sync_one(key, options)
    return st.selectbox(label, options, key=key, format_func=describe, on_change=record_press)


def _sync(
    name: str,
    *,
    read: Callable[[list[str]], _Value],
    write: Callable[[_Value], list[str]],
    keep: Callable[[_Value], _Value],
) -> None:
    """Synchronise a widget's value and the address; call it before the widget is drawn."""
    _, seen = st.session_state[_SEEN]
    asked = st.query_params.get_all(name)
    is_current = name in st.session_state and (_pressed.get() or asked == seen.get(name))
    value = keep(st.session_state[name]) if is_current else read(asked)
    if name not in st.session_state or st.session_state[name] != value:
        st.session_state[name] = value
    seen[name] = write(value)
    if seen[name] == asked:
        return
    if seen[name]:
        st.query_params[name] = seen[name]
    else:
        del st.query_params[name]
