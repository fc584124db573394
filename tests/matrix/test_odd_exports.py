"""Exports that nobody tuned for are read as a person reads them, or asked about."""

from __future__ import annotations

import pytest
from odd_exports import EXPORTS
from outcomes import meet, texts, values
from pytest import approx

from reportgen.errors import ReportgenError


@pytest.mark.parametrize("name", EXPORTS)
def test_an_odd_export_is_read_as_a_person_reads_it(name: str) -> None:
    """Every customer, no more, names, first record and amounts as meant; or a question where two readings are fair."""
    odd = EXPORTS[name]()
    try:
        seen = meet(odd.content, odd.name, **odd.settings)
    except ReportgenError as fault:
        assert odd.may_ask, f"{fault.code}: {fault.sentence}"
        assert fault.code in {"RG-007", "RG-008", "RG-009", "RG-012"}, f"{fault.code}: {fault.sentence}"
        return
    assert seen.table.n_customers == odd.n
    if odd.columns:
        assert seen.raw.columns == odd.columns
    if odd.first:
        assert tuple(texts(seen)[0]) == odd.first
    assert not set(odd.not_amounts) & {feature.name for feature in seen.features.features}
    for column, expected in odd.cells.items():
        first = values(seen, column)[: len(expected)]
        assert first == (approx(expected) if isinstance(expected[0], int | float) else expected)
