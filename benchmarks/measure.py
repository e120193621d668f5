"""Run one command and say what it cost: a process of its own, so small that its memory does not count as the command's.

python -S -E measure.py RESULT.json DIRECTORY COMMAND...
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from pathlib import Path


def tree(root: int) -> list[int]:
    """``root`` and all that it has started."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[1])
        except OSError:
            continue  # Ended since it was listed.
        children.setdefault(parent, []).append(int(stat.parent.name))
    found = [root]
    for one in found:
        found += children.get(one, [])
    return found


def own_memory(process: int) -> int:
    """Its memory in bytes, of shared pages its share."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
        return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
    except OSError:
        return 0


def watch(process: int, peak: list[int]) -> None:
    """Keep in ``peak`` the most memory that the whole tree has ever had at once."""
    while peak[1]:
        started = time.perf_counter()
        peak[0] = max(peak[0], sum(map(own_memory, tree(process))))
        time.sleep(max(0.1, 10 * (time.perf_counter() - started)))  # Looking at gigabytes takes a while itself.


def main() -> None:
    result, directory, *command = sys.argv[1:]
    start = time.perf_counter()
    process = os.fork()
    if not process:
        os.chdir(directory)
        null = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1):
            os.dup2(null, stream)
        os.execvp(command[0], command)
    peak = [0, 1]
    watcher = threading.Thread(target=watch, args=(process, peak), daemon=True)
    if os.environ.get("BENCHMARK_MEMORY"):
        watcher.start()
    _process, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - start
    peak[1] = 0
    cost = {
        "code": os.waitstatus_to_exitcode(status),
        "wall": wall,
        "cpu": usage.ru_utime + usage.ru_stime,
        "memory": max(peak[0], usage.ru_maxrss * 1024),
    }
    Path(result).write_text(json.dumps(cost), encoding="ascii")


if __name__ == "__main__":
    main()
