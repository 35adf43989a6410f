"""Converters in a process of their own: few at once, and whatever becomes of them is told."""

import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from dashboard import apart


def convert() -> list[bytes]:
    return apart.typeset("template", ["{}"], datetime(2026, 11, 24, tzinfo=UTC))


@pytest.fixture
def converter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Put a shell's orders in the converter's place."""

    def put(orders: str) -> None:
        script = tmp_path / "converter"
        script.write_text(f"#!/bin/sh\n{orders}\n", "utf-8")
        script.chmod(0o755)
        monkeypatch.setattr(sys, "executable", str(script))

    return put


@pytest.mark.parametrize(
    ("orders", "said"),
    [
        ("kill -9 $$", r"^The converter was ended from outside \(-9\) and said nothing\.$"),
        ("exit 3", r"^The converter failed \(3\) and said nothing\.$"),
        ("echo first >&2; echo last >&2; exit 1", "^last$"),
    ],
)
def test_a_converter_that_fails(converter: Callable[[str], None], orders: str, said: str) -> None:
    converter(orders)
    with pytest.raises(RuntimeError, match=said):
        convert()


def test_a_converter_that_takes_too_long(
    converter: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    converter("exec sleep 600")
    monkeypatch.setattr(apart, "_PATIENCE", 0.1)
    with pytest.raises(RuntimeError, match=r"more than 0\.1 seconds"):
        convert()


def test_the_converter_s_own_words_are_the_error() -> None:
    with pytest.raises(RuntimeError, match="error"):
        convert()


def test_no_more_than_two_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    running, most, news = 0, 0, threading.Condition()
    go = threading.Event()

    def run(command: list[str], **_: Any) -> "subprocess.CompletedProcess[bytes]":
        nonlocal running, most
        with news:
            running += 1
            most = max(most, running)
            news.notify_all()
        go.wait(60)
        with news:
            running -= 1
        return subprocess.CompletedProcess(command, 0, b"[]", b"")

    monkeypatch.setattr(subprocess, "run", run)
    threads = [threading.Thread(target=convert) for _ in range(6)]
    for one in threads:
        one.start()
    with news:
        assert news.wait_for(lambda: running == 2, 60)
        assert not news.wait_for(lambda: running > 2, 0.2)
    go.set()
    for one in threads:
        one.join(60)
    assert (running, most) == (0, 2)
