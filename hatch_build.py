"""What the package's page says: the README, with links that lead somewhere from it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

LINK = re.compile(
    r"(?P<image>!?)\[(?P<text>[^\[\]]*)\]\((?!https?:|#)(?P<to>[^()\s]+)\)"
)
"""A link into the repository."""


class ReadmeHook(MetadataHookInterface):
    """Makes links absolute if the project has an address, else plain text."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Write the readme into the package's metadata."""
        text = (Path(self.root) / "README.md").read_text("utf-8")
        address = metadata.get("urls", {}).get("Repository", "").rstrip("/")
        readme = {"content-type": "text/markdown", "text": absolute(text, address)}
        metadata["readme"] = readme


def absolute(text: str, address: str) -> str:
    """Return a text whose links into the repository have its address; without one they
    are their words, and pictures go."""

    def changed(found: re.Match[str]) -> str:
        if address:
            way = "raw" if found["image"] else "blob"
            to = f"{address}/{way}/HEAD/{found['to']}"
            return f"{found['image']}[{found['text']}]({to})"
        return "" if found["image"] else found["text"]

    return re.sub(r"\n{3,}", "\n\n", LINK.sub(changed, text))
