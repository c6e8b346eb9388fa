"""What goes over a kernel's websocket: bytes, comms opened, and when the kernel has nothing more to do.

A frame is Jupyter's binary form (``v1.kernel.websocket.jupyter.org``): the number of offsets, the offsets, then
channel, header, parent header, metadata, content and buffers; or else one JSON text. Bytes are those of the frame's
payload, as the browser has it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, TypeAlias

Frame: TypeAlias = bytes | str

_HEADER, _CONTENT = 1, 4


@dataclass
class Tally:
    """What has been counted since it was made."""

    bytes: int = 0
    comms: int = 0

    def add(self, frame: Frame) -> None:
        """Counts one frame, whichever way it went."""
        self.bytes += len(frame.encode() if isinstance(frame, str) else frame)
        self.comms += message_type(frame) == "comm_open"


def message_type(frame: Frame) -> str:
    """The type that the message's own header (not its parent's) gives."""
    header = json.loads(frame)["header"] if isinstance(frame, str) else json.loads(_part(frame, _HEADER))
    return str(header["msg_type"])


def says_idle(frame: Frame) -> bool:
    """Whether the kernel says that it has done what it was asked."""
    if message_type(frame) != "status":
        return False
    content: dict[str, Any]
    content = json.loads(frame)["content"] if isinstance(frame, str) else json.loads(_part(frame, _CONTENT))
    return bool(content["execution_state"] == "idle")


def _part(frame: bytes, number: int) -> bytes:
    return frame[_number(frame, number + 1) : _number(frame, number + 2)]


def _number(frame: bytes, place: int) -> int:
    """One of the eight-byte numbers that a frame begins with; the first is how many offsets follow."""
    return int.from_bytes(frame[8 * place : 8 * place + 8], "little")
