"""Starts Spark quietly and stops it wholly: what Java says goes to a file, and to the user where it will not start."""

from __future__ import annotations

import importlib.util
import logging
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import warnings
import weakref
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import narwhals

import reportgen
from reportgen.errors import ReportgenError

PARTS_A_CORE = 3
"""Parts of a shuffle for each core of the cluster: Spark joins small ones, and a lost one costs little."""
FEWEST_PARTS = 8
MOST_FAILURES = 8
"""Tries of a piece of work before the run is given up: workers come and go."""
WAIT_FOR_WORKERS = 60.0
"""Seconds in which some worker must offer itself."""
WAIT_FOR_JAVA = 3.0
"""Seconds that Java has to end by itself; a forked process may hold its input open."""
WAIT_FOR_MASTER = 10.0
SHOWN_CHARACTERS = 160
_NOISY = ("DataFrameQueryContextLogger", "SQLQueryContextLogger", "py4j")
"""Python's side of Spark writes what it raises to the terminal as well."""
_ON_PANDAS = "PySpark does not yet fully support pandas"
"""It says so wherever Arrow is used; tables are never handed to pandas."""
_STANDALONE = "spark://"
_THIS_MACHINE = ("local", "spark://127.0.0.1:", "spark://localhost:")

SENT = (reportgen, narwhals)
"""Packages without compiled parts; workers need numpy and pyarrow beside them, as Spark itself does."""
_knowing: weakref.WeakSet[Any] = weakref.WeakSet()
"""Contexts whose workers have that code."""

SETTINGS = {
    "spark.sql.caseSensitive": "true",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.adaptive.enabled": "true",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.execution.arrow.localRelationThreshold": "0",
    "spark.sql.parquet.compression.codec": "lz4_raw",
}
"""Of every session: headers may differ by case alone, and a bad cast is an error as it is on other engines."""


class JavaSession:
    """A session with a Java process of its own."""

    def __init__(self, master: str, folder: Path, memory_mib: int, settings: Mapping[str, str]) -> None:
        """Raises ReportgenError: RG-045 no cluster answers, RG-064 Spark or Java is missing."""
        require_master(master)
        from py4j.protocol import Py4JError
        from pyspark import SparkConf, SparkContext
        from pyspark.sql import SparkSession

        self._logs = Path(tempfile.mkdtemp(prefix="reportgen-spark-"))
        conf = SparkConf(loadDefaults=False)
        conf.setAll([*start_settings(master, folder, memory_mib).items(), *settings.items()])
        if master.startswith(_THIS_MACHINE):
            os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        self._gateway = self._launch(conf)
        try:
            self.session = SparkSession(SparkContext(gateway=self._gateway, conf=conf))
            wait_for_workers(self.session, master)
        except Py4JError as fault:
            self._end_java()
            raise no_cluster(master) from fault
        except BaseException:
            self._end_java()
            raise

    def _launch(self, conf: Any) -> Any:
        """Java with Spark in it. Raises ReportgenError (RG-064)."""
        from pyspark.errors import PySparkRuntimeError
        from pyspark.java_gateway import launch_gateway

        log = self._logs / "java.log"
        with log.open("wb") as said:
            try:
                return launch_gateway(conf, {"stdout": said, "stderr": said})
            except PySparkRuntimeError as fault:
                words = " ".join(log.read_text(encoding="utf-8", errors="replace").split())[-SHOWN_CHARACTERS:]
                shutil.rmtree(self._logs, ignore_errors=True)
                raise ReportgenError("RG-064", f"Spark does not start: {words}", JAVA_HINT) from fault

    def stop(self) -> None:
        """Ends the session and its Java process."""
        self.session.stop()
        self._end_java()

    def _end_java(self) -> None:
        """PySpark keeps its Java process for the next session, which would get the memory of this one."""
        from pyspark import SparkContext

        SparkContext._gateway = SparkContext._jvm = SparkContext._active_spark_context = None
        self._gateway.shutdown()
        java = self._gateway.proc
        java.stdin.close()
        try:
            java.wait(WAIT_FOR_JAVA)
        except subprocess.TimeoutExpired:
            java.kill()
            java.wait()
        shutil.rmtree(self._logs, ignore_errors=True)


JAVA_HINT = "Spark needs Java 17 or newer: apt-get install openjdk-17-jre-headless, or name one in JAVA_HOME."


def silence() -> None:
    """Keeps what PySpark writes beside its errors from the terminal; to be called before it is imported."""
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    warnings.filterwarnings("ignore", _ON_PANDAS, FutureWarning)


def require_spark() -> None:
    """Raises ReportgenError (RG-064) where PySpark or Java is missing."""
    if importlib.util.find_spec("pyspark") is None:
        raise ReportgenError(
            "RG-064", "the engine spark needs the package pyspark.", 'Install it with: pip install "reportgen[spark]"'
        )
    if java_path() is None:
        raise ReportgenError("RG-064", "the engine spark needs Java, and there is none on this machine.", JAVA_HINT)


def require_master(master: str) -> None:
    """Raises ReportgenError (RG-045) where nothing listens at any address of a master: Spark would try for a minute."""
    if not master.startswith(_STANDALONE):
        return
    for address in master.removeprefix(_STANDALONE).split(","):
        host, _, port = address.rpartition(":")
        try:
            socket.create_connection((host, int(port)), WAIT_FOR_MASTER).close()
            return
        except (OSError, ValueError):
            continue
    raise no_cluster(master)


def refuse_remote(master: Any) -> None:
    """Raises ReportgenError (RG-045) for Spark Connect, over which no code can be sent to the workers."""
    is_remote = master.startswith("sc://") if isinstance(master, str) else ".connect." in type(master).__module__
    if is_remote:
        raise ReportgenError(
            "RG-045",
            "reportgen does not work over Spark Connect.",
            "Name the master itself under [engine] master (spark://host:7077, yarn), or run within the session.",
        )


def session_here() -> Any:
    """The session of this process: a notebook's, or the one that spark-submit prepared.

    Raises ReportgenError: RG-045 there is none, RG-064 PySpark is missing.
    """
    require_spark()
    silence()
    from pyspark import SparkContext
    from pyspark.sql import SparkSession

    if SparkContext._active_spark_context is None and "PYSPARK_GATEWAY_PORT" not in os.environ:
        raise ReportgenError(
            "RG-045",
            "there is no Spark session in this process.",
            'Start reportgen in a notebook that has one or with spark-submit, or name a master instead of "session".',
        )
    # One that is active is known to its own thread alone.
    return SparkSession.getActiveSession() or SparkSession.builder.getOrCreate()


def java_path() -> Path | None:
    """The Java that Spark would start."""
    home = os.environ.get("JAVA_HOME")
    found = str(Path(home) / "bin" / "java") if home else "java"
    path = shutil.which(found)
    return Path(path) if path else None


def start_settings(master: str, folder: Path, memory_mib: int) -> dict[str, str]:
    """What Java must know when it starts. `memory_mib`: of this process and of each worker's."""
    here = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    spill = {"spark.local.dir": str(folder / "spill")}
    return {
        "spark.sql.session.timeZone": SETTINGS["spark.sql.session.timeZone"],
        "spark.master": master,
        "spark.app.name": "reportgen",
        "spark.driver.memory": f"{memory_mib}m",
        "spark.executor.memory": f"{memory_mib}m",
        "spark.driver.maxResultSize": "0",
        "spark.task.maxFailures": str(MOST_FAILURES),
        "spark.stage.maxConsecutiveAttempts": str(MOST_FAILURES),
        "spark.python.sql.dataFrameDebugging.enabled": "false",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        **(here if master.startswith(_THIS_MACHINE) else {}),
        **(spill if master.startswith("local") else {}),
    }


def prepared(session: Any) -> Any:
    """The session with SETTINGS, its work cut for the cores there are, and reportgen's own code on its workers."""
    for name, value in SETTINGS.items():
        session.conf.set(name, value)
    context = session.sparkContext
    n_parts = max(FEWEST_PARTS, PARTS_A_CORE * context.defaultParallelism)
    session.conf.set("spark.sql.shuffle.partitions", str(n_parts))
    if context not in _knowing:
        context.addPyFile(str(code_for(context)))
        _knowing.add(context)
    return session


def code_for(context: Any) -> Path:
    """A file of the Python code of SENT, there while the context is; workers that come later ask for it too.

    A cluster has no reportgen, or another one. Functions are sent as names into this file. Sent by value they would
    drag along everything that any function beside them can reach, and what Python cannot send (a cache, a variable of a
    context) ends the run; the modules, however, import nothing that is heavy before they need it.
    """
    folder = Path(tempfile.mkdtemp(prefix="reportgen-code-"))
    weakref.finalize(context, shutil.rmtree, folder, ignore_errors=True)
    path = folder / "reportgen_code.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as code:
        for package in SENT:
            root = Path(str(package.__file__)).parent
            for module in sorted(root.rglob("*.py")):
                code.write(module, module.relative_to(root.parent))
    return path


def wait_for_workers(session: Any, master: str) -> None:
    """Raises ReportgenError (RG-045) where no worker offers itself; Spark would wait for ever."""
    if master.startswith("local"):
        return
    java_context = session.sparkContext._jsc.sc()
    until = time.monotonic() + WAIT_FOR_WORKERS
    while java_context.getExecutorMemoryStatus().size() < 2:  # the first one is this process
        if time.monotonic() > until:
            raise no_cluster(master)
        time.sleep(0.1)


def no_cluster(master: str) -> ReportgenError:
    return ReportgenError(
        "RG-045",
        f"no Spark cluster takes work at {master}.",
        "Check the address, that the cluster runs, and that a worker has memory and cores left.",
    )
