"""The data service: the figures over HTTP, read-only, under ``/api/v1`` and ``/healthz``.

``docs/service.md`` and its OpenAPI document describe it.
"""

from dashboard.web.app import build_routes

__all__ = ["build_routes"]
