"""A headless Firefox, driven through Marionette: the remote control that every Firefox brings along.

It speaks WebDriver commands over a plain socket, so no driver, package or patched browser is needed. A message is
its length, a colon, and JSON: ``[0, id, command, parameters]`` there, ``[1, id, error, result]`` back.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

_NAMES = ("firefox-esr", "firefox")
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
_PATIENCE = 60
_PREFERENCES = {
    "marionette.port": 0,
    # Remote control would let pages read all files of a folder, which readers' Firefox does not.
    "remote.prefs.recommended": False,
    # No page of its own, and nothing asked of the network.
    "browser.startup.page": 0,
    "browser.aboutwelcome.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
}


class FirefoxError(Exception):
    """Firefox could not do what it was told."""


def find_firefox() -> str | None:
    """Path of a Firefox that is installed."""
    names = filter(None, (os.environ.get("FIREFOX"), *_NAMES))
    return next((path for path in map(shutil.which, names) if path), None)


@contextlib.contextmanager
def firefox(path: str) -> Iterator[Firefox]:
    """A running Firefox with an empty profile."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        profile = Path(folder)
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in _PREFERENCES.items())
        (profile / "user.js").write_text("".join(lines), "utf-8")
        command = [path, "--headless", "--marionette", "--no-remote", "--profile", str(profile)]
        # Firefox refuses to run as root in the home of somebody else.
        environment = {**os.environ, "HOME": folder}
        quiet = subprocess.DEVNULL
        with subprocess.Popen(command, env=environment, stdout=quiet, stderr=quiet) as process:
            try:
                with socket.create_connection(("127.0.0.1", port_of(profile)), _PATIENCE) as connection:
                    yield Firefox(connection)
            finally:
                process.terminate()


def port_of(profile: Path) -> int:
    """The port that Firefox chose and wrote into its profile."""
    file = profile / "MarionetteActivePort"
    return int(wait(lambda: file.is_file() and file.read_text("ascii"), "Firefox did not start"))


def wait(look: Callable[[], Any], otherwise: str) -> Any:
    """What ``look`` gives as soon as it is true."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.1)
    raise FirefoxError(otherwise)


class Firefox:
    """One window."""

    def __init__(self, connection: socket.socket) -> None:
        self._stream = connection.makefile("rwb")
        self._count = 0
        self._receive()
        self.do("WebDriver:NewSession")

    def do(self, command: str, **parameters: Any) -> Any:
        """One WebDriver command and its result."""
        self._count += 1
        message = json.dumps([0, self._count, command, parameters]).encode()
        self._stream.write(b"%d:%b" % (len(message), message))
        self._stream.flush()
        _, _, error, result = self._receive()
        if error:
            raise FirefoxError(f"{command}: {error['message']}")
        return result.get("value", result) if isinstance(result, dict) else result

    def _receive(self) -> Any:
        digits = b""
        while not digits.endswith(b":"):
            byte = self._stream.read(1)
            if not byte:
                raise FirefoxError("Firefox went away")
            digits += byte
        return json.loads(self._stream.read(int(digits[:-1])))

    @property
    def url(self) -> str:
        """Where the window is."""
        return str(self.do("WebDriver:GetCurrentURL"))

    def open(self, url: str) -> None:
        """Go to ``url`` and wait until it is loaded."""
        self.do("WebDriver:Navigate", url=url)

    def evaluate(self, script: str) -> Any:
        """The value of an expression in the page."""
        return self.do("WebDriver:ExecuteScript", script=f"return {script}", args=[])

    def find(self, selector: str) -> str:
        """The first visible element, as soon as there is one."""
        visible = f"[...document.querySelectorAll({json.dumps(selector)})].find((e) => e.checkVisibility())"
        return str(wait(lambda: self.evaluate(visible), f"no {selector} on {self.url}")[_ELEMENT])

    def type(self, selector: str, words: str) -> None:
        """Type into an element."""
        self.do("WebDriver:ElementSendKeys", id=self.find(selector), text=words)

    def click(self, selector: str) -> None:
        """Click an element."""
        self.do("WebDriver:ElementClick", id=self.find(selector))

    def wait_for_url(self, end: str) -> None:
        """Wait until the window is at an address that ends so."""
        wait(lambda: self.url.endswith(end), f"still at {self.url} instead of {end}")
