"""How quick, small and steady the dashboard is: ``python -m benchmarks``, or ``make bench``."""
