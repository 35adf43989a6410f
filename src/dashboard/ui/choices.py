"""What a page's own widgets hold: the address says it, and is written when they change.

Streamlit's binding is for what stands on every page. A page with bound widgets that is left puts
a step into the browser's history that is the same page without them, and Back finds that. So the
two are kept in step here. A widget's key is its name in the address, the same in every run: a key
that holds what a run changes makes another widget, and what was chosen in the first is lost.
"""

from collections.abc import Callable, Iterable, Sequence
from contextvars import ContextVar
from typing import TypeVar

import streamlit as st

_PRESSED, _SEEN = "choices_pressed", "choices_seen"
_pressed: ContextVar[bool] = ContextVar("pressed", default=False)
_Value = TypeVar("_Value", str, bool, list[str])


def begin_run(page: str) -> None:
    """Note whether a widget began this run; call it before any widget is drawn.

    A link, Back or a new address begins the others, and then the address counts.
    """
    known_page, _ = st.session_state.get(_SEEN, (None, {}))
    is_pressed = bool(st.session_state.pop(_PRESSED, False))
    _pressed.set(is_pressed and known_page == page)
    if known_page != page:
        st.session_state[_SEEN] = (page, {})


def note_press() -> None:
    """Note that a widget begins the next run: the callback of every widget that begins one.

    What the browser sends as its address then may be older than what was written last.
    """
    st.session_state[_PRESSED] = True


def adopt_one(name: str, options: Sequence[str]) -> None:
    """Give a list what the address asks for, or its first option; the first leaves the address."""
    first = options[0]

    def keep(values: Iterable[str]) -> str:
        return next((value for value in values if value in options), first)

    _adopt(
        name,
        read=lambda asked: keep(asked[-1:]),
        write=lambda value: [] if value == first else [value],
        keep=lambda value: keep([value]),
    )


def adopt_several(
    name: str,
    options: Sequence[str],
    default: Sequence[str] = (),
    written: Callable[[str], str] = str,
) -> None:
    """Give pills what the address asks for, or the default, which leaves it."""
    of_written = {written(option): option for option in options}
    _adopt(
        name,
        read=lambda asked: [of_written[one] for one in asked if one in of_written] or [*default],
        write=lambda value: [] if value == [*default] else [written(one) for one in value],
        keep=lambda value: [one for one in value if one in options],
    )


def adopt_text(name: str, longest: int) -> None:
    """Give a box the words of the address."""
    _adopt(
        name,
        read=lambda asked: "".join(asked[-1:])[:longest],
        write=lambda value: [value] if value else [],
        keep=lambda value: value,
    )


def adopt_switch(name: str) -> None:
    """Turn a switch on where the address says so."""
    _adopt(
        name,
        read=lambda asked: asked[-1:] == ["true"],
        write=lambda value: ["true"] if value else [],
        keep=lambda value: value,
    )


def draw_list(label: str, options: Sequence[str], *, key: str) -> str:
    """Draw a list that always holds one of its options, and return that."""
    adopt_one(key, options)
    return st.selectbox(label, options, key=key, on_change=note_press)


def _adopt(
    name: str,
    *,
    read: Callable[[list[str]], _Value],
    write: Callable[[_Value], list[str]],
    keep: Callable[[_Value], _Value],
) -> None:
    """Bring the widget of a name and the address together; the widget is drawn after this."""
    _, seen = st.session_state[_SEEN]
    asked = st.query_params.get_all(name)
    stands = name in st.session_state and (_pressed.get() or asked == seen.get(name))
    value = keep(st.session_state[name]) if stands else read(asked)
    if name not in st.session_state or st.session_state[name] != value:
        st.session_state[name] = value
    seen[name] = write(value)
    if seen[name] == asked:
        return
    if seen[name]:
        st.query_params[name] = seen[name]
    else:
        del st.query_params[name]
