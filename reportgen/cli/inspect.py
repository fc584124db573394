"""`reportgen inspect`: columns, roles with reasons, quality findings; no report."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from reportgen.cli._options import exports_argument, joined, json_option, reading_options, settings_for, together_option
from reportgen.cli._order_lines import orders_as_data, sum_of_lines, tables_of

if TYPE_CHECKING:
    from reportgen.pipeline import Inspection
    from reportgen.records.source import Source

EPILOG = """\b
Examples:
  reportgen inspect customers.csv
  reportgen inspect customers.xlsx --json
  reportgen inspect --together exports/orders_2026-*.csv"""


SHOWN_RECORDS = 20
"""Records repaired or set aside that the text lists; --json lists all."""


@click.command("inspect", epilog=EPILOG)
@exports_argument
@together_option
@reading_options
@json_option
def command(exports: tuple[Source, ...], is_together: bool, as_json: bool, **reading: Any) -> int:
    """Show how EXPORT is read: columns, roles with reasons, what cleaning would do. Writes nothing.

    An export that can be read but not used is shown too, with the reason and its exit code.
    """
    from reportgen.pipeline import inspect

    export, *others = joined(exports, is_together)
    if others:
        raise click.UsageError("Inspect one export at a time, or several files as one table with --together.")
    seen = inspect(export, settings_for(export, **reading))
    if not as_json:
        click.echo(as_text(seen))
        if seen.refusal:
            raise seen.refusal
        return 0
    click.echo(json.dumps(as_data(seen), indent=2, ensure_ascii=False))
    return seen.refusal.exit_code if seen.refusal else 0


def as_data(seen: Inspection) -> dict[str, Any]:
    """What `--json` prints; of an export that cannot be used, what is known before cleaning, and why."""
    read, table = seen.raw.report, seen.cleaned.table if seen.cleaned else None
    refusal, by_cleaning = seen.refusal, table.set_aside if table else ()
    return {
        "file": read.file_name,
        "format": read.format,
        "encoding": read.encoding,
        "delimiter": read.delimiter,
        "records": {
            "physical": read.n_physical,
            "used": read.n_used,
            "repaired": read.n_repaired,
            "set_aside": read.n_set_aside,
            "repaired_by_cleaning": len({entry.line for entry in by_cleaning if entry.action == "repaired"}),
            "set_aside_by_cleaning": sum(entry.action == "set aside" for entry in by_cleaning),
        },
        "container": read.container or None,
        "engine": asdict(seen.engine),
        "notes": list(read.notes),
        "fixes": list(read.fixes),
        "customers": table.n_customers if table else None,
        "id_column": (table.id_column or None) if table else None,
        "orders": orders_as_data(table),
        "refused": {"code": refusal.code, "sentence": refusal.sentence, "hint": refusal.hint} if refusal else None,
        "columns": columns_as_data(seen),
        "cleaning": [
            {
                "step": n.step,
                "column": n.column,
                "rows": n.n_rows,
                "before": n.before,
                "after": n.after,
                "why": n.reason,
            }
            for n in (table.notes if table else ())
        ],
        "set_aside": [
            {"record": entry.line, "place": entry.place, "action": entry.action, "reason": entry.reason}
            for entry in (*seen.raw.set_aside, *by_cleaning)
        ],
    }


def columns_as_data(seen: Inspection) -> list[dict[str, Any]]:
    cleaned = seen.cleaned
    shaping = set(cleaned.features.names) if cleaned else set()
    n_missing = {entry.name: entry.n_missing for entry in cleaned.table.quality} if cleaned else {}
    return [
        {
            "name": column.name,
            "label": column.label,
            "unit": column.unit,
            "role": column.role.value,
            "confidence": round(column.confidence, 2),
            "reason": column.reason,
            "shapes_segments": column.name in shaping,
            "missing": n_missing.get(column.name, 0),
        }
        for column in (cleaned.table.columns if cleaned else seen.columns)
    ]


def as_text(seen: Inspection) -> str:
    from reportgen.engine_words import engine_said
    from reportgen.source_words import kind_of_source

    data = as_data(seen)
    records = data["records"]
    lines = [
        f"{data['file']}: {kind_of_source(seen.raw.report)}"
        + (f", unpacked from {data['container']}" if data["container"] else ""),
        f"{records['physical']} records = {records['used']} used + {records['repaired']} repaired "
        f"+ {records['set_aside']} set aside"
        + (f"; {data['customers']} customers after cleaning" if seen.cleaned else ""),
        *(f"mended: {fix}" for fix in data["fixes"]),
        *(f"note: {note}" for note in data["notes"]),
        f"worked out {engine_said(seen.engine)}",
        *order_lines(seen),
        "",
        *aligned(
            [("column", "role", "use", "missing", "why")]
            + [
                (c["name"], c["role"], "shapes" if c["shapes_segments"] else "", str(c["missing"] or ""), c["reason"])
                for c in data["columns"]
            ]
        ),
    ]
    if data["cleaning"]:
        header = [("step", "column", "rows", "before → after", "why")]
        rows = [
            (n["step"], n["column"], str(n["rows"]), f"{n['before']} → {n['after']}", n["why"])
            for n in data["cleaning"]
        ]
        lines += ["", *aligned(header + rows)]
    if data["set_aside"]:
        entries = [("place", "action", "why")]
        entries += [(e["place"], e["action"], e["reason"]) for e in data["set_aside"][:SHOWN_RECORDS]]
        lines += ["", *aligned(entries)]
        left = len(data["set_aside"]) - SHOWN_RECORDS
        lines += [f"… and {left} more: --json lists them all"] if left > 0 else []
    return "\n".join(lines)


def order_lines(seen: Inspection) -> list[str]:
    """What is said where the records are order lines."""
    table = seen.cleaned.table if seen.cleaned else None
    if table is None or table.orders is None:
        return []
    first, last = table.orders.first_day, table.orders.reference_day
    lines = [f"{sum_of_lines(table.orders)}; from {first}, days are counted to {last}"]
    for rows in tables_of(table):
        lines += ["", *aligned(rows)]
    return lines


def aligned(rows: Sequence[tuple[str, ...]], widest: int = 48) -> list[str]:
    """Rows as columns of text; a long cell is clipped, except the last."""
    clipped = [
        (*(cell if len(cell) <= widest else cell[: widest - 1] + "…" for cell in row[:-1]), row[-1]) for row in rows
    ]
    widths = [max(len(row[i]) for row in clipped) for i in range(len(rows[0]) - 1)]
    return [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]) for row in clipped
    ]
