"""nbgrader for this course: where things lie, and grading from the answers file.

Autograding rebuilds each graded notebook from ``course/source`` and the answers that were given;
nothing of a submitted notebook is opened or run (see ARCHITECTURE.md).
"""

from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

c = get_config()

root = Path(__file__).resolve().parent

c.CourseDirectory.root = str(root)
c.CourseDirectory.course_id = "victim-services"
c.CourseDirectory.source_directory = "course/source"
c.CourseDirectory.release_directory = "course/release"
c.CourseDirectory.submitted_directory = "grading/submitted"
c.CourseDirectory.autograded_directory = "grading/autograded"
c.CourseDirectory.feedback_directory = "grading/feedback"
c.CourseDirectory.db_url = f"sqlite:///{root / 'grading' / 'gradebook.db'}"
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback", "self-graded"]

c.Exchange.root = str(root / "exchange")
c.ExchangeCollect.update = True  # who hands in again is collected again
c.ExchangeSubmit.strict = True  # nbgrader returns a page by its notebook's name: say at once if that's missing

# Whoever tries a check in course/source leaves an answers file there. nbgrader copies every file of that
# folder into the release and over each submission; answers must go neither way.
answers = "answers.jsonl"


def release_no_answers(assignment: str, **_: object) -> None:
    """Takes an answers file out of the release version that was just made."""
    (root / "course/release" / assignment / answers).unlink(missing_ok=True)


c.GenerateAssignment.post_convert_hook = release_no_answers
c.Autograde.exclude_overwriting = {folder.name: [answers] for folder in (root / "course/source").glob("*/")}

# What is no plain file (links, pipes, devices, whatever is too large) is set aside before nbgrader copies it. Only what
# a trainee's own login put into the exchange is collected: see "Whose submission it is" in course/guide/grading.md.
c.Autograde.pre_convert_hook = "grading.set_aside.before_autograding"
c.ZipCollectApp.extractor_plugin = "grading.plugins.archives.CarefulExtractor"
c.ZipCollectApp.collector_plugin = "grading.plugins.archives.CarefulCollector"
c.FileNameCollectorPlugin.valid_ext = [".ipynb", ".jsonl", ".txt"]

c.Autograde.exporter_class = "grading.plugins.autograding.AnswersExporter"
c.Autograde.sanitize_preprocessors = []
c.Autograde.autograde_preprocessors = [
    "grading.plugins.autograding.SaveMarks",
    "nbgrader.preprocessors.AssignLatePenalties",
]

c.GenerateFeedback.exporter_class = "grading.plugins.feedback_pages.FeedbackExporter"
c.GenerateFeedback.preprocessors = [
    "grading.plugins.late_penalties.SettlePenalty",  # what lateness costs is of the points as they are now
    "nbgrader.preprocessors.GetGrades",
    "grading.plugins.feedback_pages.StillToMark",
]
c.ExportApp.plugin_class = "grading.plugins.late_penalties.CsvExporter"

# What follows is looked up as soon as nbgrader starts. A trainee's copy of the course has no grading/ to look it up in.
if (root / "grading").is_dir():
    # The keys, and git's copies of them, are for no other login on this machine. Every command reads this file, so they
    # are closed before the first check is released.
    for keys in (root / "grading/bank", root / ".git"):
        with suppress(OSError):  # not there, or another instructor's
            keys.chmod(keys.stat().st_mode & 0o7770)
    c.ExchangeFactory.collect = "grading.plugins.collecting.CarefulCollect"
    # What didn't come through the exchange can't go back through it: the rest is returned all the same.
    c.ExchangeFactory.release_feedback = "grading.plugins.returning.CarefulReleaseFeedback"
    # formgrader shows each answer as one marks it: its page is ours, on top of nbgrader's.
    c.HTMLExporter.extra_template_paths = list(find_spec("grading.marking").submodule_search_locations)
    c.HTMLExporter.template_file = "page.html.j2"
