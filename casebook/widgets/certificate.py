"""The panel of the certificate: what is still to be met, and, where all is, making it."""

from __future__ import annotations

from typing import Any

from casebook import alone, content, results, view
from casebook.desk import Desk, NotSaved
from casebook.kinds.base import NotAnAnswer
from casebook.view import View
from casebook.widgets.overview import refreshed
from casebook.widgets.panel import AnsweringPanel

LONGEST_NAME = 80
PDF = "certificate.pdf"
_MODULE = "certificate"


class CertificatePanel(AnsweringPanel):
    """Makes a certificate where every check and the final are met."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "start", "certificate")

    def current(self) -> View:
        """As the results have it."""
        folder = self.desk.folder
        outlines = content.outlines(folder)
        best = [results.best(results.read((folder / outline.check).parent)) for outline in outlines]
        last = self.desk.last(_MODULE, "name")
        name = last.given.get("name") if last else ""
        made = PDF if (folder / PDF).is_file() else ""
        return view.certificate(outlines, best, name if isinstance(name, str) else "", made, alone.is_offered())

    def handle(self, event: dict[str, Any]) -> dict[str, Any]:
        """``{"type": "make", "name": …}`` makes it, ``{"type": "refresh"}`` does nothing; the view as it is then."""
        if event.get("type") == "make":
            self._make(event.get("name"))
            event = {"type": "refresh"}
        return refreshed(self, event)

    def _make(self, name: object) -> None:
        words = " ".join(name.split()) if isinstance(name, str) else ""
        if not words:
            raise NotAnAnswer("Type your name first.")
        if len(words) > LONGEST_NAME or not words.isprintable():
            raise NotAnAnswer(f"Use a name of {LONGEST_NAME} letters or fewer.")
        self.desk.keep(_MODULE, "name", {"name": words})
        try:
            alone.certify(self.desk.folder, words)
        except alone.NotGraded as error:
            raise NotSaved(str(error)) from error
