"""The memory: what people have translated before, found again exactly and nearly.

What it knows comes from *origins*: catalogs of the project and TMX files. It lies in an
index that may be deleted at any time. Nothing in this room knows where a project keeps
its files.
"""

from translate_flow.memory.entries import MemoryUnit, accepted
from translate_flow.memory.index import Origin
from translate_flow.memory.search import Match, Memory
from translate_flow.memory.tmx import Tmx, read_tmx, write_tmx
from translate_flow.memory.wording import score

__all__ = [
    "Match",
    "Memory",
    "MemoryUnit",
    "Origin",
    "Tmx",
    "accepted",
    "read_tmx",
    "score",
    "write_tmx",
]
