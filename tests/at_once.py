"""Several things at the same time, each with a database connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.db import connection


def at_once(*works: Callable[[], object]) -> None:
    """Run them in threads that begin together, and raise the first fault of any."""
    together, faults = threading.Barrier(len(works)), []

    def run(work: Callable[[], object]) -> None:
        try:
            together.wait()
            work()
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
