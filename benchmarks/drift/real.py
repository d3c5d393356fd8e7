"""What becomes of the edits of real histories: how many need no eye.

    python -m benchmarks.drift.real REPO... [--commits 3000] [--language en|ko]
        [--sample kept,carried,risk] [--each 40] [--seed 1] [--verdicts FILE]

Every paragraph that a commit edited counts once, as ``sync`` would class it had its old
text been translated and accepted. ``--sample`` prints edits to read: of actions (kept,
carried, low, medium, high), of classes, or of both (``kept:punctuation``). A person
writes what he read of them into a file of verdicts, a line an edit,

    ID <tab> what it was called <tab> verdict

with ``right``, ``keep`` (kept, and should not have been), ``carry`` (carried wrongly),
``class`` (the class is wrong) or ``noise`` (high, and nothing moved). ``--verdicts``
counts those of edits that are called the same today.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.drift.histories import Edit, edits
from benchmarks.drift.targets import target
from translate_flow.drift import SEVERITIES, Evidence, carried, classify, is_kept
from translate_flow.text.worddiff import word_diff

OTHER = {"en": "ko", "ko": "en"}
AROUND = 50
"""Letters shown on both sides of what changed."""


@dataclass(frozen=True, slots=True)
class Told:
    """What an edit is called."""

    edit: Edit
    action: str
    """kept, carried, or how grave it is."""

    found: tuple[Evidence, ...]

    @property
    def drift_class(self) -> str:
        """The gravest class."""
        return self.found[0].drift_class if self.found else "none"

    @property
    def called(self) -> str:
        """What is read and judged: action and class."""
        return f"{self.action}:{self.drift_class}"


def told(edit: Edit) -> Told:
    """Return what becomes of an edit."""
    found = classify(
        edit.before,
        edit.after,
        edit.language,
        frozenset(edit.terms),
        OTHER[edit.language],
    )
    if not found or is_kept(found):
        return Told(edit, "kept", found)
    stood = target(0, edit.before)
    if carried(edit.before, edit.after, stood, found) is not None:
        return Told(edit, "carried", found)
    return Told(edit, SEVERITIES[found[0].drift_class], found)


def shown(edit: Edit) -> str:
    """Return an edit in one line, with what went and came in brackets."""
    parts = []
    for op, text in word_diff(edit.before, edit.after):
        if op == "=" and len(text) > 2 * AROUND + 5:
            text = f"{text[:AROUND]} … {text[-AROUND:]}"
        parts.append({"=": text, "-": f"[-{text}-]", "+": f"{{+{text}+}}"}[op])
    return "".join(parts).replace("\n", "⏎")


# --- tables -----------------------------------------------------------------


def shares(found: Sequence[Told]) -> str:
    """Return how many edits had which fate, and of which classes they were."""
    actions = Counter(one.action for one in found)
    spared = actions["kept"] + actions["carried"]
    lines = ["| | edits | of all |", "|---|---:|---:|"]
    for name in ("kept", "carried", "low", "medium", "high"):
        lines.append(f"| {name} | {actions[name]} | {_share(actions[name], found)} |")
    lines.append(f"| **spared** | {spared} | **{_share(spared, found)}** |")
    for name in dict.fromkeys(one.action for one in found):
        classes = Counter(one.drift_class for one in found if one.action == name)
        these = ", ".join(f"{kind} {n}" for kind, n in classes.most_common())
        lines += ["", f"{name}: {these}."]
    return "\n".join(lines)


def _share(n: int, of: Sequence[Told]) -> str:
    return f"{100 * n / max(1, len(of)):.1f} %"


def sample(
    found: Sequence[Told], wanted: Sequence[str], each: int, seed: int
) -> Iterator[str]:
    """Yield edits to read, of each wanted action or class."""
    for name in wanted:
        some = [
            one for one in found if name in (one.action, one.drift_class, one.called)
        ]
        chosen = random.Random(f"{seed} {name}").sample(some, min(each, len(some)))
        yield f"\n--- {name}: {len(chosen)} of {len(some)}"
        for one in chosen:
            classes = ",".join(dict.fromkeys(e.drift_class for e in one.found))
            yield f"{one.edit.id}\t{one.called}\t[{classes}] {shown(one.edit)}"


def read(file: Path, found: Sequence[Told]) -> str:
    """Return what was read of edits that are called the same today."""
    today: Mapping[str, Told] = {one.edit.id: one for one in found}
    verdicts: dict[str, Counter[str]] = defaultdict(Counter)
    stale = 0
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        key, called, verdict = line.split("\t")[:3]
        if key not in today:
            continue
        if today[key].called != called:
            stale += 1
            continue
        verdicts[called][verdict] += 1
    lines = ["| called | read | verdicts |", "|---|---:|---|"]
    for called, counts in sorted(verdicts.items()):
        said = ", ".join(f"{name} {n}" for name, n in counts.most_common())
        lines.append(f"| {called} | {counts.total()} | {said} |")
    return "\n".join(lines) + f"\n\nCalled otherwise today: {stale}."


def main(words: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.drift.real")
    parser.add_argument("repositories", nargs="+", type=Path, metavar="REPO")
    parser.add_argument("--commits", type=int, default=3000, metavar="N")
    parser.add_argument("--language", choices=[*OTHER])
    parser.add_argument("--sample", default="", metavar="A,B")
    parser.add_argument("--each", type=int, default=40, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--verdicts", type=Path, metavar="FILE")
    chosen = parser.parse_args(words)
    every = {
        e.id: e for repo in chosen.repositories for e in edits(repo, chosen.commits)
    }
    for spoken in [chosen.language] if chosen.language else OTHER:
        found = [told(edit) for edit in every.values() if edit.language == spoken]
        if not found:
            continue
        print(f"\n### {spoken}: {len(found)} edits\n\n{shares(found)}", flush=True)
        if chosen.sample:
            print(
                *sample(found, chosen.sample.split(","), chosen.each, chosen.seed),
                sep="\n",
            )
        if chosen.verdicts:
            print(f"\n{read(chosen.verdicts, found)}")


if __name__ == "__main__":
    main()
