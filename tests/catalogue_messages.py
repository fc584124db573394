"""Every text that a catalogue may have to translate: of the code, of the templates, of the data files."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from jinja2.ext import babel_extract

from reportgen.charts.base import CHARTS
from reportgen.clean.stage import LINE_STEPS, STEPS
from reportgen.engine.text_dates import (
    COMPACT,
    DAY_FIRST,
    EPOCH_DAYS,
    EXCHANGED,
    ISO,
    JULIAN,
    MONTH,
    MONTH_FIRST,
    NAMED,
    YEAR_FIRST,
)
from reportgen.language import NOUN_CASE
from reportgen.orders import counterparts, customer_ids, customers, guests, stage
from reportgen.orders._words import order_words
from reportgen.orders.base import Fate
from reportgen.orders.fates import RULES
from reportgen.orders.no_goods import UNNUMBERED
from reportgen.personas.playbook import playbook
from reportgen.personas.vocabulary import vocabulary
from reportgen.records.orders import Part
from reportgen.records.table import Role
from reportgen.wording import NUMBER_WORDS

ROOT = Path(__file__).parents[1]
NAME = "name"
"""Context of the words that personas' names are made of."""

SINGLE = {"msgid": 0, "text": 0, "fill": 0, "phrase": 0, "say": 1, "name_word": 0, "_": 0}
"""Function → the place of the text among its arguments."""


WAYS = (ISO, EXCHANGED, EPOCH_DAYS, JULIAN, DAY_FIRST, MONTH_FIRST, YEAR_FIRST, COMPACT, NAMED, MONTH)
DISTINCT = ("value", "number", "date", "text", "label")
"""What roles count: `12 distinct values`."""


def messages() -> Catalog:
    """All of them, in the order of the files."""
    found = Catalog()
    for file, line, message, context in (*of_code(), *of_templates()):
        found.add(message, locations=[(file, line)], context=context)
    for message, context in of_data():
        found.add(message, context=context)
    return found


def of_code() -> Iterator[tuple[str, int, Any, str | None]]:
    """(file, line, text or singular and plural, context)"""
    for path in sorted((ROOT / "reportgen").rglob("*.py")):
        calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
        for call in sorted(calls, key=lambda call: call.lineno):
            name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
            for message, context in looked_up(name, call.args):
                yield path.relative_to(ROOT).as_posix(), call.lineno, message, context


def looked_up(function: str, arguments: list[ast.expr]) -> Iterator[tuple[Any, str | None]]:
    """(text or singular and plural, context) that such a call looks up."""
    given = [written(argument) for argument in arguments]
    if function == "name_word":
        yield from ((text, NAME) for text in given[0])
    elif function in SINGLE and len(given) > SINGLE[function]:
        yield from ((text, None) for text in given[SINGLE[function]])
    elif function == "tell_columns":
        yield from ((text, None) for texts in given[1:3] for text in texts)
    elif function == "text_in":
        yield from ((text, context) for context in given[0] for text in given[1])
    elif function == "counted" and len(given) > 1:
        yield from ((pair, None) for pair in zip(given[0], given[1], strict=False))
    elif function == "plural" and len(given) > 1:
        nouns = given[2] if len(given) > 2 else [f"{noun}s" for noun in given[1]]
        yield from (((f"{{n}} {one}", f"{{n}} {many}"), None) for one, many in zip(given[1], nouns, strict=True))


def written(argument: ast.expr) -> list[str]:
    """The texts that stand in the code for an argument: two where a condition chooses."""
    match argument:
        case ast.Constant(value=str(text)) if any(character.isalpha() for character in text):
            return [text]
        case ast.IfExp(body=body, orelse=other):
            return [*written(body), *written(other)]
    return []


def of_templates() -> Iterator[tuple[str, int, Any, str | None]]:
    templates = ROOT / "templates"
    for path in sorted([*templates.rglob("*.j2"), *templates.rglob("*.css")]):
        with path.open("rb") as file:
            options = {"trimmed": "true", "silent": "false"}
            for line, _, message, _ in babel_extract(file, {"_": None}, [], options):
                # Named parts stand behind the text, as None.
                yield path.relative_to(ROOT).as_posix(), line, message if isinstance(message, str) else message[0], None


def of_data() -> Iterator[tuple[Any, str | None]]:
    """(text or singular and plural, context)"""
    yield from (((f"{{n}} distinct {noun}", f"{{n}} distinct {noun}s"), None) for noun in DISTINCT)
    yield NOUN_CASE[1], NOUN_CASE[0]
    yield from ((number, "number") for number in NUMBER_WORDS)
    words = vocabulary()
    plain = [words.high, words.middle, words.low, words.higher, words.lower]
    yield from ((f"{word}{joint}{{label}}", NAME) for word in plain for joint in "- ")
    yield from ((word, NAME) for word in (words.default_noun, words.average, words.mixed, "{adjectives} {noun}"))
    yield from ((persona.name, NAME) for persona in words.persona)
    for entry in words.entry:
        own = (entry.high, entry.middle, entry.low, entry.higher, entry.lower, entry.noun, *entry.before.values())
        yield from ((word, NAME) for word in own if word)
        yield from ((text, None) for text in (entry.sentence, *map(entry.comparison, ("high", "low"))) if entry.says)
        yield from ((entry.comparison(side), None) for side in ("high", "low"))
    for action in playbook().action:
        yield from ((text, None) for text in (action.do, action.offer, action.measure, action.reason))
    yield from ((role.value, "role") for role in Role)
    yield from ((part.value, "part") for part in Part)
    yield from ((verdict, "drift") for verdict in ("steady", "watch", "act"))
    yield from ((fate.value, "fate") for fate in Fate)
    yield from ((f"{unit} {{n}}", "place") for unit in ("record", "line", "row"))
    yield from ((way, "order of a date") for way in WAYS)
    yield from ((kind, "no goods") for kind in (*order_words().kinds, UNNUMBERED))
    rules = (
        stage.NAME,
        counterparts.NAME,
        customer_ids.NAME,
        guests.NAME,
        *(sys.modules[rule.__module__].NAME for rule in RULES),
    )
    steps = {*(step.name for step in (*STEPS, *LINE_STEPS)), *rules}
    yield from ((step.replace("_", " "), "step") for step in sorted(steps))
    yield from ((chart.replace("_", " "), "chart") for chart in sorted(CHARTS))
    derived = [value for value in vars(customers).values() if isinstance(value, customers.Derived)]
    yield from ((text, None) for one in derived for text in (one.label, one.reason))
