"""How well the segments are separated as their number grows, against what chance alone reaches."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen import language, wording
from reportgen.charts._k_panel import HEIGHT, draw_curve, draw_panel, label_dot, scores_of
from reportgen.charts._sheet import Sheet
from reportgen.charts._tell import at_k, customers_text, index_text, say
from reportgen.charts._type import SMALL
from reportgen.charts.base import HALF_WIDTH, Chart, Scope
from reportgen.claims import fact
from reportgen.records.study import Claim, Quantity, Study, Table

WITHIN_CHANCE = 0.95
"""Share of structureless data below their 95th percentile."""


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
    sheet.text(
        right - 4,
        bottom - 8,
        language.text("within reach of chance"),
        size=SMALL,
        color=sheet.theme.ink_soft,
        align="right",
    )
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
        return say(
            "chart.silhouette_by_k",
            "separation stays within reach of chance: at best {best}, chance reaches {chance}",
            best=at_best,
            chance=chance,
        )
    if shown.chosen == shown.ks[best] or shown.chosen not in shown.ks:
        return say(
            "chart.silhouette_by_k",
            "separation peaks at {k} segments: {best}, chance reaches {chance}",
            k=k,
            best=at_best,
            chance=chance,
        )
    return say(
        "chart.silhouette_by_k",
        "separation peaks at {k} segments ({best}); the chosen {chosen} reach {score}",
        k=k,
        best=at_best,
        chosen=fact(shown.chosen, "evidence.k", wording.number_word(shown.chosen), unit="segments"),
        score=_score(shown, shown.ks.index(shown.chosen)),
    )


def _score(shown: SilhouetteByK, place: int) -> Quantity:
    value = shown.silhouettes[place]
    return fact(value, f"evidence.scores[{place}].silhouette", index_text(value))


def subtitle(shown: SilhouetteByK) -> str:
    return language.text(
        "Mean silhouette by number of segments, −1 to 1; grey: where {share} of structureless data stay; {customers}",
        share=wording.format_share(WITHIN_CHANCE),
        customers=customers_text(shown.n_rows),
    )


def alt(shown: SilhouetteByK) -> str:
    points = [at_k(index_text(value), k) for k, value in zip(shown.ks, shown.silhouettes, strict=True)]
    return language.text(
        "Line of the mean silhouette by number of segments: {points}. Structureless data stay below {chance} in 95 of "
        "100 sets.",
        points=", ".join(points),
        chance=index_text(shown.chance),
    )


def table(shown: SilhouetteByK) -> Table:
    return Table(
        (language.text("Segments"), language.text("Mean silhouette")),
        tuple(zip(shown.ks, shown.silhouettes, strict=True)),
    )


CHART = Chart(Scope.STUDY, numbers, extent, draw, finding, subtitle, alt, table)
