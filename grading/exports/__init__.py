"""What the gradebook is exported to: one file each, nbgrader export plugins all, listed here.

``nbgrader export --exporter=grading.exports.moodle.MoodleExporter --to grades.csv``, or ``make export AS=moodle``.
"""

from __future__ import annotations

from grading.exports.base import Exporter
from grading.exports.canvas import CanvasExporter
from grading.exports.certificates import CertificatesExporter
from grading.exports.evidence import EvidenceExporter
from grading.exports.moodle import MoodleExporter
from grading.exports.xapi import XapiExporter

__all__ = ["EXPORTERS"]

EXPORTERS: dict[str, type[Exporter]] = {
    exporter.NAME: exporter
    for exporter in (MoodleExporter, CanvasExporter, XapiExporter, CertificatesExporter, EvidenceExporter)
}
"""Every export, by the name that an instructor gives it."""
