"""A real browser without a window, driven through its debugging pipe."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

KEYS = {
    " ": ("Space", 32),
    "PageDown": ("PageDown", 34),
    "PageUp": ("PageUp", 33),
    "Home": ("Home", 36),
    "End": ("End", 35),
    "Enter": ("Enter", 13),
    "F5": ("F5", 116),
    ".": ("Period", 190),
}


class Browser:
    """One page of Chromium, of a given size. Use as a context: the browser is ended at the end."""

    def __init__(self, profile: Path, width: int = 1280, height: int = 720) -> None:
        from_browser, to_browser = os.pipe(), os.pipe()
        program = shutil.which("chromium")
        assert program is not None
        flags = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--remote-debugging-pipe",
        ]
        flags += [f"--user-data-dir={profile}", f"--window-size={width},{height}", "--no-first-run", "about:blank"]
        self._process = subprocess.Popen(
            ["bash", "-c", f'exec "$@" 3<&{to_browser[0]} 4>&{from_browser[1]}', "bash", program, *flags],
            pass_fds=(to_browser[0], from_browser[1]),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_browser[0])
        os.close(from_browser[1])
        self._in, self._out = from_browser[0], to_browser[1]
        self._rest, self._number, self._session = b"", 0, ""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.call("Page.enable")
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def __enter__(self) -> Browser:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._in)
        os.close(self._out)

    def call(self, method: str, **parameters: object) -> dict[str, Any]:
        """Call the browser and wait for its answer."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            while b"\0" not in self._rest:
                self._rest += os.read(self._in, 65536)
            raw, _, self._rest = self._rest.partition(b"\0")
            answer = json.loads(raw)
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return dict(answer["result"])

    def open(self, address: str) -> None:
        """Go to an address and wait until the page is there."""
        self.call("Page.navigate", url=address)
        self.until("document.readyState === 'complete' && !!document.getElementById('body')")

    def value(self, expression: str) -> Any:
        """What an expression is worth in the page."""
        return self.call("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    def until(self, expression: str, seconds: float = 20) -> None:
        """Wait until an expression is true in the page."""
        end = time.monotonic() + seconds
        while not self.value(expression):
            assert time.monotonic() < end, f"{expression} never came about: {self.text()}"
            time.sleep(0.05)

    def text(self) -> str:
        """What the page shows."""
        return str(self.value("document.body.innerText"))

    def press(self, *keys: str) -> None:
        """Press keys as a person would."""
        for key in keys:
            code, number = KEYS[key] if key in KEYS else (f"Key{key.upper()}", ord(key.upper()))
            common = {"key": key, "code": code, "windowsVirtualKeyCode": number}
            self.call("Input.dispatchKeyEvent", type="keyDown", **common)
            self.call("Input.dispatchKeyEvent", type="keyUp", **common)

    def picture(self, path: Path) -> None:
        """A picture of the page, as PNG."""
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot")["data"]))
