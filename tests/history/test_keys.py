"""Customers are followed under a pseudonym that tells nobody who they are."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

import pytest
from history_months import IDS, month_of

from reportgen.history.keys import SECRET_BYTES, customer_keys
from reportgen.history.store import open_history
from reportgen.records.places import KEY_FILE


def keep_a_month(out: Path, period: str) -> None:
    with open_history(out) as history:
        history.remember(month_of(period, out))


def test_another_folder_gives_other_keys(tmp_path: Path) -> None:
    """Two clients' histories cannot be put together: each has a secret of its own, never shown by a hash alone."""
    (tmp_path / "b").mkdir()
    one, other = customer_keys(tmp_path, IDS), customer_keys(tmp_path / "b", IDS)
    unkeyed = {hashlib.blake2b(customer.encode(), digest_size=16).digest() for customer in IDS}
    assert not {key.tobytes() for key in one} & ({key.tobytes() for key in other} | unkeyed)


def test_a_lost_secret_is_said_until_a_month_is_kept_under_the_new_one(tmp_path: Path) -> None:
    """Last month's customers are then not followed, rather than all taken for lost and new."""
    keep_a_month(tmp_path, "2026-08")
    (tmp_path / KEY_FILE).unlink()
    with open_history(tmp_path) as history:
        past = history.past("2026-09")
        assert past and not len(past.last.keys)
        assert "is not the one of 2026-08" in history.trouble and history.can_remember
        history.remember(month_of("2026-09", tmp_path))
    with open_history(tmp_path) as history:
        past = history.past("2026-10")
        assert past and len(past.last.keys) == len(IDS)
        assert not history.trouble


def test_a_secret_of_the_wrong_length_is_set_aside(tmp_path: Path) -> None:
    """A cut-off file is kept under another name and makes no keys."""
    (tmp_path / KEY_FILE).write_bytes(b"short")
    customer_keys(tmp_path, IDS)
    assert (tmp_path / f"{KEY_FILE}.damaged-1").read_bytes() == b"short"
    assert len((tmp_path / KEY_FILE).read_bytes()) == SECRET_BYTES


def test_a_secret_that_cannot_be_written_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a full disk customers are not followed, and no half secret stays behind."""

    def full(descriptor: int, content: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    assert len(customer_keys(tmp_path, IDS)) == 0
    assert not list(tmp_path.iterdir())


def test_ids_of_any_text_have_keys(tmp_path: Path) -> None:
    """Accents, emoji, nothing, and what is left of bytes that were no text."""
    assert len({key.tobytes() for key in customer_keys(tmp_path, ["é", "e", "😀", "", "\udcff", "\ud800"])}) == 6


@pytest.mark.slow
def test_a_million_customers_take_about_a_second(tmp_path: Path) -> None:
    """At most two seconds of processor time."""
    ids = [f"C{number:07d}" for number in range(1_000_000)]
    start = time.process_time()
    customer_keys(tmp_path, ids)
    assert time.process_time() - start < 2
