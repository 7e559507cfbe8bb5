"""The built package works on its own: in an empty folder, in another environment, with what it needs inside it."""

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a fresh environment that holds the wheel, and borrows the dependencies of this one."""
    folder = tmp_path_factory.mktemp("wheel")
    wheels = sorted((ROOT / "build" / "dist").glob("kluwen-*.whl"))
    assert wheels, "make test builds the wheel into build/dist first"
    venv.create(folder / "venv", with_pip=False, symlinks=os.name != "nt")
    python = folder / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    subprocess.run(
        [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--no-deps", "--python", python, wheels[-1]],
        check=True,
    )
    site = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    (Path(site) / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return python


def run(python: Path, folder: Path, *arguments: str, ok: bool = True) -> str:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("KLUWEN_", "PYTHON"))}
    done = subprocess.run(
        [python.with_name("kluwen"), *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode == 0) == ok, done.stderr
    return done.stdout


def test_the_packages_come_from_the_wheel(python: Path, tmp_path: Path) -> None:
    code = "import corpus, graph, ingest, search_app; print(corpus.__file__, graph.__file__, ingest.__file__, search_app.__file__)"
    files = subprocess.run(
        [python, "-c", code], cwd=tmp_path, check=True, capture_output=True, text=True
    ).stdout.split()
    assert len(files) == 4
    assert all(Path(file).is_relative_to(python.parent.parent) for file in files)


def test_samples_vocabulary_and_model_travel_inside(python: Path, tmp_path: Path) -> None:
    code = "from importlib.resources import files; print(files('corpus') / 'samples')"
    samples = subprocess.run(
        [python, "-c", code], cwd=tmp_path, check=True, capture_output=True, text=True
    ).stdout.strip()
    run(python, tmp_path, "ingest", samples)
    assert (tmp_path / "kluwen.db").is_file()
    found = run(python, tmp_path, "search", "mantelzorgers zijn overbelast", "--json")
    assert '"hits": [{' in found
    assert "statements" in found
    run(python, tmp_path, "doctor")
