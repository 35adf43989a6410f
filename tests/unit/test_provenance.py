"""What stands behind each figure: sources, method, qualifiers, overlaps, disagreements."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from dashboard import formatting, provenance
from dashboard.data import frames
from dashboard.data.loader import Data
from dashboard.provenance import Provenance
from dashboard.topics import research_schools
from dashboard.topics.areas import comparison as facts_comparison
from dashboard.topics.areas import exhibits as areas
from dashboard.topics.areas.facts import get_area_facts
from dashboard.topics.areas.map_measures import MAP_MEASURES, build_map_provenance
from dashboard.topics.funding import areas as funding
from dashboard.topics.funding import comparison, programme, successor
from dashboard.topics.index_ranks import exhibits as index_ranks
from dashboard.topics.outcomes import exhibits as outcomes
from dashboard.topics.outcomes import studies
from dashboard.topics.outcomes.exhibits import get_measure
from dashboard.topics.outcomes.programme_years import build_programme_years
from expected import read_table


def amounts_of(content: Data, area_id: str) -> Provenance:
    return funding.build_provenance(
        frames.filter_by_area(content.funding_areas, area_id), name=f"every-amount-{area_id}"
    )


def every(content: Data, facts: pd.DataFrame) -> list[Provenance]:
    """One basis of each kind there is."""
    derby = get_area_facts(content, "derby")
    measure = outcomes.list_measures(content)[0]
    return [
        *(figure.provenance for figure in areas.list_figures(content, facts)),
        areas.build_at_a_glance(content, facts).provenance,
        *(build_map_provenance(content, facts, measure) for measure in (None, *MAP_MEASURES)),
        areas.build_facts(content, derby).provenance,
        areas.build_profile(content, derby).provenance,
        facts_comparison.build_side_by_side(content, facts).provenance,
        areas.build_priorities(content, derby).provenance,
        research_schools.build_provenance(content, "derby"),
        *(figure.provenance for figure in programme.list_headlines(content)),
        programme.build_totals(content).provenance,
        programme.build_research_school_money(content).provenance,
        programme.build_other_announcements(content).provenance,
        research_schools.build_network_provenance(content),
        funding.build_fourth_year_per_child(content, facts).provenance,
        funding.build_fifth_year(content, facts).provenance,
        successor.build_local_needs_fund(content, facts).provenance,
        amounts_of(content, "derby"),
        comparison.build_side_by_side(content, facts).provenance,
        index_ranks.build_steps_provenance(content),
        index_ranks.build_ranks(content, facts).provenance,
        *(exhibit.provenance for exhibit in index_ranks.build_disagreements(content, facts)),
        index_ranks.build_claims(content).provenance,
        outcomes.build_lines_provenance(content, measure, ["E06000015"]),
        outcomes.build_breaks(content, measure).provenance,
        outcomes.build_changes(content, outcomes.build_view(content, measure, facts)).provenance,
        outcomes.build_outcomes_of_area(content, derby).provenance,
        studies.build_studies(content).provenance,
        studies.build_findings(content).provenance,
        build_programme_years(content)[1],
    ]


def test_each_says_how_it_came_about_and_where_from(content: Data, facts: pd.DataFrame) -> None:
    for one in every(content, facts):
        said = provenance.to_markdown(content, one)
        first = "**Sources disagree.** " if "**Sources disagree.** " in said else ""
        assert said.startswith(first or "**How this was worked out.** ")
        assert "**How this was worked out.** " in said
        assert len(one.method.split()) > 4
        for source_id in one.source_ids:
            assert f"reference {formatting.escape_markdown(source_id)}" in said
        assert not re.search(r"\bnan\b|<NA>|\bNaT\b|\bNone\b(?! of)", said)


def test_each_has_rows_with_their_sources(content: Data, facts: pd.DataFrame) -> None:
    known = set(content.sources["source_id"])
    for one in every(content, facts):
        named = [name for name in one.frame.columns if name.endswith("source_id")]
        found = {source for name in named for source in one.frame[name].dropna()}
        assert found, one.name
        assert found <= known
        assert found <= set(one.source_ids) or one.name == "announced-totals", one.name


def test_names_fit_files_and_differ(content: Data, facts: pd.DataFrame) -> None:
    names = [one.name for one in every(content, facts)]
    assert all(name.replace("-", "").isalnum() and name == name.lower() for name in names)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(("missing", "word"), [("source_ids", "source"), ("method", "method")])
def test_one_without_a_source_or_a_method_is_refused(
    content: Data, missing: str, word: str
) -> None:
    whole = programme.build_totals(content).provenance
    with pytest.raises(ValueError, match=f"has no {word}"):
        replace(whole, **{missing: type(getattr(whole, missing))()})


def test_qualifiers_are_counted_by_hand(content: Data) -> None:
    rows = [row for row in read_table("funding_areas") if row["area_id"] == "blackpool"]
    said = " ".join(provenance.list_qualifiers(amounts_of(content, "blackpool")))
    for word in {row["qualifier"] for row in rows} - {"", "exactly", "headline", "computed"}:
        number = sum(row["qualifier"] == word for row in rows)
        assert f"“{word}” ({number} amount" in said
    assert "about, the same headline for all areas (1 amount)" in said
    assert "exactly" not in said


def test_overlaps_are_those_of_the_rows(content: Data) -> None:
    rows = [row for row in read_table("funding_areas") if row["area_id"] == "hastings"]
    assert set(provenance.list_overlaps(amounts_of(content, "hastings"))) == {
        row["overlaps"] for row in rows if row["overlaps"]
    }


@pytest.mark.parametrize(
    ("area_id", "subjects"),
    [
        ("bradford", {"bradford-total", "core-share", "fourth-year-total"}),
        ("blackpool", {"blackpool-five-years", "core-share", "fourth-year-total"}),
        ("ipswich", {"ipswich-research-school-grant", "core-share", "fourth-year-total"}),
        ("derby", {"core-share", "fourth-year-total"}),
    ],
)
def test_amounts_carry_their_disagreements(content: Data, area_id: str, subjects: set[str]) -> None:
    found = provenance.find_disagreements(content, amounts_of(content, area_id))
    assert {row.disagreement_id for row in found} == subjects


@pytest.mark.parametrize(
    ("code", "subjects"),
    [("E07000191", {"west-somerset-early-years"}), ("E06000015", set())],
)
def test_an_outcome_carries_only_its_own_areas(
    content: Data, code: str, subjects: set[str]
) -> None:
    measure = get_measure(content, "eyfsp_gld")
    found = provenance.find_disagreements(
        content, outcomes.build_lines_provenance(content, measure, [code])
    )
    assert {row.disagreement_id for row in found} == subjects


@pytest.mark.parametrize(
    ("area_id", "subjects"),
    [("doncaster", {"doncaster-plan-date", "fourth-year-total"}), ("derby", {"fourth-year-total"})],
)
def test_a_column_that_is_not_shown_is_not_in_dispute(
    content: Data, area_id: str, subjects: set[str]
) -> None:
    row = get_area_facts(content, area_id)
    shown = provenance.find_disagreements(content, areas.build_profile(content, row).provenance)
    card = provenance.find_disagreements(content, areas.build_facts(content, row).provenance)
    assert {row.disagreement_id for row in shown} == subjects
    assert {row.disagreement_id for row in card} == {"fourth-year-total"}


def test_every_disagreement_touches_a_figure_that_is_there(content: Data) -> None:
    touches = content.disagreement_figures
    assert set(touches["disagreement_id"]) == set(content.disagreements["disagreement_id"])
    for row in frames.to_records(touches):
        frame = getattr(content, row.resource)
        assert row.column in frame
        assert (frame[row.key_column] == row.key_value).any()
