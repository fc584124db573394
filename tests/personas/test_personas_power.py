"""Sample sizes and detectable differences, against published values."""

from __future__ import annotations

import pytest

from reportgen.personas.power import detectable_effect, detectable_share, needed_per_group, share_effect


@pytest.mark.parametrize(("effect", "n"), [(0.2, 393), (0.5, 63), (0.8, 25)])
def test_two_means_need_cohens_sample(effect: float, n: int) -> None:
    """At 5 % and 80 %: 393, 63 and 25 a group, within one of the exact 393, 64 and 26 (Cohen 1992, table 2)."""
    assert needed_per_group(effect, 0.05, 0.8) == n


def test_two_shares_need_cohens_sample() -> None:
    """h of .55 against .45 is .20, which needs 392 a group (Cohen 1992, table 2)."""
    effect = share_effect(0.45, 0.55)
    assert effect == pytest.approx(0.2003, abs=1e-4)
    assert needed_per_group(effect, 0.05, 0.8) == pytest.approx(392, abs=1)


def test_a_split_of_39_shows_nine_tenths_of_an_sd() -> None:
    """20 and 19 customers."""
    assert detectable_effect(20, 19, 0.05, 0.8) == pytest.approx(0.8975, abs=1e-3)


def test_the_needed_sample_shows_the_effect() -> None:
    """What a sample size is for: its own detectable effect is the one asked for."""
    n = needed_per_group(0.2, 0.05, 0.8)
    assert detectable_effect(n, n, 0.05, 0.8) <= 0.2 < detectable_effect(n - 1, n - 1, 0.05, 0.8)


def test_a_detectable_share_is_a_share() -> None:
    """However small the groups, the raised share ends at all."""
    assert detectable_share(0.05, share_effect(0.05, 0.08)) == pytest.approx(0.08)
    assert detectable_share(0.05, 9.0) == pytest.approx(1.0)
