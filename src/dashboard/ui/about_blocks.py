"""The sections of the page about the dashboard itself."""

import streamlit as st

from dashboard import citations, glossary, text
from dashboard.data import Data

_TESTED = "24 November 2026"


def status(data: Data) -> None:
    """Draw what these figures are and are not, and how they were put together."""
    st.header("What these figures are")
    st.markdown(
        "This is an independent compilation. It is **not official statistics**, and no public body "
        "made or checked it. Each figure is copied from a published source, which is named beside "
        "it, or worked out from such figures, and then it says so."
    )
    st.header("Method")
    st.markdown(
        "- Figures were looked up by hand in announcements, council papers, statistical tables and "
        "the press. Their source, its date and how it was read are in the table of sources.\n"
        "- “About”, “up to” and “over” stay with an amount wherever it goes.\n"
        "- Amounts that lie inside one another are never added up. Nor are totals that followed "
        "one another.\n"
        "- Where sources disagree, all are shown, with the one we prefer and why.\n"
        "- What was not found is listed as a gap. Nothing is filled in.\n"
        "- A county's figure is never shown as an area's.\n"
        "- No change is worked out across a break in a series. Nothing here shows that the "
        "programme changed a result."
    )
    st.markdown(f"These are the {text.plain(citations.edition(data))}.")


def words() -> None:
    """Draw the glossary."""
    st.header("Words used here")
    st.markdown(
        "\n".join(f"- **{term}**: {text.plain(said)}" for term, said in glossary.TERMS.items())
    )


def accessibility() -> None:
    """Draw the accessibility statement, in the model form for public bodies."""
    st.header("Accessibility statement")
    st.markdown(
        "This statement is about the opportunity areas dashboard. We want as many people as "
        "possible to be able to use it. You should be able to use it with a keyboard alone, with a "
        "screen reader, at 400% zoom, on a phone, and in light or dark colours."
    )
    st.subheader("How accessible it is")
    st.markdown(
        "It is **partially compliant** with level AA of the Web Content Accessibility Guidelines "
        "version 2.2. No person with a disability has tested it yet. What we know of:\n\n"
        "- Links inside tables open in a new tab without saying so. The framework leaves no "
        "choice; links outside tables stay in the tab (advice of 3.2.5, level AAA).\n"
        "- The shapes on the map cannot be reached by keyboard. The marks on them can, and the "
        "table beside the map holds the same (2.1.1).\n"
        "- Charts are pictures to a screen reader, each with one sentence. Their figures are in "
        "the table under them (1.1.1)."
    )
    st.subheader("How it was tested")
    st.markdown(
        f"Last tested on {_TESTED}. With every change, a program (axe) checks every page in light "
        "and dark, at three widths, and inside the map; another program walks every page by the "
        "Tab key."
    )
    st.subheader("If something does not work for you")
    st.markdown(
        "Tell whoever sent you here or runs this copy, or raise it where the program's code is "
        "kept. If a public body runs this copy and you are not happy with its answer, contact the "
        + text.link(
            "Equality Advisory and Support Service", "https://www.equalityadvisoryservice.com/"
        )
        + ". The Equality and Human Rights Commission enforces the accessibility regulations of "
        "2018 in England."
    )
    st.markdown(f"This statement was prepared and last reviewed on {_TESTED}.")


def privacy() -> None:
    """Draw what is known of the reader: nothing."""
    st.header("Privacy")
    st.markdown(
        "The dashboard keeps nothing about you. It asks no other server for anything, counts "
        "nobody, and sets no cookies beyond one that protects its own connection. What you type "
        "into “Find my area” is looked up and forgotten. Your choices are in the page's address "
        "and nowhere else. The company that hosts this copy may keep a log of visits: see its own "
        "privacy notice."
    )


def licence(data: Data) -> None:
    """Draw the licence, and where to see what changed."""
    st.header("Licence and changes")
    own = data.descriptor["licenses"][0]
    st.markdown(
        f"Figures: {text.link(own['title'], own['path'])}. The program: MIT licence. "
        f"{text.plain(data.districts_boundaries['attribution'])}. What changed, and when, is under "
        "“Versions and citing” on the page Data and sources."
    )
    st.page_link("pages/sources.py", label="Data and sources", icon=":material/arrow_forward:")
