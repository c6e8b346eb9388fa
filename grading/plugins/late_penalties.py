"""nbgrader's own feedback pages and export, with what lateness costs of the points as they are now."""

from __future__ import annotations

from functools import cached_property

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.plugins import CsvExportPlugin
from nbgrader.preprocessors import NbGraderPreprocessor

from grading.lateness import Policy, settle_in


class SettlePenalty(NbGraderPreprocessor):
    """For ``c.GenerateFeedback.preprocessors``, before nbgrader's ``GetGrades``, which reads the penalty."""

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        """The same notebook; only the gradebook changes."""
        given = resources["nbgrader"]
        settle_in(given["db_url"], self._policy, given["assignment"], [given["student"]])
        return nb, resources

    @cached_property
    def _policy(self) -> Policy:
        return Policy(self.config)


class CsvExporter(CsvExportPlugin):
    """nbgrader's own export, after which every penalty is of the current points; for ``c.ExportApp.plugin_class``."""

    def export(self, gradebook: Gradebook) -> None:
        """Writes nbgrader's file."""
        settle_in(gradebook.engine.url.render_as_string(hide_password=False), Policy(self.config))
        super().export(gradebook)
