"""Makes delimited texts as untidy as exports come: any dialect, totals and blanks below, slips of the keyboard."""

from __future__ import annotations

import csv
import io
from random import Random

WORDS = ("ab", "Fay", "x y", "é", "Köln", "日本", "total", "#a", "O'N", "a;b", "a,b", "", "-")
SPANNING = ("a", "l1\nl2", "a\r\nb", "1,2\n3,4\n5", "a\n\nb\n1,2,3,4,5\nx", 'q"q', '"')
SIGNS = "ab1 ,;\"'\n\r\té#\u2028\x0b"
SLIPS = ('"', "'", ",", ";", "\n", "\r", "\r\n", "\t", " ", "\0", "\\", '"\n', "#", "\x1a", "\ufeff", "\x85")
NAMES = ("id", "name", "income", "score", "note", "", "Visits")
MOST_COLUMNS, MOST_ROWS, SLIP_LENGTH = 5, 30, 20


def untidy_text(seed: int) -> str:
    """A table as CSV text; in every other one characters were added, lost, repeated or cut out."""
    random = Random(seed)
    buffer = io.StringIO(newline="")
    line_end = random.choice(("\n", "\n", "\r\n", "\r"))
    writer = csv.writer(
        buffer,
        delimiter=random.choice(",,,;\t|"),
        quotechar=random.choice('"""\''),
        lineterminator=line_end,
        quoting=random.choice((csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC)),
    )
    width = random.randint(2, MOST_COLUMNS)
    kinds = [random.choice(("word", "number", "date", "spanning", "sign", "empty")) for _ in range(width)]
    header = [random.choice(NAMES) for _ in kinds]
    rows = [[_cell(kind, random) for kind in kinds] for _ in range(random.randint(1, MOST_ROWS))]
    for row in [header, *rows, *_below(header, random), *rows[: random.random() < 0.1]]:
        writer.writerow(row)
        buffer.write(line_end if random.random() < 0.01 else "")
    text = buffer.getvalue() if random.random() < 0.8 else buffer.getvalue().rstrip("\r\n")
    for _ in range(random.choice((0, 0, 0, 1, 2, 3))):
        text = _slipped(text, random)
    return text or "id"


def _cell(kind: str, random: Random) -> str:
    options = {
        "word": random.choice(WORDS),
        "number": random.choice((str(random.randint(0, 99)), f"{100 * random.random():.2f}", "1,5", "")),
        "date": f"2020-01-{random.randint(1, 28):02d}",
        "spanning": random.choice(SPANNING),
        "sign": "".join(random.choice(SIGNS) for _ in range(random.randint(0, 6))),
    }
    return options.get(kind, "")


def _below(header: list[str], random: Random) -> list[list[str]]:
    """Rows that are no records: empty ones, totals, notes, the header again."""
    empty = [""] * len(header)
    kinds = (empty, ["Total", *empty[2:], "9"], ["Source: shop", *empty[1:]], header, [])
    return [random.choice(kinds) for _ in range(random.choice((0, 0, 1, 2, 3)))]


def _slipped(text: str, random: Random) -> str:
    start = random.randrange(len(text) + 1)
    end = start + random.randint(1, SLIP_LENGTH)
    slips = (
        text[:start] + random.choice(SLIPS) + text[start:],
        text[:start] + text[start + 1 :],
        text[:end] + text[start:],
        text[:start] + text[end:],
    )
    return random.choice(slips)
