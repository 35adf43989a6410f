"""The sections of the page about the dashboard itself."""

from datetime import datetime

import streamlit as st

from dashboard import changelog, citations, formatting
from dashboard.data.loader import Data
from dashboard.topics import glossary

# The day of the first statement; its review is dated by the newest change.
_PREPARED = "23 November 2026"
# The sections of the model statement for public bodies, in its order.
_STATEMENT = {
    "How accessible this dashboard is": (
        "We know that some parts are not fully accessible. They are listed below. No person with "
        "a disability has tested it yet, and no screen reader was used."
    ),
    "Feedback and contact": (
        "If you find a problem, or need a page in another form, raise an issue in the issue "
        "tracker of the program's code. Say which page and what you use. We aim to answer within "
        "10 working days. If someone sent you here or runs this copy, you can also tell them."
    ),
    "Other forms": (
        "Every table can be downloaded as a file for your own program. The page Data and sources "
        "has workbooks, plain tables, and a brief of each area to read or print."
    ),
    "Enforcement": (
        "If a public body runs this copy and you are not happy with its answer, contact the "
        + formatting.format_link(
            "Equality Advisory and Support Service", "https://www.equalityadvisoryservice.com/"
        )
        + ". The Equality and Human Rights Commission (EHRC) enforces the accessibility "
        "regulations in England, Scotland and Wales. In Northern Ireland, contact the "
        + formatting.format_link(
            "Equality Commission for Northern Ireland (ECNI)", "https://www.equalityni.org/"
        )
        + "."
    ),
    "Commitment": (
        "We are committed to making the dashboard accessible. The rules are the Public Sector "
        "Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018. They "
        "bind public bodies. No public body made this dashboard. We hold it to the same rules."
    ),
    "Compliance status": (
        "The dashboard is **partially compliant** with level AA of the Web Content Accessibility "
        "Guidelines version 2.2, because of what is listed next."
    ),
    "Content that is not accessible": (
        "We know of no part that fails. These may fail with some software. The number is that of "
        "the success criterion.\n\n"
        "- A question mark beside a heading shows what its words mean while it has the focus. Not "
        "every browser lets a pointer rest on what is shown (1.4.13, level AA).\n"
        "- When you filter, a hidden line tells a screen reader how many areas are shown. We have "
        "not heard it with every screen reader (4.1.3, level AA)."
        "\n\nTwo more things to know. Each chart is a picture to a screen reader, with one "
        "sentence. Its figures are in a table on the same page. Links in running text to other "
        "sites open in a new tab and do not say so (3.2.5, level AAA). We claim no "
        "disproportionate burden."
    ),
    "Content that is not within the scope of the regulations": (
        "- Online maps are exempt where what they tell is there in another form. The shapes on the "
        "map cannot be reached by keyboard, and it can be moved by dragging or by arrow keys "
        "alone. The same facts are on the page in words and in a table.\n"
        "- The sources that we link to are other people's sites. We do not answer for them."
    ),
    "What we are doing": (
        "We follow the new versions of the framework that the dashboard is built with, and test "
        "each before we use it. Next we plan a test with screen readers, and with people who use "
        "them."
    ),
}


def draw_method(data: Data) -> None:
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
    st.markdown(f"These are the {formatting.escape_markdown(citations.format_edition(data))}.")


def draw_glossary() -> None:
    """Draw the glossary."""
    st.header("Words used here")
    st.markdown(
        "\n".join(
            f"- **{term}**: {formatting.escape_markdown(meaning)}"
            for term, meaning in glossary.TERMS.items()
        )
    )


def draw_accessibility_statement() -> None:
    """Draw the accessibility statement, in the model form for public bodies."""
    st.header("Accessibility statement")
    st.markdown(
        "This statement is about the opportunity areas dashboard. Those who maintain its program "
        "are responsible for how it works. Whoever runs a copy is responsible for that copy. We "
        "want as many people as possible to be able to use it. You should be able to use it:\n\n"
        "- with a keyboard alone, or with a screen reader\n"
        "- at 400% zoom, or on a phone\n"
        "- in light, in dark, or in colours of your own."
    )
    for heading, paragraphs in _STATEMENT.items():
        st.subheader(heading)
        st.markdown(paragraphs)
    st.subheader("Preparation of this statement")
    st.markdown(
        f"This statement was prepared on {_PREPARED}. It was last reviewed on "
        f"{_find_review_day()}, with the newest change. The dashboard was last tested on that "
        "day, by those who maintain it. With every change a program (axe) checks every page in "
        "light and dark, at three widths, and inside the map. Another program walks every page by "
        "the Tab key. Each page was also looked at by eye."
    )


def _find_review_day() -> str:
    """Return the day of the newest change of figures or program: tests run with each."""
    days = [changelog.read_latest_version(part)[1] for part in ("Figures", "Program")]
    return max(days, key=lambda day: datetime.strptime(day, "%d %B %Y"))


def draw_privacy() -> None:
    """Draw what is known of the reader: nothing."""
    st.header("Privacy")
    st.markdown(
        "The dashboard keeps nothing about you. It asks no other server for anything, counts "
        "nobody, and sets no cookies beyond one that protects its own connection. What you type "
        "into “Find my area” is looked up and forgotten. Your choices are in the page's address "
        "and nowhere else. The company that hosts this copy may keep a log of visits: see its own "
        "privacy notice."
    )


def draw_licence(data: Data) -> None:
    """Draw the licence, and where to see what changed."""
    st.header("Licence and changes")
    own = data.descriptor["licenses"][0]
    st.markdown(
        f"Figures: {formatting.format_link(own['title'], own['path'])}. The program: MIT licence. "
        f"{formatting.escape_markdown(data.districts_boundaries['attribution'])}. What changed, "
        "and when, is under “Versions and citing” on the page Data and sources."
    )
    st.page_link("pages/sources.py", label="Data and sources", icon=":material/arrow_forward:")
