"""Chooses among the arrays of records in a JSON, and refuses one page of several."""

from __future__ import annotations

from reportgen.errors import ReportgenError
from reportgen.ingest._json_columns import SHOWN_KEYS
from reportgen.ingest._json_records import Records
from reportgen.ingest._json_tables import JSON_API
from reportgen.ingest._table_names import FEWEST_PART, SAME_KEYS, likeliest, says_customers
from reportgen.records.table import FEWEST_CUSTOMERS
from reportgen.wording import format_count, join_words, plural, scrub


def one_of(
    arrays: dict[str, Records], paths: list[str], setting: tuple[str, str], said: tuple[list[str], list[str]]
) -> Records:
    """The array that is wanted, or the only one; `paths`: of all that is there. `said`: notes and fixes, added to."""
    path, is_guess = _chosen(arrays, *setting)
    refuse_page(arrays[path], setting[1], said[1])
    left_out = [scrub(other) for other in paths if other != path]
    if left_out:
        listed = ", ".join(left_out[:SHOWN_KEYS]) + (", …" if len(left_out) > SHOWN_KEYS else "")
        said[is_guess].append(f"The records under {scrub(path)} were read; left out: {listed}.")
    return arrays[path]


def refuse_page(records: Records, when_unsure: str, fixes: list[str]) -> None:
    """Raises ReportgenError (RG-007) where the answer says that more records follow on other pages."""
    if not records.more:
        return
    if when_unsure != "guess":
        raise ReportgenError(
            "RG-007",
            f"the JSON holds one page of {plural(records.n_records, 'record')}, and says that more follow:"
            f" {scrub(records.more)}.",
            "Fetch all pages and put their records into one array; --guess reads this page alone.",
        )
    fixes.append(f"One page was read, although more follow: {scrub(records.more)}.")


def _chosen(arrays: dict[str, Records], wanted: str, when_unsure: str) -> tuple[str, bool]:
    """(the array's path, whether it was guessed). Raises ReportgenError (RG-007, 063)."""
    if wanted:
        holders = [path for path in arrays if path.casefold() == wanted.strip().casefold()]
        holders += [path for path, records in arrays.items() if records.n_laid_out]
        if not holders:
            names = join_words([scrub(path) for path in arrays])
            raise ReportgenError(
                "RG-063", f"there are no records under {scrub(wanted)}.", f"Set sheet under [input] to one of: {names}."
            )
        return holders[0], False
    large = [path for path, found in arrays.items() if found.n_records >= FEWEST_CUSTOMERS] or list(arrays)
    small = [path for path, found in arrays.items() if path not in large and found.n_records >= FEWEST_PART]
    if len(large) == 1 and not any(_may_be_meant(path, large[0], arrays) for path in small):
        return large[0], False
    if {*arrays} == JSON_API:
        return "data", False
    likely = likeliest(sorted(arrays, key=lambda path: -arrays[path].n_records))
    if when_unsure != "guess":
        said = join_words([f"{scrub(path)} ({format_count(found.n_records)})" for path, found in arrays.items()])
        raise ReportgenError(
            "RG-007",
            f"the JSON holds several arrays of records: {said}.",
            f'Say which one holds the customers: sheet = "{scrub(likely)}" under [input], for example.',
        )
    return likely, True


def _may_be_meant(small: str, large: str, arrays: dict[str, Records]) -> bool:
    """Whether a small array holds customers, too: by its name, or by the keys of a part of them."""
    keys, others = ({path[0] for path in arrays[one].positions} for one in (small, large))
    is_part = len(keys & others) >= SAME_KEYS * len(keys)
    return is_part or says_customers(small) > says_customers(large)
