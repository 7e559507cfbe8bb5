"""Kluwen beside its peers on the same statements, questions and vectors: ``python tests/bench/peers/compare.py [--half aside]``.

Each peer answers in a process of its own, in a virtual environment that is made once in a scratch folder. README.md says
what each is given. A peer that can't be installed or run is printed with the reason.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[2]), str(HERE.parent)]

from own_questions import FIELDS, HALVES, ROOT, SHARED, Measured, Question, by_document, measured, questions, said  # noqa: E402

from graph.meaning import open_encoder  # noqa: E402

SETS = (*FIELDS, "english", "offtopic")
LIMIT = 540
"""Seconds that installing or running a peer may take."""


@dataclass(frozen=True, slots=True)
class Peer:
    """``needs`` are requirements for a virtual environment of its own; none: Kluwen's own."""

    name: str
    program: str
    needs: tuple[str, ...] = ()
    neo4j: bool = False
    wordings: tuple[str, ...] = ("quote", "text")


PEERS = (
    Peer("kluwen", "with_kluwen.py", wordings=("quote",)),
    Peer("kluwen-neo4j", "with_kluwen.py", neo4j=True, wordings=("quote",)),
    Peer("bm25s", "with_bm25s.py", ("bm25s==0.3.16", "pystemmer>=3.0", "numpy>=2.0")),
    Peer("cosine", "with_cosine.py"),
    Peer("txtai", "with_txtai.py", ("txtai==9.14.0",)),
    Peer("graphrag", "with_graphrag.py", ("neo4j-graphrag==1.22.0", "numpy>=2.0"), neo4j=True),
)


class Left(Exception):
    """A peer is left out; the message says why."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=(*HALVES, "both"), default="both")
    parser.add_argument("--scratch", type=Path, default=ROOT / "build" / "peers", help="where environments are made")
    parser.add_argument("--only", nargs="+", choices=[peer.name for peer in PEERS], help="these peers, beside Kluwen")
    options = parser.parse_args()
    if not SHARED.is_dir():
        print(f"skipped: the hand-made statements are not here ({SHARED})")
        return 0
    folder = options.scratch / "answers"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    asked = {name: [q for q in questions(name, options.half) if q.relevant] for name in SETS}
    ids = hand_out(folder, [question for some in asked.values() for question in some])
    peers = [peer for peer in PEERS if options.only is None or peer.name in ("kluwen", *options.only)]
    head = "".join(f"{'answerable' if name == 'offtopic' else name:>12}" for name in SETS)
    print(f"{'nDCG@10':14}{head}{'all':>8}{'recall@10':>11}{'p50 ms':>9}{'MiB':>7}  Kluwen is")
    ours = None
    with neo4j() as server:
        for peer in peers:
            try:
                result, wording = best(peer, options.scratch, folder, server, asked, ids)
            except Left as reason:
                print(f"{peer.name:14} left out: {reason}")
                continue
            scores = {name: measured(some, result["found"], ids) for name, some in asked.items()}
            all_ = measured([q for some in asked.values() for q in some], result["found"], ids)
            ours = ours or (all_, result["p50"])
            print(line(peer.name, wording, scores, all_, result, ours), flush=True)
    return 0


def hand_out(folder: Path, asked: Sequence[Question]) -> list[str]:
    """Write what every peer reads, and give the ids of the statements."""
    texts = {
        gold[s.id]: s.text for contents, gold in by_document(said(*FIELDS), open_encoder()) for s in contents.statements
    }
    statements = [{"id": one.id, "quote": one.quote, "text": texts[one.id]} for one in said(*FIELDS)]
    (folder / "statements.json").write_text(json.dumps(statements), encoding="utf-8")
    rows = [{"id": question.id, "text": question.text} for question in asked]
    (folder / "questions.json").write_text(json.dumps(rows), encoding="utf-8")
    return [one["id"] for one in statements]


@contextmanager
def neo4j() -> Iterator[Mapping[str, str] | str]:
    """The environment in which a scratch Neo4j is found, else why there is none."""
    spec = spec_from_file_location("kluwen_neo4j_server", ROOT / "tests" / "neo4j" / "server.py")
    assert spec and spec.loader
    tools = module_from_spec(spec)
    spec.loader.exec_module(tools)
    if reason := tools.why_not():
        yield reason
        return
    server = tools.Server()
    try:
        yield {"NEO4J_URI": server.uri, "NEO4J_USERNAME": "neo4j", "NEO4J_PASSWORD": tools.PASSWORD}
    finally:
        server.remove()


def best(
    peer: Peer,
    scratch: Path,
    folder: Path,
    server: Mapping[str, str] | str,
    asked: Mapping[str, Sequence[Question]],
    ids: Sequence[str],
) -> tuple[dict[str, Any], str]:
    """What a peer found, with the wording of the statements that served it best. Raises Left."""
    if peer.neo4j and isinstance(server, str):
        raise Left(server)
    environment = {key: value for key, value in os.environ.items() if not key.startswith("NEO4J_")}
    environment |= {"OMP_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
    if peer.neo4j and not isinstance(server, str):
        environment |= server
    python = installed(peer, scratch)
    every = [question for some in asked.values() for question in some]
    tried: list[tuple[float, dict[str, Any], str]] = []
    for wording in peer.wordings:
        called([python, str(HERE / peer.program), str(folder), wording], environment)
        result = json.loads((folder / f"{peer.name}-{wording}.json").read_text("utf-8"))
        tried.append((measured(every, result["found"], ids).ndcg, result, wording))
    _, result, wording = max(tried, key=lambda each: each[0])
    return result, wording


def installed(peer: Peer, scratch: Path) -> str:
    """The Python that runs a peer, in an environment made now if need be. Raises Left when that fails."""
    if not peer.needs:
        return sys.executable
    home = scratch / peer.name
    python = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    ready = home / "ready"
    if not ready.exists() or ready.read_text("utf-8") != "\n".join(peer.needs):
        uv = shutil.which("uv") or shutil.which("uv", path=str(Path(sys.executable).parent))
        venv.create(home, clear=True, with_pip=uv is None)
        command = [uv, "pip", "install", "-q", "-p", str(python)] if uv else [str(python), "-m", "pip", "install", "-q"]
        called([*command, *peer.needs], dict(os.environ))
        ready.write_text("\n".join(peer.needs), encoding="utf-8")
    return str(python)


def called(command: Sequence[str], environment: Mapping[str, str]) -> None:
    """Run a program to its end. Raises Left with the last line it said when it fails or takes too long."""
    try:
        subprocess.run(command, env=environment, check=True, capture_output=True, text=True, timeout=LIMIT)
    except subprocess.TimeoutExpired:
        raise Left(f"took more than {LIMIT} s") from None
    except subprocess.CalledProcessError as error:
        said_last = (error.stderr or error.stdout).strip().splitlines()
        raise Left(said_last[-1] if said_last else f"ended with {error.returncode}") from None


def line(
    name: str,
    wording: str,
    scores: Mapping[str, Measured],
    all_: Measured,
    result: Mapping[str, Any],
    ours: tuple[Measured, float],
) -> str:
    """A line of the table; at its end how much better and how much faster Kluwen (the first line) is."""
    values = "".join(f"{score.ndcg:12.3f}" for score in scores.values())
    better, faster = ours[0].ndcg / max(all_.ndcg, 1e-9), result["p50"] / ours[1]
    told = f"  {better:.2f}x as good, {faster:.2f}x as fast"
    return (
        f"{name:14}{values}{all_.ndcg:8.3f}{all_.recall:11.3f}{1000 * result['p50']:9.2f}{result['memory']:7.0f}{told}"
        + (f" (given the {wording})" if not name.startswith("kluwen") else "")
    )


if __name__ == "__main__":
    sys.exit(main())
