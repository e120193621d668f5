"""Holding a folder against others who would write there at the same time."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_NO_LOCKS = (errno.EBADF, errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP)
"""What network folders say of a lock on a folder: NFS takes locks only of what is open for writing."""


def lock_folder(folder: Path, on_wait: Callable[[], None] = lambda: None) -> int | None:
    """Hold the folder against others until the lock is closed; None where the system has no such locks.

    ``on_wait`` is called when somebody else holds it. Forked processes hold it too, so that it is free only when all
    have ended.
    """
    try:
        import fcntl
    except ImportError:  # Windows.
        return None
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            on_wait()
            fcntl.flock(handle, fcntl.LOCK_EX)
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            os.close(handle)
            raise
        # Better no lock than no work: every file is put in place as a whole.
    return handle


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the folder, after others who hold it."""
    message = f"waiting for another labpress that writes to {folder.as_posix()}/"
    lock = lock_folder(folder, lambda: print(message, file=sys.stderr, flush=True))
    try:
        yield
    finally:
        if lock is not None:
            os.close(lock)
