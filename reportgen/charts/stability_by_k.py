"""How often the same segments come back when the customers are drawn again, by number of segments."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen import language, wording
from reportgen.charts._k_panel import HEIGHT, draw_curve, draw_panel, label_dot, scores_of
from reportgen.charts._sheet import Sheet
from reportgen.charts._tell import at_k, index_text, say
from reportgen.charts.base import HALF_WIDTH, Chart, Scope
from reportgen.claims import fact
from reportgen.records.study import Claim, Study, Table

BAND_ALPHA = 0.14

HEADER = (
    *(language.msgid("Segments"), language.msgid("Mean agreement")),
    *(language.msgid("5th percentile"), language.msgid("95th percentile")),
)


@dataclass(frozen=True, slots=True)
class StabilityByK:
    ks: tuple[int, ...]
    means: tuple[float, ...]
    """Mean adjusted Rand index over bootstrap pairs, by k."""
    lows: tuple[float, ...]
    """5th percentile."""
    highs: tuple[float, ...]
    """95th percentile."""
    chosen: int | None
    """None where no structure was found."""
    n_bootstraps: int

    @property
    def best(self) -> int:
        """Place of the highest mean."""
        return max(range(len(self.ks)), key=lambda place: self.means[place])


def numbers(study: Study) -> StabilityByK:
    evidence = study.facts.evidence
    scores = scores_of(evidence)
    return StabilityByK(
        ks=tuple(score.k for score in scores),
        means=tuple(score.stability for score in scores),
        lows=tuple(score.stability_low for score in scores),
        highs=tuple(score.stability_high for score in scores),
        chosen=evidence.k if evidence.k > 1 else None,
        n_bootstraps=evidence.n_bootstraps,
    )


def extent(_: StabilityByK) -> tuple[float, float]:
    return HALF_WIDTH, HEIGHT


def draw(sheet: Sheet, shown: StabilityByK) -> None:
    panel = draw_panel(sheet, shown.ks, min(0.0, *shown.lows), 1.0)
    upper = [(panel.x(k), panel.y(value)) for k, value in zip(shown.ks, shown.highs, strict=True)]
    lower = [(panel.x(k), panel.y(value)) for k, value in zip(shown.ks, shown.lows, strict=True)]
    sheet.area([*upper, *reversed(lower)], sheet.theme.primary_ink, BAND_ALPHA)
    draw_curve(sheet, panel, shown.ks, shown.means, shown.chosen)
    k = shown.chosen if shown.chosen in shown.ks else shown.ks[shown.best]
    place = shown.ks.index(k)
    label_dot(sheet, panel, k, shown.means[place])


def finding(shown: StabilityByK) -> Claim:
    place = shown.ks.index(shown.chosen) if shown.chosen in shown.ks else shown.best
    k = fact(shown.ks[place], f"evidence.scores[{place}].k", wording.number_word(shown.ks[place]), unit="segments")
    mean = fact(shown.means[place], f"evidence.scores[{place}].stability", index_text(shown.means[place]))
    if shown.means[place] == shown.means[shown.best]:
        template = language.msgid("{k} segments come back most alike in new draws: agreement {mean}")
        return say("chart.stability_by_k", template, k=k, mean=mean)
    best = shown.best
    other = fact(shown.ks[best], f"evidence.scores[{best}].k", wording.number_word(shown.ks[best]), unit="segments")
    top = fact(shown.means[best], f"evidence.scores[{best}].stability", index_text(shown.means[best]))
    if mean.shown == top.shown:
        template = language.msgid("{k} segments agree as well between new draws as {other}, at {mean}")
        return say("chart.stability_by_k", template, k=k, other=other, mean=mean)
    return say(
        "chart.stability_by_k",
        "{k} segments agree at {mean} between new draws; {other} agree more, at {top}",
        k=k,
        mean=mean,
        other=other,
        top=top,
    )


def subtitle(shown: StabilityByK) -> str:
    return language.text(
        "Mean adjusted Rand index over {bootstraps}, 1 = the same; band: 5th to 95th percentile",
        bootstraps=wording.plural(shown.n_bootstraps, "bootstrap"),
    )


def alt(shown: StabilityByK) -> str:
    points = []
    for k, mean, low, high in zip(shown.ks, shown.means, shown.lows, shown.highs, strict=True):
        band = language.text("{low} to {high}", low=index_text(low), high=index_text(high))
        points.append(at_k(f"{index_text(mean)} ({band})", k))
    template = language.msgid("Line and band of the agreement between new draws by number of segments: {points}.")
    return language.text(template, points=", ".join(points))


def table(shown: StabilityByK) -> Table:
    header = tuple(map(language.text, HEADER))
    return Table(header, tuple(zip(shown.ks, shown.means, shown.lows, shown.highs, strict=True)))


CHART = Chart(Scope.STUDY, numbers, extent, draw, finding, subtitle, alt, table)
