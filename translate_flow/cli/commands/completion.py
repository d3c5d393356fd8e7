"""``completion``: see :mod:`translate_flow.cli.completion`."""

from __future__ import annotations

from translate_flow.cli.completion import COMMANDS

__all__ = ["COMMANDS"]
