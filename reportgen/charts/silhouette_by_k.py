"""How well the segments are separated as their number grows, against what chance alone reaches."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen import wording
from reportgen.charts._k_panel import HEIGHT, draw_curve, draw_panel, label_dot, scores_of
from reportgen.charts._sheet import Sheet
from reportgen.charts._tell import customers_text, index_text, tell
from reportgen.charts._type import SMALL
from reportgen.charts.base import HALF_WIDTH, Chart, Scope
from reportgen.claims import fact
from reportgen.records.study import Claim, Quantity, Study, Table


@dataclass(frozen=True, slots=True)
class SilhouetteByK:
    ks: tuple[int, ...]
    silhouettes: tuple[float, ...]
    """Mean silhouette by k, −1..1."""
    chosen: int | None
    """None where no structure was found."""
    chance: float
    """What the silhouette of structureless data stays below in 95 of 100 sets; the stricter kind of null."""
    chance_path: str
    """Where that figure stands in the facts."""
    n_rows: int

    @property
    def best(self) -> int:
        """Place of the highest silhouette."""
        return max(range(len(self.ks)), key=lambda place: self.silhouettes[place])


def numbers(study: Study) -> SilhouetteByK:
    evidence = study.facts.evidence
    scores = scores_of(evidence)
    path, test = evidence.structure.told
    field = "uniform_p95" if test.uniform_p95 >= test.gaussian_p95 else "gaussian_p95"
    return SilhouetteByK(
        ks=tuple(score.k for score in scores),
        silhouettes=tuple(score.silhouette for score in scores),
        chosen=evidence.k if evidence.k > 1 else None,
        chance=max(test.uniform_p95, test.gaussian_p95),
        chance_path=f"{path}.{field}",
        n_rows=evidence.n_rows,
    )


def extent(_: SilhouetteByK) -> tuple[float, float]:
    return HALF_WIDTH, HEIGHT


def draw(sheet: Sheet, shown: SilhouetteByK) -> None:
    low = min(0.0, *shown.silhouettes)
    panel = draw_panel(sheet, shown.ks, low, max(*shown.silhouettes, shown.chance))
    left, right = panel.x.start - 10, sheet.width
    top, bottom = panel.y(shown.chance), panel.y(max(low, 0.0))
    sheet.box(left, top, right - left, bottom - top, sheet.theme.neutral, alpha=0.16)
    sheet.text(right - 4, bottom - 8, "within reach of chance", size=SMALL, color=sheet.theme.ink_soft, align="right")
    draw_curve(sheet, panel, shown.ks, shown.silhouettes, shown.chosen)
    k = shown.chosen if shown.chosen in shown.ks else shown.ks[shown.best]
    value = shown.silhouettes[shown.ks.index(k)]
    label_dot(sheet, panel, k, value)


def finding(shown: SilhouetteByK) -> Claim:
    best = shown.best
    k = fact(shown.ks[best], f"evidence.scores[{best}].k", wording.number_word(shown.ks[best]), unit="segments")
    at_best = _score(shown, best)
    chance = fact(shown.chance, shown.chance_path, index_text(shown.chance))
    if shown.chosen is None:
        return tell(
            "chart.silhouette_by_k",
            "separation stays within reach of chance: at best ",
            at_best,
            ", chance reaches ",
            chance,
        )
    if shown.chosen == shown.ks[best] or shown.chosen not in shown.ks:
        return tell(
            "chart.silhouette_by_k", "separation peaks at ", k, " segments: ", at_best, ", chance reaches ", chance
        )
    place = shown.ks.index(shown.chosen)
    chosen = fact(shown.chosen, "evidence.k", wording.number_word(shown.chosen), unit="segments")
    return tell(
        "chart.silhouette_by_k",
        ("separation peaks at ", k, " segments (", at_best, "); the chosen ", chosen, " reach "),
        _score(shown, place),
    )


def _score(shown: SilhouetteByK, place: int) -> Quantity:
    value = shown.silhouettes[place]
    return fact(value, f"evidence.scores[{place}].silhouette", index_text(value))


def subtitle(shown: SilhouetteByK) -> str:
    grey = "grey: where 95% of structureless data stay"
    return f"Mean silhouette by number of segments, −1 to 1; {grey}; {customers_text(shown.n_rows)}"


def alt(shown: SilhouetteByK) -> str:
    points = ", ".join(f"{index_text(value)} at {k}" for k, value in zip(shown.ks, shown.silhouettes, strict=True))
    return (
        f"Line of the mean silhouette by number of segments: {points}. "
        f"Structureless data stay below {index_text(shown.chance)} in 95 of 100 sets."
    )


def table(shown: SilhouetteByK) -> Table:
    return Table(("Segments", "Mean silhouette"), tuple(zip(shown.ks, shown.silhouettes, strict=True)))


CHART = Chart(Scope.STUDY, numbers, extent, draw, finding, subtitle, alt, table)
