"""Connections to nbgrader's gradebook that leave nothing open behind them.

An engine of SQLAlchemy keeps its connection after use until it is garbage-collected, and a PostgreSQL server allows a
hundred in all. So whoever reads or writes the gradebook's tables does it in here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import NullPool


@contextmanager
def connected(db_url: str) -> Iterator[Connection]:
    """A connection for one transaction, which is kept when all went well. It is closed either way."""
    with create_engine(db_url, poolclass=NullPool).begin() as connection:
        yield connection
