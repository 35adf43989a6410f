"""Converters that take much memory, run in a process of their own that ends with its work.

What a typesetter or a chart renderer once took, a server would hold for good. This module
imports neither unless it is that process: ``python -m dashboard.apart``, a request as JSON on its
input, the files made as JSON on its output.
"""

import base64
import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime
from threading import BoundedSemaphore
from typing import Any

_PATIENCE = 60
# At once, whoever asks; the next ones wait. Each takes up to 150 MB and a core.
_MOST = 2
_turns = BoundedSemaphore(_MOST)


def typeset(template: str, documents: Sequence[str], day: datetime) -> list[bytes]:
    """Return documents as PDF/UA-1: a Typst template, and what each says as JSON.

    Raises:
        RuntimeError: the typesetter failed, and the message is its own, or it took too long.
    """
    return _run(
        {
            "tool": "typst",
            "template": template,
            "documents": list(documents),
            "day": day.isoformat(),
        }
    )


def draw(spec: dict[str, Any], kind: str, scale: float) -> bytes:
    """Return a Vega-Lite specification as a picture, ``kind`` "svg" or "png".

    Raises:
        RuntimeError: the renderer failed, and the message is its own, or it took too long.
    """
    return _run({"tool": kind, "spec": spec, "scale": scale})[0]


def _run(request: dict[str, Any]) -> list[bytes]:
    try:
        with _turns:
            done = subprocess.run(
                [sys.executable, "-m", "dashboard.apart"],
                input=json.dumps(request).encode(),
                capture_output=True,
                timeout=_PATIENCE,
                check=False,
            )
    except subprocess.TimeoutExpired as error:
        raise RuntimeError(f"The converter took more than {_PATIENCE} seconds.") from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise RuntimeError(said[-1] if said else _silent(done.returncode))
    return [base64.b64decode(one) for one in json.loads(done.stdout)]


def _silent(code: int) -> str:
    why = "was ended from outside" if code < 0 else "failed"
    return f"The converter {why} ({code}) and said nothing."


def _made(request: dict[str, Any]) -> list[bytes]:
    if request["tool"] == "typst":
        return [
            _pdf(request["template"], one, datetime.fromisoformat(request["day"]))
            for one in request["documents"]
        ]
    import vl_convert

    if request["tool"] == "svg":
        return [vl_convert.vegalite_to_svg(request["spec"]).encode()]
    return [vl_convert.vegalite_to_png(request["spec"], scale=request["scale"])]


def _pdf(template: str, said: str, day: datetime) -> bytes:
    import typst

    made = typst.compile(
        template.encode(),
        format="pdf",
        sys_inputs={"brief": said},
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        timestamp=day,
    )
    if not isinstance(made, bytes):
        raise TypeError("the template made more than one document")
    return made


if __name__ == "__main__":
    made = _made(json.load(sys.stdin.buffer))
    json.dump([base64.b64encode(one).decode() for one in made], sys.stdout)
