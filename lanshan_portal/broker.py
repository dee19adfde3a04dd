"""The embedded broker: messages as files in a folder, each of them there whole or not at all.

kombu's own makes a file first and fills it afterwards. A worker that looks in between reads nothing, takes that for an error
it cannot recover from, and ends; with a schedule that speaks several times a minute that happens within hours.
"""

from __future__ import annotations

import uuid
from pathlib import Path
from time import monotonic_ns
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """kombu's, but for the way a message comes into the folder."""

    def _put(self, queue: Any, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]
        """Write the message under a name nobody looks for, and give it its own when it is complete; names sort by time."""
        folder = Path(self.data_folder_out)
        part = folder / f".{uuid.uuid4()}.part"
        try:
            part.write_text(dumps(payload), encoding="utf-8")
            part.replace(folder / f"{monotonic_ns():020}_{uuid.uuid4()}.{queue}.msg")
        except OSError as problem:
            part.unlink(missing_ok=True)
            raise ChannelError(f"Cannot put a message into {folder}") from problem


class Transport(filesystem.Transport):
    """The transport of `filesystem://` addresses once `take_over` was called."""

    Channel = Channel


def take_over() -> None:
    """Let `filesystem://` mean this broker in every process that imports the project."""
    TRANSPORT_ALIASES["filesystem"] = f"{__name__}:{Transport.__name__}"
