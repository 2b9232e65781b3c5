"""Writes a file so that whoever looks finds the old one or the new one, whole."""

import os
from pathlib import Path

__all__ = ["write_whole"]


def write_whole(path: Path, data: bytes, *, mode: int = 0o644) -> None:
    """Write ``data`` under another name and rename it. Makes the folders on the way.

    A run that is killed leaves the earlier file. There is no flush to the disk, which would cost
    a cohort minutes: whatever is written so can be made again from what was handed in.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(data)
        temporary.chmod(mode)
        if os.name == "nt" and path.exists():
            path.chmod(0o644)  # Windows replaces no file that is read-only
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
