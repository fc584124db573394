"""Opens pages in headless Chromium for tests: its own protocol over two pipes, so that no driver is needed."""

from __future__ import annotations

import atexit
import base64
import fcntl
import json
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
needs_chromium = pytest.mark.skipif(not CHROMIUM, reason="needs Chromium: apt-get install chromium")

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"),
    *("--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-quic", "--disable-extensions", "--force-color-profile=srgb", "--remote-debugging-pipe"),
)


class Chromium:
    """One browser process; commands go in on its descriptor 3, answers come out of 4, each ended by a nought byte."""

    def __init__(self) -> None:
        self._profile = tempfile.TemporaryDirectory(prefix="chromium-")
        # above 9, so that descriptors 3 and 4 are free to become these
        reads, self._to = (fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in os.pipe())
        self._from, writes = (fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in os.pipe())
        joined = f'exec "$@" 3<&{reads} 4>&{writes}'
        self._process = subprocess.Popen(
            ["bash", "-c", joined, "bash", CHROMIUM, *FLAGS, f"--user-data-dir={self._profile.name}"],
            pass_fds=(reads, writes),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(reads)
        os.close(writes)
        self._n_sent = 0
        self._buffer = b""
        self.events: list[dict[str, Any]] = []
        atexit.register(self.close)

    def send(self, method: str, session: str = "", **params: Any) -> dict[str, Any]:
        """The answer to a command. Raises RuntimeError where the browser refuses it."""
        self._n_sent += 1
        command = {"id": self._n_sent, "method": method, "params": params} | ({"sessionId": session} if session else {})
        os.write(self._to, json.dumps(command).encode() + b"\0")
        while True:
            message = self._receive()
            if message.get("id") != self._n_sent:
                self.events.append(message)
            elif "error" in message:
                raise RuntimeError(f"{method}: {message['error']}")
            else:
                return dict(message["result"])

    def wait_for(self, method: str, session: str) -> None:
        while not any(event["method"] == method and event.get("sessionId") == session for event in self.events):
            self.events.append(self._receive())

    def _receive(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            content = os.read(self._from, 1 << 16)
            if not content:
                raise RuntimeError("Chromium has ended")
            self._buffer += content
        line, _, self._buffer = self._buffer.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        return message

    def close(self) -> None:
        os.close(self._to)
        self._process.terminate()
        self._process.wait(10)
        self._profile.cleanup()


@dataclass
class Page:
    """One open page."""

    browser: Chromium
    target: str
    session: str
    _scripts: list[str] = field(default_factory=list)

    def send(self, method: str, **params: Any) -> dict[str, Any]:
        return self.browser.send(method, self.session, **params)

    def run(self, expression: str) -> Any:
        """What the expression gives, a promise's value included. Raises AssertionError where it throws."""
        found = self.send("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def press(self, key: str) -> None:
        for kind in ("keyDown", "keyUp"):
            self.send("Input.dispatchKeyEvent", type=kind, key=key)

    def resize(self, width: int, height: int = 900) -> None:
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def complaints(self) -> list[str]:
        """What the page logged, threw or was forbidden."""
        return [
            json.dumps(event["params"])[:400]
            for event in self.browser.events
            if event.get("sessionId") == self.session
            and event["method"] in {"Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled"}
        ]

    def screenshot(self) -> bytes:
        """The whole page as PNG."""
        return base64.b64decode(self.send("Page.captureScreenshot", captureBeyondViewport=True)["data"])

    def close(self) -> None:
        self.browser.send("Target.closeTarget", targetId=self.target)


@cache
def chromium() -> Chromium:
    return Chromium()


def open_page(file: Path, width: int = 1280, scheme: str = "light", script: bool = True, media: str = "") -> Page:
    """The file as a reader opens it: that wide, light or dark, with or without script, for the screen or `print`."""
    browser = chromium()
    target = browser.send("Target.createTarget", url="about:blank")["targetId"]
    session = browser.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    page = Page(browser, target, session)
    for domain in ("Page", "Runtime", "Log"):
        page.send(f"{domain}.enable")
    page.resize(width)
    page.send("Emulation.setEmulatedMedia", media=media, features=[{"name": "prefers-color-scheme", "value": scheme}])
    page.send("Emulation.setScriptExecutionDisabled", value=not script)
    page.send("Page.navigate", url=file.resolve().as_uri())
    browser.wait_for("Page.loadEventFired", session)
    return page
