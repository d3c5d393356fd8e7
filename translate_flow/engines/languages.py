"""Language tags (BCP 47) as each engine writes them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from translate_flow.errors import Unsupported


def code(
    tag: str, known: Collection[str], also: Mapping[str, str], *, engine: str
) -> str:
    """Return an engine's code for a language: its own for the whole tag, else for the
    tag without its last parts, else that of its home country.

    :param known: the engine's codes.
    :param also: lower-case tags for which the engine has a code of another form.
    :raises Unsupported: if the engine does not know the language.
    """
    by_name = {name.lower(): name for name in known}
    parts = tag.lower().replace("_", "-").split("-")
    for count in range(len(parts), 0, -1):
        short = "-".join(parts[:count])
        found = also.get(short) or by_name.get(short)
        if found is not None:
            return found
    primary = parts[0]
    regions = [by_name[name] for name in by_name if name.startswith(f"{primary}-")]
    home = by_name.get(f"{primary}-{primary}")
    if home or regions:
        return home or regions[0]
    raise Unsupported(
        f"{engine} does not know the language {tag!r}", hint="try another engine"
    )


def primary(tag: str) -> str:
    """Return the language of a BCP 47 tag, without script and region."""
    return tag.lower().partition("-")[0]
