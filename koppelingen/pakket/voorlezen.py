"""Read ahead: the next batch is parsed in a thread while the database works on this one."""

import queue
import threading
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
_EINDE = object()


def read_ahead(items: Iterable[T], *, ahead: int = 1) -> Iterator[T]:
    """The same items in the same order; an error comes where it would have come."""
    line: queue.Queue[object] = queue.Queue(maxsize=ahead)
    stop = threading.Event()

    def put(item: object) -> bool:
        while not stop.is_set():
            try:
                line.put(item, timeout=0.2)
            except queue.Full:
                continue
            return True
        return False

    def produce() -> None:
        try:
            for item in items:
                if not put(item):
                    return
        except BaseException as error:  # handed to the reader, who raises it
            put(error)
        else:
            put(_EINDE)

    thread = threading.Thread(target=produce, name="pakket-voorlezen", daemon=True)
    thread.start()
    try:
        while (item := line.get()) is not _EINDE:
            if isinstance(item, BaseException):
                raise item
            yield item  # type: ignore[misc]  # only items and errors are put in
    finally:
        stop.set()
        thread.join()
