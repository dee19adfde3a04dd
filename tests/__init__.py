"""The tests, laid out as the source is. `docs/running.md` says how they are run."""
