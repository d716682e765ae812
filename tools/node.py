"""The Node that tests and benchmarks run the published script with."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any


def node() -> str:
    """The Node on the PATH, or the one that Playwright brings."""
    import playwright

    return shutil.which("node") or str(Path(playwright.__file__).parent / "driver" / "node")


def run(script: str | Path, data: object) -> Any:
    """Run a module, given as a file or as text, with ``data`` as JSON on its standard input; what it prints is JSON.

    Raises:
        RuntimeError: the script failed; the message is what it said.
    """
    command = [node(), str(script)] if isinstance(script, Path) else [node(), "--input-type=module", "--eval", script]
    done = subprocess.run(command, input=json.dumps(data), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout)
