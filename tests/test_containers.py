"""What the container files promise: users without rights, pinned versions, health checks, a password, and no open port."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
LINES = re.sub(r"\\\n\s*", " ", re.sub(r"^#.*\n", "", DOCKERFILE, flags=re.MULTILINE)).splitlines()
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]


def said(word: str) -> list[str]:
    """What the Dockerfile says after a word, in order."""
    return [line.split(" ", 1)[1] for line in LINES if line.startswith(f"{word} ")]


def test_the_image_runs_as_a_user_without_rights() -> None:
    assert said("USER") == ["10001:10001"]
    # after the last thing that needs rights
    last = max(i for i, line in enumerate(LINES) if line.startswith(("FROM ", "RUN ", "COPY ")))
    assert last < LINES.index("USER 10001:10001")
    assert said("VOLUME") == said("WORKDIR")[-1:] == ["/data"]


def test_everything_that_is_fetched_is_pinned() -> None:
    for image in [words.split()[0] for words in said("FROM")]:
        assert re.fullmatch(r"python:3\.\d+\.\d+-slim-\w+", image)
    for command in " && ".join(said("RUN")).split("&&"):
        if " -r " in command:
            assert "--require-hashes" in command
        elif " install " in command and "pip" in command:
            assert "--no-deps" in command and ("torch==" in command or "/dist/" in command)
    assert said("ENV")[0] == "UV_TORCH_BACKEND=cpu"
    [torch] = re.findall(r"^torch==\S+", (ROOT / "requirements-torch.txt").read_text(encoding="utf-8"), re.MULTILINE)
    assert re.fullmatch(r"torch==\d+\.\d+\.\d+", torch)
    # what torch needs on any machine has a hash, for it is not fetched with torch
    needed = re.findall(r"^(\S+)==(?:(?!sys_platform).)*$", (ROOT / "requirements-torch.txt").read_text(), re.MULTILINE)
    pinned = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert [name for name in needed if name != "torch" and f"\n{name}==" not in pinned] == []


def test_the_server_is_the_one_that_the_tests_run_on() -> None:
    [tried] = re.findall(r"<neo4j.version>(.+?)<", (ROOT / "tests" / "neo4j" / "pom.xml").read_text(encoding="utf-8"))
    assert SERVICES["neo4j"]["image"] == f"neo4j:{tried}-community"


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_has_no_more_rights_than_it_needs(name: str) -> None:
    service = SERVICES[name]
    assert service["cap_drop"] == ["ALL"] and "cap_add" not in service and not service.get("privileged")
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service.get("user", "10001:10001").split(":")[0] != "0"
    assert service["healthcheck"]["test"][0] == "CMD"
    for port in service["ports"]:
        assert port.startswith("127.0.0.1:")
    for volume in service["volumes"]:
        assert volume.split(":")[0] in COMPOSE["volumes"]


def test_the_app_can_write_its_volume_and_a_scratch_folder_only() -> None:
    app = SERVICES["app"]
    assert app["read_only"] is True
    assert app["tmpfs"] == ["/tmp"]
    assert [volume.split(":")[1] for volume in app["volumes"]] == said("VOLUME")
    assert app["depends_on"]["neo4j"]["condition"] == "service_healthy"


def test_a_password_must_be_set_and_stands_nowhere() -> None:
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    uses = re.findall(r"\$\{?NEO4J_PASSWORD[^}]*\}?", text)
    assert len(uses) == 2
    assert all(re.match(r"\$\{NEO4J_PASSWORD:\?Set NEO4J_PASSWORD to .{20,}\}", use) for use in uses)
    assert "PASSWORD" not in DOCKERFILE
    assert "!.env" not in (ROOT / ".dockerignore").read_text(encoding="utf-8")


def test_the_image_is_asked_whether_it_is_well_without_more_than_it_has() -> None:
    # the health check of the image and of the service are one, and need no other program than Python
    [check] = said("HEALTHCHECK")
    assert yaml.safe_load(check.split("CMD ", 1)[1]) == SERVICES["app"]["healthcheck"]["test"][1:]
    assert SERVICES["app"]["healthcheck"]["test"][1] == "python"
