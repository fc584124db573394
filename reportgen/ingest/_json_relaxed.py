"""Mends text that is nearly JSON: with comments, as a line of JavaScript, or as Python prints it."""

from __future__ import annotations

import ast
import json
import re

LONGEST_COMMENT = 500
"""Characters; each place where one begins and does not end is looked at so far."""
_SCRIPT = re.compile(r"\s*(?:(?:var|let|const)\s+)?[A-Za-z_$][\w.$]{0,80}\s*[=(]\s*(?=[\[{])")
_END = re.compile(r"\)?\s*;?\s*\Z")
_TEXT = r'"(?:[^"\\]|\\.)*"'
_COMMENT = re.compile(rf"({_TEXT})|//[^\n]*|/\*(?:[^*]|\*(?!/)){{0,{LONGEST_COMMENT}}}\*/", re.DOTALL)
_LAST_COMMA = re.compile(rf"({_TEXT})|,(?=\s*[\]}}])", re.DOTALL)
_PRINTED = re.compile(r"\s*[\[{]\s*\{?\s*'[^'\n]{1,200}'\s*:")
_TOKEN = re.compile(rf"{_TEXT}|'(?:[^'\\]|\\.)*'|\b(?:True|False|None|nan|inf)\b", re.DOTALL)
_WORDS = {"True": "true", "False": "false", "None": "null", "nan": "NaN", "inf": "Infinity"}


def relaxed(text: str) -> tuple[str, list[str]]:
    """The text as JSON, and what was mended; the text as it is where nothing of this kind stands in it."""
    fixes = []
    if _PRINTED.match(text):
        text = _TOKEN.sub(_as_json, text)
        fixes.append("The records stand as Python prints them; read as JSON.")
    without = _COMMENT.sub(_kept, text)
    if without != text:
        fixes.append("Comments in the JSON left out, and commas behind the last value.")
    if found := _SCRIPT.match(without):
        without = _END.sub("", without[found.end() :], count=1)
        fixes.append("The JSON stands in a line of JavaScript; read without it.")
    # In JSON itself a comma there is a fault: something may be missing behind it.
    return _LAST_COMMA.sub(_kept, without) if fixes else text, fixes


def _kept(found: re.Match[str]) -> str:
    return found[1] or ""


def _as_json(found: re.Match[str]) -> str:
    token = found[0]
    if token in _WORDS:
        return _WORDS[token]
    try:
        return json.dumps(ast.literal_eval(token))
    except (SyntaxError, ValueError):
        return token
