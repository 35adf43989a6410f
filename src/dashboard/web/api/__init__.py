"""What the data service answers under ``/api/v1``."""
