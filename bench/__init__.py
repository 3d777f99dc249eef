"""Benchmarks: each prints a ratio measured in one run, against a floor or a peer. `make bench` runs them all."""
