"""The kinds of item, by the name that authors write. A new kind is a new file and a line here."""

from __future__ import annotations

from casebook.kinds.base import Kind
from casebook.kinds.order import ORDER
from casebook.kinds.rate import RATE
from casebook.kinds.several import SEVERAL
from casebook.kinds.simulation import SIMULATION
from casebook.kinds.single import SINGLE
from casebook.kinds.sort import SORT
from casebook.kinds.written import WRITTEN

KINDS: dict[str, Kind] = {kind.name: kind for kind in (SINGLE, SEVERAL, SORT, ORDER, RATE, SIMULATION, WRITTEN)}
