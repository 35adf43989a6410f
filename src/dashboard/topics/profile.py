"""What is known of one area, in short: what a reader sees first on its page."""

from dataclasses import dataclass

import pandas as pd

from dashboard import formatting
from dashboard.cache import memoize
from dashboard.data.frames import filter_by_area, to_rows
from dashboard.data.loader import Data
from dashboard.data.rows import Measure, Outcome
from dashboard.data.validation import RANKED_DISTRICTS
from dashboard.exhibits import build_table
from dashboard.provenance import Provenance
from dashboard.topics import research_schools
from dashboard.topics.areas import exhibits as areas
from dashboard.topics.areas.facts import AreaFacts
from dashboard.topics.funding import programme
from dashboard.topics.funding.answer import build_money_answer, list_five_year_totals
from dashboard.topics.index_ranks import exhibits as index_ranks
from dashboard.topics.index_ranks import ranks
from dashboard.topics.outcomes import exhibits as outcomes
from dashboard.topics.outcomes import formats, series, studies


@dataclass(frozen=True)
class KeyFacts:
    """An area's key facts, and what they rest on."""

    table: pd.DataFrame
    provenances: tuple[Provenance, ...]


@memoize
def describe_end(data: Data, area: AreaFacts) -> str:
    """Return when the programme ended, what came next there, and what studies show, as text."""
    end = programme.get_announcement(data, "funded-activity-ends")
    sentences = [f"The programme ended in {formatting.format_day(end.date[:7])}."]
    if area.successor:
        ended = (
            f", whose money ended in {formatting.format_day(area.successor_ended)}"
            if area.successor_ended
            else ""
        )
        sentences.append(f"What came next: {area.successor.rstrip('.')}{ended}.")
    sentences.append(studies.NO_EFFECT_SHOWN)
    if studies.build_findings_of_area(data, area) is None:
        sentences.append(f"No study found is about {area.label} alone.")
    return " ".join(sentences)


@memoize
def build_key_facts(data: Data, area: AreaFacts) -> KeyFacts:
    """Return an area's money, school, results and standing, a row each."""
    money = build_money_answer(data, area)
    facts = areas.build_profile(data, area)
    return KeyFacts(
        table=build_table(
            {"Fact": name, "Figure": figure}
            for name, figure in (
                ("Money", _describe_money(data, area)),
                ("Research school", _describe_school(data, area)),
                *_list_results(data, area),
                ("Social Mobility Index, 2016", _describe_ranks(data, area)),
                ("People", f"{formatting.format_number(area.population)} (mid-2017)"),
                ("Region and type of place", f"{area.region}; {area.place_type.lower()}"),
            )
        ),
        provenances=(
            facts.provenance,
            money.provenance,
            outcomes.build_outcomes_of_area(data, area).provenance,
            index_ranks.build_ranks_of_area(data, area).provenance,
        ),
    )


def _describe_money(data: Data, area: AreaFacts) -> str:
    """Return the sum of an area's money, beside any published total of all five years."""
    summed = build_money_answer(data, area).title.partition(": ")[2]
    published = list_five_year_totals(data, area)
    beside = f"; published: {formatting.join_names(published)}" if published else ""
    return f"{summed} (computed{beside})"


def _describe_school(data: Data, area: AreaFacts) -> str:
    school = research_schools.get_school(data, area.area_id)
    return f"{school.name}, hosted by {school.host}"


def _list_results(data: Data, area: AreaFacts) -> list[tuple[str, str]]:
    """Return the last figure of each measure that tells what happened next, beside England's."""
    own = filter_by_area(data.areas, area.area_id)
    results = []
    for measure in outcomes.list_measures_by_district(data):
        lines = outcomes.build_view(data, measure, own).lines
        if not lines.empty:
            figures = [
                _describe_last(data, measure, line) for line in series.split_lines(lines).values()
            ]
            results.append((measure.short_title, "; ".join(figures)))
    return results


def _describe_last(data: Data, measure: Measure, line: pd.DataFrame) -> str:
    last = to_rows(line.tail(1), Outcome)[0]
    nation = series.map_england(data, measure.measure_id)
    england = formatting.format_value(nation[last.period], measure.unit)
    place = str(line["line"].iloc[-1])
    name = "" if place == str(line["label"].iloc[-1]) else f"{place} "
    return f"{name}{formats.format_dated(last, measure.unit)}, England {england}"


def _describe_ranks(data: Data, area: AreaFacts) -> str:
    rows = ranks.select_2016(ranks.select_ranks(data, filter_by_area(data.areas, area.area_id)))
    listed = [
        f"{rank}" if len(rows) == 1 else f"{name} {rank}"
        for name, rank in zip(rows["name"], rows["rank"], strict=True)
    ]
    return f"{'; '.join(listed)} of {RANKED_DISTRICTS}, where {RANKED_DISTRICTS} is the worst"
