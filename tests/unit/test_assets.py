"""Scripts as they are published."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sitegen.output.assets import STATIC, published
from sitegen.problems import Failed


@pytest.mark.parametrize("name", ["page.js", "names.js"])
def test_a_fault_in_a_script_is_told_with_file_and_line(tmp_path: Path, name: str) -> None:
    static = Path(shutil.copytree(STATIC, tmp_path / "static"))
    file = static / "js" / name
    text = file.read_text("utf-8")
    file.write_text(f"{text}let a = ;\n", "utf-8")
    with pytest.raises(Failed) as failed:
        published(static)
    line = text.count("\n") + 1
    detail = f"unexpected ; in expression on line {line} and column 9"
    assert dict(failed.value.what.values) == {"file": name, "detail": detail}
