"""How Spark is started."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from database_servers import free_port

from reportgen.engine.spark import SparkEngine
from reportgen.engine.spark_session import start_settings
from reportgen.errors import ReportgenError


def refusal(folder: Path, master: str = "local[1]") -> ReportgenError:
    with pytest.raises(ReportgenError) as refused:
        SparkEngine(folder, 512, master)
    return refused.value


def test_missing_pyspark_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without PySpark the user is told how to install it."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    fault = refusal(tmp_path)
    assert fault.code == "RG-064"
    assert "reportgen[spark]" in fault.hint


def test_missing_java_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without Java the user is told which one to install."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: object())
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    fault = refusal(tmp_path)
    assert fault.code == "RG-064"
    assert "Java 17" in fault.hint


def test_an_address_where_nobody_listens_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A cluster that does not answer is told at once, not after Spark's minute."""
    monkeypatch.setattr("reportgen.engine.spark.require_spark", lambda: None)
    assert refusal(tmp_path, f"spark://127.0.0.1:{free_port()}").code == "RG-045"


@pytest.mark.parametrize(("master", "is_here"), [("local[*]", True), ("spark://127.0.0.1:1", True), ("yarn", False)])
def test_this_machine_alone_listens_to_itself(master: str, *, is_here: bool, tmp_path: Path) -> None:
    """Spark on this machine is reached from no other one."""
    settings = start_settings(master, tmp_path, 512)
    assert (settings.get("spark.driver.bindAddress") == "127.0.0.1") == is_here
