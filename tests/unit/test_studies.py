"""What studies say, by hand from the findings: which are shown, what of each, and its limits."""

from collections import defaultdict

import pytest

from dashboard import formatting
from dashboard.data.frames import to_rows
from dashboard.data.loader import Data
from dashboard.data.rows import Area
from dashboard.exhibits import Link
from dashboard.topics.outcomes import studies
from expected import AREAS, SOURCES, Row, read_table

FINDINGS = read_table("evaluations")
# Kinds of which no result was read, and those of how the programme was run.
UNREAD = {"interviews", "local", "plan", "planned", "project"}
OF_RUNNING = {"process", "inquiry"}


def list_groups() -> dict[str, list[Row]]:
    """Return the findings of each study, the newest first."""
    groups = defaultdict(list)
    for row in sorted(FINDINGS, key=lambda row: row["finding_id"]):
        groups[row["study_id"]].append(row)
    newest = sorted(groups, key=lambda study_id: groups[study_id][0]["date"], reverse=True)
    return {study_id: groups[study_id] for study_id in newest}


READ = [rows for rows in list_groups().values() if rows[0]["kind"] not in UNREAD | OF_RUNNING]


def test_every_study_of_children_s_results_has_a_row(content: Data) -> None:
    shown = studies.build_studies(content).table
    assert len(shown) == len(READ)
    for cell, rows in zip(shown["Study"], READ, strict=True):
        assert cell.startswith(f"{rows[0]['author']}, ")
        assert rows[0]["date"][:4] in cell
        assert isinstance(cell, Link)
        assert cell.address == SOURCES[rows[0]["source_id"]]["url"]


def test_a_row_has_what_is_said_of_the_whole_and_how_many_more(content: Data) -> None:
    for said, rows in zip(studies.build_studies(content).table["What it says"], READ, strict=True):
        whole = [one for one in rows if not one["area_id"] and one["geography"] != "England"]
        assert said.startswith(f"{whole[0]['geography']}: ")
        assert [one["finding"] for one in whole if one["finding"].rstrip(".") not in said] == []
        more = len(rows) - len(whole)
        assert said.endswith(f" And {more} more.") == (more > 0)


def test_the_others_are_counted(content: Data) -> None:
    exhibit = studies.build_studies(content)
    (lead,) = exhibit.lead
    kinds = [rows[0]["kind"] for rows in list_groups().values()]
    running, unread = (sum(kind in some for kind in kinds) for some in (OF_RUNNING, UNREAD))
    count = formatting.format_count
    assert f"{count(running)} more of how the programme was run" in lead
    assert f"{count(unread)} that are planned" in lead
    assert exhibit.alt.startswith(f"What {len(READ)} studies")
    assert set(exhibit.provenance.source_ids) == {row["source_id"] for row in FINDINGS}


def test_one_study_alone_compares_with_similar_places(content: Data) -> None:
    kinds = list(studies.build_studies(content).table["Kind"])
    assert kinds.count("Compared with similar places") == 1


def test_every_finding_is_there_with_its_limits(content: Data) -> None:
    exhibit = studies.build_findings(content)
    assert exhibit.folded
    wanted = [row for rows in list_groups().values() for row in rows]
    shown = exhibit.table
    assert [
        bool(said.startswith(row["finding"].rstrip(".")))
        for said, row in zip(shown["What it says"], wanted, strict=True)
    ] == [True] * len(FINDINGS)
    assert list(shown["Limits"]) == [row["limits"] or "None stated" for row in wanted]
    assert list(shown["Of"]) == [row["geography"] or row["covers"] for row in wanted]


@pytest.mark.parametrize(
    ("finding_id", "value"),
    [
        ("V01-01", "(20.1 months behind)"),
        ("V01-02", "(+8.3 months)"),
        ("V04-01", "(2,000,000 pounds for administration)"),
        ("V11-01", "(−0.15 score)"),
        ("V11-05", "(−1.01 score)"),
    ],
)
def test_a_change_has_its_sign_and_a_number_its_unit(
    content: Data, finding_id: str, value: str
) -> None:
    (finding,) = (row["finding"] for row in FINDINGS if row["finding_id"] == finding_id)
    assert f"{finding.rstrip('.')} {value}." in set(
        studies.build_findings(content).table["What it says"]
    )


@pytest.mark.parametrize("row", AREAS, ids=lambda row: row["area_id"])
def test_an_area_has_the_findings_that_name_it(content: Data, row: Row) -> None:
    (area,) = (one for one in to_rows(content.areas, Area) if one.area_id == row["area_id"])
    own = [one for one in FINDINGS if one["area_id"] == row["area_id"]]
    exhibit = studies.build_findings_of_area(content, area)
    if exhibit is None:
        assert own == []
        return
    shown = exhibit.table["What it says"]
    findings = [one["finding"].rstrip(".") for one in own]
    assert [said.partition(" (")[0].rstrip(".") for said in shown] == findings
    assert set(exhibit.provenance.source_ids) == {one["source_id"] for one in own}
    assert exhibit.id == f"studies-{row['area_id']}"
