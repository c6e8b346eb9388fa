"""What a page shows, as data: made from items and stories, drawn by the browser or as static HTML.

Views hold only what the trainee may see now. Prose is already in blocks (:mod:`casebook.prose`).
"""

from casebook.view.base import View, point_views
from casebook.view.items import changed, item, remarks
from casebook.view.pages import aids, another_attempt, certificate, handing_in, modules, opening, self_grading
from casebook.view.partners import partners
from casebook.view.stories import CHANGED, simulation, story

__all__ = [
    "CHANGED",
    "View",
    "aids",
    "another_attempt",
    "certificate",
    "changed",
    "handing_in",
    "item",
    "modules",
    "opening",
    "partners",
    "point_views",
    "remarks",
    "self_grading",
    "simulation",
    "story",
]
