"""Records of the first question: is there structure at all?"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Standout:
    """The number of segments at which the data differ most from data without structure."""

    k: int
    observed: float
    """Silhouette of the data at k."""
    gaussian_p95: float
    """95th percentile of the silhouette at k on Gaussian nulls."""
    uniform_p95: float
    """The same on uniform nulls."""


@dataclass(frozen=True, slots=True)
class StructureTest:
    """Is there structure at all? Hopkins, and the null test on the silhouettes of every k."""

    hopkins: float
    """0..1, mean over draws; .5 is random, > .7 clustered (Cross & Jain 1982; Wright 2022)."""
    observed: float
    """Best silhouette over k on the data (a stated sample past the budget)."""
    gaussian_p95: float
    """95th percentile of the best silhouette on Gaussian nulls."""
    uniform_p95: float
    """95th percentile on uniform nulls in the PCA box."""
    p_value: float
    """(1 + #{null ≥ data}) / (B + 1) on the k that stands out most; the larger of the two nulls' values."""
    n_null: int
    """Null sets per kind."""
    n_rows: int
    """Rows the test used."""
    found: bool
    """p_value ≤ .02 against both nulls."""
    standout: Standout | None = None
    """Where the data stand out most; None: not known."""

    @property
    def told(self) -> tuple[str, Standout | StructureTest]:
        """(where it stands, the silhouettes to tell): where found structure stands out, else the best of every k."""
        if self.found and self.standout:
            return "evidence.structure.standout", self.standout
        return "evidence.structure", self
