"""An area's money in one answer: each year's amount, their sum, and what was published as total."""

import re
from dataclasses import dataclass

import pandas as pd

from dashboard import formatting
from dashboard.cache import memoize
from dashboard.citations import format_short
from dashboard.data.frames import to_rows
from dashboard.data.loader import Data
from dashboard.data.rows import Amount, Area
from dashboard.exhibits import NOT_FOUND, Exhibit, Number, build_table
from dashboard.provenance import Provenance, list_distinct
from dashboard.topics.funding.payers import find_payer, find_payer_of_scope, select_payers

_PERIODS = {
    "core three years": ("Core money, 2017 to 2020", "the core money"),
    "fourth year": ("Fourth year, 2020/21", "the fourth year"),
    "fifth year": ("Fifth year, 2021/22", "the fifth year"),
}
_FIFTH_YEAR_STARTS = "2021-09"
_SUM_STEP_GBP = 10_000
_ORDER = ("main", "in addition")


@dataclass(frozen=True)
class _Money:
    """An area's amounts: those of the sum, those beside it, published totals, missing periods."""

    summed: tuple[Amount, ...]
    beside: tuple[Amount, ...]
    totals: tuple[Amount, ...]
    missing: tuple[str, ...]

    @property
    def five_year_totals(self) -> list[Amount]:
        """The published totals that reach into the fifth year."""
        return [row for row in self.totals if (row.period_end or "") >= _FIFTH_YEAR_STARTS]


def build_money_answer(data: Data, area: Area) -> Exhibit:
    """Return an area's money: each period's amount, their sum and the published totals."""
    return _build_answer(data, area.area_id, area.label)


@memoize
def _build_answer(data: Data, area_id: str, label: str) -> Exhibit:
    money = _collect_money(data, area_id)
    missing = _join_missing(money)
    title = f"{label}: {_format_sum(money)} over five years"
    return Exhibit(
        title=f"{title}; {missing} not found" if missing else title,
        lead=_write_lead(data, money),
        provenance=_build_provenance(data, area_id, label, money),
        table=_tabulate(data, money),
        alt=f"{label}: the amount of each period, who paid it, and their sum",
    )


def format_sum(data: Data, area_id: str) -> str:
    """Return the sum of an area's three periods with its qualifier, and what it lacks."""
    money = _collect_money(data, area_id)
    missing = _join_missing(money)
    return f"{_format_sum(money)}, without {missing}" if missing else _format_sum(money)


def list_five_year_totals(data: Data, area: Area) -> list[str]:
    """Return the published totals of an area's five years, as words."""
    return [_format_amount(row) for row in _collect_money(data, area.area_id).five_year_totals]


def describe_money(data: Data, area: Area) -> str:
    """Return an area's money in one sentence of plain text, with what may be quoted."""
    money = _collect_money(data, area.area_id)
    if not money.summed:
        return f"{area.label}: no amount was found."
    payer = formatting.join_names(_list_payers(data, money))
    known = "computed by this dashboard"
    if missing := _join_missing(money):
        known += f" without {missing}, for which no amount was found"
    totals = [f"{_format_amount(row)} for {_lower(row.what)}" for row in money.five_year_totals]
    none = "no published total for all five years was found"
    published = f"published: {formatting.join_names(totals)}" if totals else none
    return (
        f"{area.label} was allocated {_format_sum(money)} by the {payer} from 2017 to 2022 "
        f"({known}; {published})."
    )


@memoize
def _collect_money(data: Data, area_id: str) -> _Money:
    own = data.funding_areas[data.funding_areas["area_id"] == area_id]
    known = [row for row in to_rows(own, Amount) if row.amount_gbp is not None]
    of_periods = sorted(
        (row for row in known if row.scope in _PERIODS and row.role in _ORDER),
        key=lambda row: (list(_PERIODS).index(row.scope), _ORDER.index(row.role)),
    )
    # A separate grant may be another payer's money, so it stands beside the sum.
    beside = tuple(row for row in of_periods if row.role != "main" and row.kind != "allocation")
    found = {row.scope for row in of_periods if row.role == "main"}
    return _Money(
        summed=tuple(row for row in of_periods if row not in beside),
        beside=beside,
        totals=tuple(row for row in known if row.role == "running total"),
        missing=tuple(scope for scope in _PERIODS if scope not in found),
    )


def _format_sum(money: _Money) -> str:
    """Return the sum with its qualifier; to £10,000 where it is not exact."""
    total = sum(row.amount_gbp or 0 for row in money.summed)
    if not total:
        return "no amount found"
    qualifiers = {row.qualifier for row in money.summed} - {"exactly", "computed"}
    words = ["about"] if qualifiers else []
    if "up to" in qualifiers:
        words = [] if money.missing else ["up to"]
    elif money.missing:
        words = ["at least", *words]
    if qualifiers:
        total = round(total / _SUM_STEP_GBP) * _SUM_STEP_GBP
    return formatting.format_money(total, " ".join(words) or "exactly")


def _format_amount(row: Amount) -> str:
    return formatting.format_money(row.amount_gbp or 0, row.qualifier)


def _lower(words: str) -> str:
    return f"{words[0].lower()}{words[1:]}"


def _join_missing(money: _Money) -> str:
    names = [_PERIODS[scope][1] for scope in money.missing]
    return formatting.join_names(names) if names else ""


def _list_payers(data: Data, money: _Money) -> list[str]:
    scopes = [row.scope for row in money.summed] or list(_PERIODS)
    return list(dict.fromkeys(find_payer_of_scope(data, scope) for scope in scopes))


def _write_lead(data: Data, money: _Money) -> tuple[str, ...]:
    total = _format_sum(money)
    parts = [
        "No amount was found."
        if not money.summed
        else f"{total[0].upper()}{total[1:]} is the sum of the amounts below. You may quote it as "
        "computed by this dashboard from these amounts. It is not a published total."
    ]
    within = [row for row in money.summed if row.role != "main"]
    parts += [f"Of it, {_format_amount(row)} is for {_cut_period(row.what)}." for row in within]
    if money.summed and money.missing:
        parts.append(f"No amount was found for {_join_missing(money)}, so the sum leaves it out.")
    parts.append(_describe_totals(data, money))
    parts.append(
        "Money for essential life skills and the grant to the research school were announced "
        "beside the programme's money, so they are not in the sum."
    )
    parts += [
        f"{_format_amount(row)} ({row.what}) is not in the sum either: who paid it is not stated."
        for row in money.beside
    ]
    return (formatting.escape_markdown(" ".join(parts)),)


def _describe_totals(data: Data, money: _Money) -> str:
    """Return the published totals of all five years, and why they differ from the sum."""
    if not money.totals:
        return "No published total was found."
    if not money.five_year_totals:
        return (
            "No published total for all five years was found. Totals of fewer years are in the "
            "table: some count other money too."
        )
    named = [
        f"{_format_amount(row)} for {_lower(row.what)} ({format_short(data, row.source_id)})"
        for row in money.five_year_totals
    ]
    lacks = f" The sum also lacks {_join_missing(money)}." if money.missing else ""
    return (
        f"Published: {formatting.join_names(named)}. This differs from the sum because "
        " the core money is known only as a round figure, and a published total may count "
        f"money that is not in the sum.{lacks}"
    )


def _tabulate(data: Data, money: _Money) -> pd.DataFrame:
    rows = []
    for scope, (title, _) in _PERIODS.items():
        if scope in money.missing:
            payer = find_payer_of_scope(data, scope)
            rows.append({"What": title, "Amount": NOT_FOUND, "Paid by": payer})
        rows += [
            _build_row(data, row, _name_amount(row, title))
            for row in money.summed
            if row.scope == scope
        ]
    rows.append(
        {
            "What": "Sum of these amounts",
            "Amount": Number(f"{_format_sum(money)} (computed)"),
            "Paid by": formatting.join_names(_list_payers(data, money)),
            "Reported by": "Computed by this dashboard",
        }
    )
    rows += [_build_row(data, row, f"Not in the sum: {row.what}") for row in money.beside]
    rows += [_build_row(data, row, f"Published total: {row.what}") for row in money.totals]
    return build_table(rows)


def _name_amount(row: Amount, title: str) -> str:
    """Return an amount's period, and what it is for where the package says more than that."""
    if row.scope == "core three years":
        return title
    more = _cut_period(row.what)
    return f"{title} ({more})" if more else title


def _cut_period(words: str) -> str:
    return re.sub(r"^(Fourth year|Fifth year)\W*", "", words)


def _build_row(data: Data, row: Amount, title: str) -> dict[str, str]:
    return {
        "What": title,
        "Amount": Number(_format_amount(row)),
        "Paid by": find_payer(data, row),
        "Reported by": format_short(data, row.source_id),
    }


def _build_provenance(data: Data, area_id: str, label: str, money: _Money) -> Provenance:
    shown = [*money.summed, *money.beside, *money.totals]
    rows = data.funding_areas
    rows = rows[rows["amount_id"].isin([row.amount_id for row in shown])]
    payers = select_payers(data, list(_PERIODS))
    return Provenance(
        name=f"money-{area_id}",
        title=f"Money over five years, {label}",
        method="The main amount of each of three periods that follow one another, with any "
        "allocation given beside it for the same year, added up. Amounts that lie inside "
        "another are left out, as are other reports of the same money and other programmes. The "
        "sum is to the nearest £10,000 where an amount in it is not exact. Who pays is what the "
        "announcement of the money for all areas says.",
        source_ids=list_distinct(
            [row.source_id for row in shown], payers["source_id"] if len(payers) else []
        ),
        frame=rows,
        rows={"funding_areas": rows, "funding_programme": payers},
        status="As published, but for the sum, which is computed.",
    )
