"""A disk that is soon full."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


def run_on_small_disk(script: str, folder: Path) -> str:
    """What a Python script prints, with a disk of 512 kB mounted on the folder for it alone."""
    folder.mkdir()
    own_user = [] if os.geteuid() == 0 else ["--map-root-user"]
    mount = 'mount -t tmpfs -o size=512k none "$1" || exit 77; exec "$2" -c "$3" "$1"'
    try:
        done = subprocess.run(
            ["unshare", *own_user, "--mount", "sh", "-c", mount, "sh", folder, sys.executable,
             script],
            capture_output=True,
            text=True,
        )  # fmt: skip
    except FileNotFoundError:
        pytest.skip("there is no unshare(1) here to mount a small disk with")
    if done.returncode == 77 or done.stderr.startswith("unshare:"):
        pytest.skip(f"no small disk can be mounted here: {done.stderr.strip()}")
    assert done.returncode == 0, done.stderr
    return done.stdout
