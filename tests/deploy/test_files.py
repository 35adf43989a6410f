"""The files of a deployment hold together; the image's commands work in an empty environment."""

import configparser
import json
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

import pytest
import yaml
from streamlit import config

from browser.serve import ROOT, free_port, program
from deploy.proxy import DEPLOY, SETTINGS

COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", "")
# How much of the machine each may still reach, in systemd's own tenths, at most.
UNITS = {"dashboard@.service": "20", "dashboard-proxy.service": "40"}
PATIENCE = 300


def instruction(name: str) -> str:
    """Return what follows the last instruction of a name."""
    return str(re.findall(rf"^{name} +(.*)$", DOCKERFILE, re.MULTILINE)[-1])


def command(name: str) -> list[str]:
    return [str(one) for one in json.loads(instruction(name)[instruction(name).index("[") :])]


def run(*words: str | Path, cwd: Path = ROOT) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        words, cwd=cwd, capture_output=True, text=True, timeout=PATIENCE, check=False
    )


def test_nginx_takes_its_configuration(tmp_path: Path) -> None:
    ran = run(program("nginx"), "-t", "-p", tmp_path, "-c", DEPLOY / "nginx.conf")
    assert ran.returncode == 0, ran.stderr
    assert "warn" not in ran.stderr


@pytest.mark.parametrize("name", SETTINGS)
def test_each_setting_is_one_of_streamlit_s(name: str) -> None:
    assert name in {one.env_var for one in config.get_config_options().values()}


def test_the_image_passes_the_linter() -> None:
    ran = run(Path(sys.prefix, "bin", "hadolint"), "Dockerfile")
    assert (ran.returncode, ran.stdout) == (0, "")


def test_the_image_is_pinned_and_is_nobody_s() -> None:
    assert re.fullmatch(r"python:3\.11\.\d+-slim-\w+", instruction("FROM"))
    assert int(instruction("USER").split(":")[0]) > 0
    assert "/healthz" in instruction("HEALTHCHECK")


def test_the_image_s_commands_in_an_empty_environment(tmp_path: Path) -> None:
    """As in a container: what .dockerignore lets through, and nothing else of this checkout."""
    app, made = tmp_path / "app", tmp_path / "venv"
    for name in re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text("utf-8"), re.MULTILINE):
        (shutil.copytree if (ROOT / name).is_dir() else copy)(ROOT / name, app / name)
    venv.create(made, with_pip=True)
    for words in instruction("RUN").split(" && "):
        ran = run(made / "bin" / "pip", *words.split()[1:], cwd=app)
        assert ran.returncode == 0, ran.stderr
    port = str(free_port())
    served, asked = ([w.replace("8501", port) for w in command(n)] for n in ("CMD", "HEALTHCHECK"))
    environment = {"HOME": str(tmp_path / "home"), "PATH": str(made / "bin"), **SETTINGS}
    with (tmp_path / "log").open("wb") as said:
        process = subprocess.Popen(
            [made / "bin" / served[0], *served[1:]], cwd=app, env=environment, stderr=said
        )
    try:
        healthy = [str(made / "bin" / asked[0]), *asked[1:]]
        assert until_healthy(process, healthy), (tmp_path / "log").read_text("utf-8")
    finally:
        process.terminate()
        process.wait()
    assert run(*healthy).returncode, "it asks this server, which is gone"
    assert not (tmp_path / "home").exists(), "a read-only container could not write there"


def test_a_server_installs_the_same_packages_and_nothing_whose_hash_is_unknown() -> None:
    """The linter, types and tests run with these versions; pip refuses any other file of them."""
    blocks = re.split(r"\n(?=\S)", (ROOT / "requirements-server.txt").read_text("utf-8").strip())
    servers = {block.split(" \\\n")[0]: block.count("--hash=sha256:") for block in blocks}
    pins = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    assert set(servers) - {one for one in servers if one.startswith("setuptools==")} == set(
        pins[1:]
    )
    assert all(servers.values())


@pytest.mark.parametrize("path", ["Dockerfile", "docs/operations.md"])
def test_a_server_is_told_to_check_the_hashes_and_to_build_nothing_else(path: str) -> None:
    text = (ROOT / path).read_text("utf-8").replace("\\\n", "")
    installs = [
        line for line in re.findall(r"pip install [^&\n]*", text) if "--editable" not in line
    ]
    assert installs
    for line in installs:
        assert "--require-hashes --only-binary :all: --requirement requirements-server.txt" in line
    for line in re.findall(r"pip install [^&\n]*--editable[^&\n]*", text):
        assert "--no-deps --no-build-isolation" in line


def copy(source: Path, target: Path) -> None:
    target.parent.mkdir(exist_ok=True)
    shutil.copy(source, target)


def until_healthy(process: "subprocess.Popen[bytes]", question: list[str]) -> bool:
    """Ask as often as it takes; each question is a process, so this does not spin."""
    for _ in range(100):
        if run(*question).returncode == 0:
            return True
        if process.poll() is not None:
            return False
    return False


@pytest.mark.parametrize("name", ["replica-1", "replica-2", "nginx"])
def test_each_container_is_bare(name: str) -> None:
    service = COMPOSE["services"][name]
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert service["restart"] == "unless-stopped"
    for file in (service.get("env_file"), COMPOSE["configs"]["nginx"]["file"]):
        assert file is None or (DEPLOY / file).is_file()


def test_the_containers_replicas_are_as_the_machine_s() -> None:
    here = (DEPLOY / "replicas.conf").read_text("utf-8")
    there = COMPOSE["configs"]["replicas"]["content"]
    known = [f"{name}:8501" for name in COMPOSE["services"] if name.startswith("replica")]
    assert re.findall(r"server (\S+)", there) == known
    assert re.sub(r"server \S+", "", here) == re.sub(r"server \S+", "", there)


@pytest.mark.parametrize(("name", "exposure"), list(UNITS.items()))
def test_systemd_takes_the_units(tmp_path: Path, name: str, exposure: str) -> None:
    text = (DEPLOY / name).read_text("utf-8")
    unit = tmp_path / name.replace("@", "@8501")
    unit.write_text(
        re.sub(r"/opt/dashboard/(%i|8501)", str(ROOT), text)
        .replace(f"{ROOT}/.venv/", f"{sys.prefix}/")
        .replace("/usr/sbin/nginx", program("nginx")),
        "utf-8",
    )
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.read_string(text)
    assert parser["Service"]["DynamicUser"] == parser["Service"]["NoNewPrivileges"] == "yes"
    if shutil.which("systemd-analyze"):
        verified = run("systemd-analyze", "verify", unit)
        assert (verified.returncode, verified.stderr) == (0, "")
        judged = run(
            "systemd-analyze", "security", "--offline=true", f"--threshold={exposure}", unit
        )
        assert judged.returncode == 0, judged.stdout
