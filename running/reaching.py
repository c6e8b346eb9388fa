"""nbgrader's exchange for trainees: it need not be writable as a whole.

nbgrader wants everybody to be able to write into the exchange's own folder. A trainee only reads what is released and
writes into the course's inbound folder, which nbgrader checks by itself when something is handed in.
"""

from __future__ import annotations

from nbgrader.exchange import default
from nbgrader.utils import check_directory


class _Readable:
    """An exchange whose folder can be read, whoever owns it."""

    def ensure_root(self) -> None:
        """Fails where the exchange can't be read."""
        if not check_directory(self.root, read=True, execute=True):  # type: ignore[attr-defined]
            self.fail(f"The exchange can't be reached: {self.root}")  # type: ignore[attr-defined]


class List(_Readable, default.ExchangeList):
    """What is released, and what was handed in."""


class FetchAssignment(_Readable, default.ExchangeFetchAssignment):
    """Fetches a released check."""


class FetchFeedback(_Readable, default.ExchangeFetchFeedback):
    """Fetches feedback."""


class Submit(_Readable, default.ExchangeSubmit):
    """Hands a check in."""
