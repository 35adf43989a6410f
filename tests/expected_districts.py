"""Groups of districts, worked out again from the csv files alone."""

from collections.abc import Callable, Collection

from expected import DISTRICTS, Row, read_table

# The longest run of each measure, as series_runs.csv has it, and its years with a figure.
YEARS = {
    "eyfsp_gld": ["2013/14", "2014/15", "2015/16", "2016/17", "2017/18", "2018/19"],
    "ks2_rwm_expected_district": ["2018/19", "2021/22", "2022/23", "2023/24", "2024/25"],
    "gcse_english_maths_by_19": ["2016/17", "2017/18", "2018/19", "2019/20", "2020/21", "2021/22"],
    "elg_communication_language": ["2021/22", "2022/23", "2023/24", "2024/25"],
    "elg_literacy": ["2021/22", "2022/23", "2023/24", "2024/25"],
    "elg_mathematics": ["2021/22", "2022/23", "2023/24", "2024/25"],
}
OWN = {row["lad_code"] for row in DISTRICTS}
ABOLISHED = {row["lad_code"] for row in DISTRICTS if row["abolished_on"]}
INDEX = {row["lad_code"]: row for row in read_table("index_2016")}
OTHERS = {code for code, row in INDEX.items() if int(row["rank"]) > 270} - OWN
CELLS: dict[tuple[str, str, str], Row] = {
    (row["measure_id"], row["lad_code"], row["period"]): row
    for row in read_table("district_outcomes")
}
PUPILS = {
    code: int(row["pupils"])
    for (measure, code, period), row in CELLS.items()
    if (measure, period) == ("eyfsp_gld", "2017/18")
}


def keep_complete(measure: str, codes: Collection[str]) -> set[str]:
    """Keep the districts that have a figure in every year."""
    return {
        code
        for code in codes
        if all(CELLS.get((measure, code, year), {}).get("value") for year in YEARS[measure])
    }


def work_out(measure: str, year: str, codes: Collection[str]) -> float:
    """Return the share of all pupils of some districts, in per cent."""
    cells = {code: CELLS[measure, code, year] for code in codes}
    if measure == "eyfsp_gld":
        reached = sum(int(cell["reached"]) for cell in cells.values())
        return 100 * reached / sum(int(cell["pupils"]) for cell in cells.values())
    weighted = sum(float(cell["value"]) * PUPILS[code] for code, cell in cells.items())
    return weighted / sum(PUPILS[code] for code in cells)


def average(measure: str, year: str, codes: Collection[str]) -> float:
    """Return the plain mean of some districts, in per cent."""
    return sum(work_out(measure, year, [code]) for code in codes) / len(codes)


def change(
    measure: str,
    codes: Collection[str],
    value: Callable[[str, str, Collection[str]], float] = work_out,
) -> float:
    kept = keep_complete(measure, codes)
    return value(measure, YEARS[measure][-1], kept) - value(measure, YEARS[measure][0], kept)
