"""A report as one page that needs nothing else."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plannertui.outputs.report import Report


def page(report: Report) -> str:
    """The whole page of ``report``."""
    return f"<!doctype html><title>{escape(report.title)}</title>"
