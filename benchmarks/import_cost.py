"""What the kit costs a kernel beyond ipywidgets: time and memory of its import.

    python benchmarks/import_cost.py [runs]

Each run is a fresh process. The kit is imported with every name that a notebook may call. The
claim: at most 120 ms and 10 MB more than ipywidgets alone.
"""

import json
import statistics
import subprocess
import sys

ALONE = "import ipywidgets"
KIT = "import ipywidgets; from peer_drift_kit import *"
PROBE = """
import json, time
start = time.perf_counter()
{statement}
seconds = time.perf_counter() - start
import psutil
print(json.dumps([seconds, psutil.Process().memory_full_info().uss]))
"""


def measure(statement: str) -> tuple[float, float]:
    """Seconds and bytes (unique to the process) after a statement in a fresh Python."""
    command = [sys.executable, "-c", PROBE.format(statement=statement)]
    seconds, memory = json.loads(subprocess.check_output(command))
    return seconds, memory


def main(runs: int) -> None:
    measure(KIT)  # fills the disk's cache and the compiled files
    figures: dict[str, list[tuple[float, float]]] = {ALONE: [], KIT: []}
    for _ in range(runs):  # in turn, since these machines are noisy
        for statement, found in figures.items():
            found.append(measure(statement))
    median = {
        statement: [statistics.median(each) for each in zip(*found, strict=True)]
        for statement, found in figures.items()
    }
    for statement, (seconds, memory) in median.items():
        print(f"{seconds * 1000:7.0f} ms {memory / 1e6:7.1f} MB   {statement}")
    seconds, memory = (kit - alone for kit, alone in zip(median[KIT], median[ALONE], strict=True))
    print(f"{seconds * 1000:7.0f} ms {memory / 1e6:7.1f} MB   the kit alone (median of {runs})")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 11)
