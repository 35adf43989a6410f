"""Tags of answers, by which a reader who has one already is not sent it again."""

import hashlib


def build_etag(body: bytes) -> str:
    """Return the tag of a body: weak, as a server or proxy may compress it on its way."""
    return f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'


def is_named(header: str, tag: str) -> bool:
    """Tell whether a list of tags names one, or all; weak or not is the same for reading."""
    listed = [each.strip().removeprefix("W/") for each in header.split(",")]
    return "*" in listed or tag.removeprefix("W/") in listed
