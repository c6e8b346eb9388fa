"""What is read of the frames of a kernel's websocket."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bench.wire import Frame, Tally, message_type, says_idle


def as_bytes(kind: str, content: dict[str, Any]) -> bytes:
    """A message in Jupyter's binary form; its parent is of another type."""
    texts = ({"msg_type": kind}, {"msg_type": "execute_request"}, {}, content)
    parts = [b"iopub", *(json.dumps(text).encode() for text in texts), b"a buffer"]
    offsets = [8 * (len(parts) + 2)]
    for part in parts:
        offsets.append(offsets[-1] + len(part))
    numbers = [len(offsets), *offsets]
    return b"".join([*(number.to_bytes(8, "little") for number in numbers), *parts])


def as_text(kind: str, content: dict[str, Any]) -> str:
    parent = {"msg_type": "execute_request"}
    return json.dumps({"header": {"msg_type": kind}, "parent_header": parent, "content": content})


each_form = pytest.mark.parametrize("frame", [as_bytes, as_text])


@each_form
def test_a_message_is_of_its_own_type_not_its_parents(frame: Any):
    assert message_type(frame("comm_open", {"data": "é"})) == "comm_open"


@each_form
def test_a_kernel_is_idle_when_it_says_so(frame: Any):
    assert says_idle(frame("status", {"execution_state": "idle"}))
    assert not says_idle(frame("status", {"execution_state": "busy"}))
    assert not says_idle(frame("stream", {"execution_state": "idle"}))


def test_bytes_and_comms_are_counted():
    tally = Tally()
    frames: list[Frame] = [as_bytes("comm_open", {}), as_bytes("comm_msg", {}), as_text("comm_open", {"words": "é"})]
    for frame in frames:
        tally.add(frame)
    assert tally.comms == 2
    assert tally.bytes == sum(len(frame.encode() if isinstance(frame, str) else frame) for frame in frames)
