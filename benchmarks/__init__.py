"""The speed goals, measured: `python -m benchmarks` (see `make bench`)."""
