"""Starts a real Spark cluster on loopback for the tests: a master and two workers, stopped however the tests end."""

from __future__ import annotations

import importlib.util
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from database_servers import free_port

from reportgen.engine.spark import SparkEngine
from reportgen.engine.spark_session import java_path

N_WORKERS = 2
WORKER_MIB = 1_024
JAVA_MIB = 1_024
"""Of this process's Java and of each worker's."""
START_SECONDS = 60


def missing() -> str:
    """Why there can be no cluster here, or empty."""
    if importlib.util.find_spec("pyspark") is None:
        return "PySpark is not installed: make .venv/spark.ok"
    return "" if java_path() else "there is no Java on this machine: apt-get install openjdk-17-jre-headless"


class Cluster:
    """A running master and its workers."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder = folder
        self._stack = stack
        self._n_started = 0
        port = free_port()
        self.master = f"spark://127.0.0.1:{port}"
        self._start("org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", str(port), *NO_PAGES)
        wait_for("127.0.0.1", port)
        self.workers = [self.start_worker() for _ in range(N_WORKERS)]

    def start_worker(self) -> subprocess.Popen[bytes]:
        place = self._folder / f"work{self._n_started}"
        size = ["--cores", "1", "--memory", f"{WORKER_MIB}M", "--work-dir", str(place)]
        kind = "org.apache.spark.deploy.worker.Worker"
        return self._start(kind, "--host", "127.0.0.1", *size, *NO_PAGES, self.master)

    def kill_worker(self, place: int) -> None:
        """The worker and all that it has started, at once."""
        worker = self.workers.pop(place)
        for process in [worker.pid, *started_by(worker.pid)]:
            os.kill(process, signal.SIGKILL)
        worker.wait()

    def _start(self, kind: str, *arguments: str) -> subprocess.Popen[bytes]:
        import pyspark

        home = Path(pyspark.__file__).parent
        self._n_started += 1
        log = self._stack.enter_context((self._folder / f"{self._n_started}.log").open("wb"))
        known = {"SPARK_HOME": str(home), "PYSPARK_PYTHON": sys.executable}
        known["PYTHONPATH"] = os.pathsep.join([str(self._without_reportgen()), str(home.parent)])
        limits = {"SPARK_DAEMON_MEMORY": "256m", "SPARK_LOCAL_DIRS": str(self._folder / "spill")}
        process = subprocess.Popen(
            ["setpriv", "--pdeathsig=KILL", str(home / "bin" / "spark-class"), kind, *arguments],
            env={**os.environ, **known, **limits},
            cwd=self._folder,
            stdout=log,
            stderr=log,
        )
        self._stack.callback(stop, process)
        return process

    def _without_reportgen(self) -> Path:
        """A folder for PYTHONPATH: workers as a cluster has them, where reportgen is not installed."""
        place = self._folder / "python"
        place.mkdir(exist_ok=True)
        (place / "sitecustomize.py").write_text(FORGETS)
        return place


FORGETS = """
import sys
from pathlib import Path

sys.path[:] = [place for place in sys.path if not (Path(place) / "reportgen" / "__init__.py").exists()]
"""
NO_PAGES = ("--webui-port", "0")


def stop(process: subprocess.Popen[bytes]) -> None:
    for child in started_by(process.pid):
        os.kill(child, signal.SIGKILL)
    process.kill()
    process.wait()


def started_by(process: int) -> list[int]:
    """The processes that a process has started, and theirs."""
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process)], capture_output=True, text=True, check=False)
    children = [int(line) for line in found.stdout.split()]
    return [*children, *(other for child in children for other in started_by(child))]


def wait_for(host: str, port: int) -> None:
    """Raises TimeoutError if nothing listens there in time."""
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            socket.create_connection((host, port), 1).close()
            return
        except OSError:
            if time.monotonic() > until:
                raise TimeoutError(f"nothing listens at {host}:{port}") from None
            time.sleep(0.1)


class Shared:
    """The cluster of this process of tests, and the session that its engines share; started when first asked for."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._session: Any = None
        self.cluster: Cluster | None = None

    def session(self) -> Any:
        if self._session is None:
            folder = Path(self._stack.enter_context(TemporaryDirectory(prefix="reportgen-cluster-")))
            self.cluster = Cluster(folder, self._stack)
            first = SparkEngine(folder / "first", JAVA_MIB, self.cluster.master)
            self._stack.callback(first.close)
            self._session = first.session
        return self._session

    def stop(self) -> None:
        self._stack.close()
        self._session = self.cluster = None


SHARED = Shared()


def start_engine(folder: Path) -> SparkEngine:
    """An engine on the cluster of these tests."""
    return SparkEngine(folder, JAVA_MIB, SHARED.session())


def running_cluster() -> Cluster:
    """The cluster itself."""
    SHARED.session()
    assert SHARED.cluster
    return SHARED.cluster
