"""How code is read: are the particles behind it those that its translators wrote?

    python benchmarks/particles.py PATH... [-v]

Reads the Korean ``.md`` and ``.po`` files below the paths. Each particle with two forms
that stands behind a code span tells how its translator read that code: `` `ref`를 `` in
a vowel. *Known* are those of which we say how they end; *agreed* those of which we say
what stands there. Translators err, too, and do not always agree with themselves: so the
share is told again for codes of which most have one reading. ``-v`` lists the others.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import polib

from translate_flow.text.sounds import coda

HANGUL = re.compile("[가-힣]")
FORMS = {
    "은": False, "는": True, "이": False, "가": True, "을": False, "를": True,
    "과": False, "와": True,
}  # fmt: skip
"""A particle → whether it stands behind a vowel."""
SPAN = re.compile(
    rf"(?P<code>`[^`\n]+`)\*{{0,2}}(?P<form>[{''.join(FORMS)}])(?![\w(/])"
)


def texts(path: Path) -> Iterator[str]:
    """Yield the Korean texts of a file or of all files below a folder."""
    files = [path] if path.is_file() else sorted(path.rglob("*"))
    for file in files:
        if file.suffix == ".po":
            yield from (entry.msgstr for entry in polib.pofile(str(file)))
        elif file.suffix == ".md":
            text = file.read_text("utf-8", errors="replace")
            if HANGUL.search(text):
                yield text


def readings(paths: Sequence[Path]) -> Mapping[str, Counter[bool]]:
    """Return for each code how often it was read in a vowel, and how often not."""
    found: dict[str, Counter[bool]] = defaultdict(Counter)
    for path in paths:
        for text in texts(path):
            for span in SPAN.finditer(text):
                found[span["code"]][FORMS[span["form"]]] += 1
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the shares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("-v", "--verbose", action="store_true")
    options = parser.parse_args(arguments)
    found = readings(options.paths)
    known = {code: end for code in found if (end := coda(code)) is not None}
    places = sum(count.total() for count in found.values())
    sure = sum(found[code].total() for code in known)
    agreed = sum(found[code][end == ""] for code, end in known.items())
    most = {code: found[code].most_common(1)[0][0] for code in known}
    other = {code for code, end in known.items() if most[code] != (end == "")}
    wrong = sum(found[code].total() for code in other)
    print(f"{places} particles behind code; known {sure} ({sure / places:.1%})")
    print(f"agreed {agreed} ({agreed / sure:.1%})")
    print(
        f"behind codes that most read as we do: {sure - wrong} ({1 - wrong / sure:.1%})"
    )
    if options.verbose:
        for code in sorted(other, key=lambda code: -found[code].total()):
            print(f"  {code} {dict(found[code])}")


if __name__ == "__main__":
    main()
