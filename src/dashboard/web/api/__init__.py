"""The answers of the data service under ``/api/v1``."""
