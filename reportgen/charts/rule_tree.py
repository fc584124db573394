"""The small tree behind the rules: which questions lead to which segment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen import language, wording
from reportgen.charts._rows import WIDEST_NAME
from reportgen.charts._sheet import LINE, POINTS, Sheet
from reportgen.charts._tell import Named, label_of, names_of, say
from reportgen.charts._type import BODY, SMALL, STRONG, text_width, widest, wrap
from reportgen.charts.base import FULL_WIDTH, Chart, Scope
from reportgen.claims import fact
from reportgen.errors import NotApplicable
from reportgen.records.profile import RulePath
from reportgen.records.study import Claim, Study, Table

ROW, LEAST_ROWS = 23.0, 2
"""Points a leaf; a question takes about as many as two."""

DEEPEST, MOST_LEAVES = 5, 14
"""Questions in a row, and leaves, past which the boxes become too narrow for words and the tree no longer small."""

SWATCH, AIR, SHARE_ROOM = 9.0, 6.0, 34.0
"""Points: a leaf's colour; between a box and its words; a leaf's share."""

WIDEST_BOX = 110.0
"""Points: a single question as wide as the page would look like a bar."""

GAP = 26.0
"""Points between a question and the next, for the lines and their words."""

NOT_TOLD = "–"


@dataclass(frozen=True, slots=True)
class Leaf:
    segment: Named
    share: float | None
    """Of all customers; None where it is not told."""
    place: int
    """Row, from the top."""


@dataclass(frozen=True, slots=True)
class Question:
    """A box: a column and a bound, with what follows if the value is not above it, and if it is."""

    label: str
    bound: str
    below: Question | Leaf
    above: Question | Leaf

    @property
    def place(self) -> float:
        """Row at which the box stands, between its answers."""
        return (self.below.place + self.above.place) / 2


@dataclass(frozen=True, slots=True)
class RuleTree:
    root: Question
    leaves: tuple[Leaf, ...]
    conditions: tuple[str, ...]
    """Of each leaf, in words."""
    depth: int
    fidelity: float

    @property
    def hides_shares(self) -> bool:
        return any(leaf.share is None for leaf in self.leaves)


def numbers(study: Study) -> RuleTree:
    names, profile = names_of(study), study.facts.profile
    paths = profile.rule_paths
    if profile.rule_fidelity is None or not paths:
        raise NotApplicable(language.text("no small tree tells the segments apart faithfully"))
    depth = max(len(path.conditions) for path in paths)
    if depth > DEEPEST or len(paths) > MOST_LEAVES:
        raise NotApplicable(language.text("the tree behind the rules is too large to be drawn"))
    labels = {column.name: label_of(column) for column in profile.columns}
    leaves = tuple(Leaf(names[path.segment - 1], path.share, place) for place, path in enumerate(paths))
    root = _grown(list(zip(paths, leaves, strict=True)), 0, labels)
    if isinstance(root, Leaf):
        raise NotApplicable(language.text("the tree asks nothing"))
    conditions = tuple(_in_words(path, labels) for path in paths)
    return RuleTree(root, leaves, conditions, depth, profile.rule_fidelity)


def _grown(paths: Sequence[tuple[RulePath, Leaf]], depth: int, labels: dict[str, str]) -> Question | Leaf:
    """The part of the tree in which all these paths end, `depth` questions below the root."""
    first, leaf = paths[0]
    if len(paths) == 1 and len(first.conditions) == depth:
        return leaf
    sides = [[path for path in paths if path[0].conditions[depth][1] == sign] for sign in ("<=", ">")]
    below, above = (_grown(side, depth + 1, labels) for side in sides)
    return Question(labels[first.conditions[depth][0]], first.bounds[depth], below, above)


def _in_words(path: RulePath, labels: dict[str, str]) -> str:
    signs = {"<=": "≤", ">": ">"}
    return language.text(" and ").join(
        f"{labels[name]} {signs[sign]} {bound}"
        for (name, sign, _), bound in zip(path.conditions, path.bounds, strict=True)
    )


def extent(tree: RuleTree) -> tuple[float, float]:
    return FULL_WIDTH, ROW * max(LEAST_ROWS, len(tree.leaves)) / POINTS


@dataclass(frozen=True, slots=True)
class Grid:
    """Where boxes stand."""

    box: float
    """Width of a question."""
    leaves: float
    """Left edge of the leaves."""

    def x(self, depth: int) -> float:
        return depth * (self.box + GAP)


def draw(sheet: Sheet, tree: RuleTree) -> None:
    names = min(WIDEST_NAME * sheet.width, widest([leaf.segment.name for leaf in tree.leaves], BODY, STRONG))
    behind = SWATCH + AIR + names + SHARE_ROOM
    box = min(WIDEST_BOX, (sheet.width - behind) / tree.depth - GAP)
    left = tree.depth * (box + GAP)
    grid = Grid(box, left)
    _draw_question(sheet, tree.root, 0, grid)
    for leaf in tree.leaves:
        y = _y(leaf.place)
        sheet.box(left, y - ROW * 0.36, SWATCH, ROW * 0.72, sheet.theme.segment_color(leaf.segment.id))
        size = BODY if text_width(leaf.segment.name, BODY, STRONG) <= names else SMALL
        lines = wrap(leaf.segment.name, names, 2, size, STRONG)
        color = sheet.theme.segment_ink(leaf.segment.id)
        sheet.lines(left + SWATCH + AIR, y, lines, size=size, weight=STRONG, color=color)
        sheet.text(left + behind, y, _share(leaf), align="right")


def _y(place: float) -> float:
    return ROW * (place + 0.5)


def _share(leaf: Leaf) -> str:
    return NOT_TOLD if leaf.share is None else wording.format_share(leaf.share)


def _draw_question(sheet: Sheet, question: Question, depth: int, grid: Grid) -> None:
    """The box, the lines to its answers, and these."""
    theme, x, y = sheet.theme, grid.x(depth), _y(question.place)
    label = wrap(question.label, grid.box - AIR, 2, SMALL, STRONG)
    height = (len(label) + 1) * SMALL * 1.2 + AIR
    for answer, word, sign in ((question.below, language.text("no"), -1), (question.above, language.text("yes"), 1)):
        end, bend = _y(answer.place), x + grid.box + AIR
        to = grid.leaves - 2 if isinstance(answer, Leaf) else grid.x(depth + 1)
        corners = [(x + grid.box, y), (bend, y), (bend, end), (to, end)]
        sheet.line(corners, theme.ink_soft, LINE)
        sheet.text(bend + 3, end + sign * SMALL * 0.75, word, size=SMALL, color=theme.ink_soft)
        if isinstance(answer, Question):
            _draw_question(sheet, answer, depth + 1, grid)
    sheet.box(x, y - height / 2, grid.box, height, theme.shade)
    middle = x + grid.box / 2
    bound = f"> {question.bound}?"
    # A number of ten digits is set smaller, for cut off it would be another one.
    smaller = min(1.0, (grid.box - AIR) / text_width(bound, SMALL, 400))
    for place, line in enumerate([*label, bound]):
        is_last = place == len(label)
        at = y + (place - len(label) / 2) * SMALL * 1.2
        size, weight = (SMALL * smaller, 400) if is_last else (SMALL, STRONG)
        sheet.text(middle, at, line, size=size, weight=weight, align="center")


def finding(tree: RuleTree) -> Claim:
    shown = wording.format_share(tree.fidelity)
    placed = fact(tree.fidelity, "profile.rule_fidelity", shown, unit="share")
    return say("chart.rule_tree", "a few questions put {share} of customers into their own segment", share=placed)


def subtitle(tree: RuleTree) -> str:
    said = [language.text("From left to right, question by question; at the right the share of customers")]
    if tree.hides_shares:
        said.append(language.text("{mark} = not told, being of few or telling of few", mark=NOT_TOLD))
    return "; ".join(said)


def alt(tree: RuleTree) -> str:
    rows = "; ".join(
        f"{words}: {leaf.segment.name}, {_share(leaf)}"
        for words, leaf in zip(tree.conditions, tree.leaves, strict=True)
    )
    return language.text("A tree of questions, with the share of customers at each end. {rows}.", rows=rows)


def table(tree: RuleTree) -> Table:
    rows = tuple(
        (leaf.segment.name, None if leaf.share is None else leaf.share * 100, words)
        for words, leaf in zip(tree.conditions, tree.leaves, strict=True)
    )
    return Table((language.text("Segment"), language.text("Customers, %"), language.text("If")), rows)


CHART = Chart(Scope.STUDY, numbers, extent, draw, finding, subtitle, alt, table)
