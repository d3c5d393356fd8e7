"""How long tflow takes to start, beside importing the library its face is made of.

    python benchmarks/startup.py [ROUNDS]

Prints the median wall time of each command over ROUNDS (default 20) runs, taken in
turns, and its ratio to ``python -c "import typer"``.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

PYTHON = sys.executable
TFLOW = str(Path(PYTHON).with_name("tflow"))

COMMANDS = {
    'python -c "pass"': [PYTHON, "-c", "pass"],
    'python -c "import typer"': [PYTHON, "-c", "import typer"],
    "tflow --help": [TFLOW, "--help"],
    "tflow --version": [TFLOW, "--version"],
}
UNIT = 'python -c "import typer"'


def seconds(command: list[str]) -> float:
    """Run a command once and return its wall time."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def main(rounds: int) -> None:
    """Measure all commands in turns and print a table."""
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(rounds):
        for name, command in COMMANDS.items():
            times[name].append(seconds(command))
    unit = statistics.median(times[UNIT])
    print("| command | ms | ratio |\n|---|---:|---:|")
    for name, measured in times.items():
        median = statistics.median(measured)
        print(f"| `{name}` | {median * 1000:.0f} | {median / unit:.2f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
