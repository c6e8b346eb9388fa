"""nbgrader for this course: where things lie, and grading from the answers file.

Autograding rebuilds each graded notebook from ``course/source`` and the answers that were given;
nothing of a submitted notebook is opened or run (see ARCHITECTURE.md).
"""

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
c.ExchangeSubmit.strict = True  # nbgrader never grades a submission without its notebook: say so at once

# Whoever tries a check in course/source leaves an answers file there. nbgrader copies every file of that
# folder into the release and over each submission; answers must go neither way.
answers = "answers.jsonl"


def release_no_answers(assignment: str, **_: object) -> None:
    """Takes an answers file out of the release version that was just made."""
    (root / "course/release" / assignment / answers).unlink(missing_ok=True)


c.GenerateAssignment.post_convert_hook = release_no_answers
c.Autograde.exclude_overwriting = {folder.name: [answers] for folder in (root / "course/source").glob("*/")}

# What is no plain file (links, pipes, devices, whatever is too large) is set aside before nbgrader copies it.
c.Autograde.pre_convert_hook = "grading.set_aside.before_autograding"
c.ZipCollectApp.extractor_plugin = "grading.collecting.CarefulExtractor"
c.FileNameCollectorPlugin.valid_ext = [".ipynb", ".jsonl", ".txt"]

c.Autograde.exporter_class = "grading.plugins.autograding.AnswersExporter"
c.Autograde.sanitize_preprocessors = []
c.Autograde.autograde_preprocessors = [
    "grading.plugins.autograding.SaveMarks",
    "nbgrader.preprocessors.AssignLatePenalties",
]

c.GenerateFeedback.exporter_class = "grading.plugins.feedback_pages.FeedbackExporter"
c.GenerateFeedback.preprocessors = ["nbgrader.preprocessors.GetGrades", "grading.plugins.feedback_pages.StillToMark"]

# What follows is looked up as soon as nbgrader starts. A trainee's copy of the course has no grading/ to look it up in.
if (root / "grading").is_dir():
    c.ExchangeFactory.collect = "grading.collecting.CarefulCollect"
    # formgrader shows each answer as one marks it: its page is ours, on top of nbgrader's.
    c.HTMLExporter.extra_template_paths = list(find_spec("grading.marking").submodule_search_locations)
    c.HTMLExporter.template_file = "page.html.j2"
