"""The data service: the figures over HTTP, for those who host the dashboard themselves.

Read-only, under ``/api/v1``, and ``/healthz``. ``docs/service.md`` says how to use it; its own
OpenAPI document says it to programs.
"""

from dashboard.web.app import list_routes

__all__ = ["list_routes"]
