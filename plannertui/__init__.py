"""A terminal planner and journal for people who work under a leader."""

__version__ = "0.1.0"
