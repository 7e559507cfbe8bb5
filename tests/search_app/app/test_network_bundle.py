"""The bundle that is committed is the one that its sources make, and it carries the licences of what is in it."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

import search_app

NETWORK = Path(search_app.__file__).parent / "network"
SOURCE = Path(__file__).resolve().parents[3] / "search_app" / "network" / "source"
MODULES = SOURCE / "node_modules"


def test_there_is_one_bundle_with_its_licences() -> None:
    (bundle,) = (NETWORK / "frontend").glob("net-*.js")
    assert bundle.stat().st_size < 900_000
    legal = (NETWORK / "frontend" / "LEGAL.txt").read_text(encoding="utf-8")
    for name, version in json.loads((SOURCE / "package.json").read_text(encoding="utf-8"))["dependencies"].items():
        assert f"{name} {version} (MIT)" in legal


def test_versions_are_pinned_exactly_and_no_lock_names_a_host() -> None:
    told = json.loads((SOURCE / "package.json").read_text(encoding="utf-8"))
    for version in (*told["dependencies"].values(), *told["devDependencies"].values()):
        assert version[0].isdigit()
    assert not (SOURCE / "package-lock.json").exists()


@pytest.mark.skipif(
    shutil.which("node") is None or not MODULES.is_dir(),
    reason="needs Node and `npm install --no-package-lock` in search_app/network/source",
)
def test_the_bundle_is_what_its_sources_make(tmp_path: Path) -> None:
    subprocess.run(["node", "build.mjs", str(tmp_path / "built")], cwd=SOURCE, check=True, capture_output=True)
    built = {file.name: file.read_bytes() for file in (tmp_path / "built").iterdir()}
    committed = {file.name: file.read_bytes() for file in (NETWORK / "frontend").iterdir()}
    assert built == committed
