"""The field's words in plain ones: shown beside what uses them, and all together."""

TERMS = {
    "Academic year": "September to August: 2018/19 is from September 2018 to August 2019.",
    "Allocation": "Money that was set aside for an area. What was spent may differ.",
    "Attainment 8": (
        "How well pupils did in eight GCSE subjects, on average, added up. English and maths count "
        "twice."
    ),
    "Cohort": (
        "The announcement that named an area: the original six in October 2016, the new six in "
        "January 2017."
    ),
    "Disadvantaged pupils": (
        "Pupils who had free school meals at some time in the last six years, or were in care."
    ),
    "District": (
        "A local authority district: the area of a council. Twelve opportunity areas are thirteen "
        "districts, as Fenland and East Cambridgeshire is two."
    ),
    "Good level of development": (
        "A child of five who does well in talking, in moving, in getting on with others, and in "
        "first steps in reading, writing and maths."
    ),
    "GSS code": "The code that the Office for National Statistics gives a place: E06000009.",
    "Key stage 2": "The end of primary school, when pupils are 11.",
    "Level 3": "Two A levels, or something that counts as much.",
    "Local needs fund": (
        "Money of the programme that came next, for Priority Education Investment Areas, to March "
        "2025. It is not opportunity area money."
    ),
    "Neighbourhood": (
        "A small area of about 1,500 people that statistics are counted for (a lower layer super "
        "output area)."
    ),
    "Opportunity area": (
        "One of twelve places in England that had extra money for education from 2017 to 2022."
    ),
    "Persistent absence": "Missing one school day in ten or more.",
    "Phonics check": "A short test at the end of year 1 of reading words by their sounds.",
    "Primary source": (
        "The body that made or announced a figure. A secondary source is the press or a study; an "
        "inferred figure is worked out by us."
    ),
    "Priority Education Investment Area": (
        "One of 24 places, the twelve opportunity areas among them, that had extra money for "
        "education after 2022."
    ),
    "Progress 8": (
        "How far pupils got from age 11 to 16, against pupils elsewhere who started at the same "
        "level. Zero is the average."
    ),
    "Research school": (
        "A school or a group of schools that helps others to use evidence in teaching."
    ),
    "Social Mobility Index": (
        "A ranking of England's districts by how well children from poor homes do there. The "
        "Social Mobility and Child Poverty Commission made it in 2016, its successor in 2017. 1 is "
        "the best, 324 the worst."
    ),
    "Twinning": "Sharing what an area learned with another place, for part of the money.",
    "Type of place": (
        "City, town, coast or country: our own grouping, as in 2017. Doncaster has been a city "
        "since late 2022."
    ),
}


def get_meaning(term: str) -> str:
    """Return what a term means.

    Raises:
        KeyError: the glossary does not have it.
    """
    return TERMS[term]


def explain_terms(words: str) -> str | None:
    """Return, as Markdown, what the terms in some words mean; None where there are none."""
    terms = [term for term in TERMS if term.casefold() in words.casefold()]
    return "\n\n".join(f"**{term}**: {TERMS[term]}" for term in terms) or None
