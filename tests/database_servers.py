"""Starts real database servers on loopback for the tests, each in a folder of its own, and stops them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

USER, PASSWORD = "boss", "canary-pa55"
START_SECONDS = 60


def find_program(name: str, *places: str) -> Path | None:
    """The program on the PATH, or the newest one in the places, which may hold a *."""
    if found := shutil.which(name):
        return Path(found)
    return max((path for place in places for path in Path("/").glob(f"{place}/{name}")), default=None)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def as_user(user: str, folder: Path) -> list[str]:
    """The command's beginning that runs it as another user, since servers refuse root; the folder becomes theirs."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return []
    folder.chmod(0o755)
    shutil.chown(folder, user, user)
    return ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", "--pdeathsig=TERM"]


@contextmanager
def running(command: list[str], is_up: Callable[[], object], folder: Path) -> Iterator[None]:
    """The server while the block runs; raises RuntimeError with its log if it does not come up."""
    with (folder / "log").open("wb") as log, subprocess.Popen(command, cwd=folder, stdout=log, stderr=log) as server:
        try:
            until = time.monotonic() + START_SECONDS
            while True:
                try:
                    is_up()
                    break
                except Exception:  # noqa: BLE001 - each driver has its own
                    if server.poll() is not None or time.monotonic() > until:
                        raise RuntimeError((folder / "log").read_text(errors="replace")[-2_000:]) from None
                    time.sleep(0.2)
            yield
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """The address of a fresh PostgreSQL without its password; raises FileNotFoundError where there is none."""
    import psycopg

    place = "usr/lib/postgresql/*/bin"
    initdb, server = find_program("initdb", place), find_program("postgres", place)
    if not initdb or not server:
        raise FileNotFoundError("no PostgreSQL server is installed")
    (folder / "password").write_text(PASSWORD)
    (folder / "password").chmod(0o644)
    run = as_user("postgres", folder)
    data, port = folder / "data", free_port()
    subprocess.run(
        [*run, initdb, "-D", data, "-U", USER, "-A", "scram-sha-256", f"--pwfile={folder / 'password'}", "--no-sync"],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    command = [*run, str(server), "-D", str(data), "-p", str(port), "-k", str(folder), "-c", "fsync=off"]
    address = f"postgresql://{USER}@127.0.0.1:{port}/postgres"

    def is_up() -> None:
        psycopg.connect(address, password=PASSWORD, connect_timeout=2).close()

    with running([*command, "-c", "listen_addresses=127.0.0.1"], is_up, folder):
        yield address


@contextmanager
def mariadb(folder: Path) -> Iterator[str]:
    """The address of a fresh MariaDB without its password; raises FileNotFoundError where there is none."""
    import pymysql

    install, server = find_program("mariadb-install-db"), find_program("mariadbd", "usr/sbin")
    if not install or not server:
        raise FileNotFoundError("no MariaDB server is installed")
    run = as_user("mysql", folder)
    data, port = folder / "data", free_port()
    plain = ["--no-defaults", f"--datadir={data}"]
    subprocess.run(
        [*run, install, *plain, "--auth-root-authentication-method=normal", "--skip-test-db"],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    socket_path = folder / "socket"
    (folder / "start.sql").write_text(
        f"CREATE DATABASE shop;\nCREATE USER {USER}@'127.0.0.1' IDENTIFIED BY '{PASSWORD}';\n"
        f"GRANT ALL ON shop.* TO {USER}@'127.0.0.1';\n"
    )
    command = [*run, str(server), *plain, f"--port={port}", f"--socket={socket_path}", "--bind-address=127.0.0.1"]

    def is_up() -> None:
        pymysql.connect(host="127.0.0.1", port=port, user=USER, password=PASSWORD, database="shop").close()

    with running([*command, f"--init-file={folder / 'start.sql'}", "--skip-name-resolve"], is_up, folder):
        yield f"mysql://{USER}@127.0.0.1:{port}/shop"
