"""Other processes, since a second notebook is one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

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


def run_on_small_disk(lines: str, folder: Path) -> str:
    """What the lines print, with a disk of 512 kB mounted on the folder for them alone."""
    folder.mkdir()
    own_user = [] if os.geteuid() == 0 else ["--map-root-user"]
    mount = 'mount -t tmpfs -o size=512k none "$1" || exit 77; exec "$2" -c "$3" "$1"'
    try:
        done = subprocess.run(
            ["unshare", *own_user, "--mount", "sh", "-c", mount, "sh", folder, sys.executable,
             OPENING + lines],
            capture_output=True,
            text=True,
        )  # fmt: skip
    except FileNotFoundError:
        pytest.skip("there is no unshare(1) here to mount a small disk with")
    if done.returncode == 77 or done.stderr.startswith("unshare:"):
        pytest.skip(f"no small disk can be mounted here: {done.stderr.strip()}")
    assert done.returncode == 0, done.stderr
    return done.stdout
