"""Other processes, since a second notebook is one."""

import subprocess
import sys
from pathlib import Path

#: What a child needs before a test's own lines. `act(line)` answers each line that it is given.
OPENING = """
import os, signal, sys
from pathlib import Path
from peer_drift_kit.journal import *
from peer_drift_kit.journal import lock
lock.STRENGTH = lock.Strength(n=2**4, r=8, p=1)
"""

ANSWERING = """
for line in sys.stdin:
    print(act(line.rstrip("\\n")), flush=True)
"""


def child(lines: str, *args: str | Path) -> subprocess.Popen[str]:
    """A Python that runs these lines."""
    return subprocess.Popen(
        [sys.executable, "-c", OPENING + lines, *map(str, args)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def say(process: subprocess.Popen[str], line: str | Path) -> None:
    assert process.stdin
    process.stdin.write(f"{line}\n")
    process.stdin.flush()


def heard(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().rstrip("\n")
