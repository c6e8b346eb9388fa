"""nbgrader for this course: where things lie, and grading from the answers file.

Autograding rebuilds each graded notebook from ``course/source`` and the answers that were given;
nothing of a submitted notebook is opened or run (see ARCHITECTURE.md).
"""

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
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback"]

c.Exchange.root = str(root / "exchange")

c.Autograde.exporter_class = "grading.exporter.AnswersExporter"
c.Autograde.sanitize_preprocessors = []
c.Autograde.autograde_preprocessors = [
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
]

c.GenerateFeedback.exporter_class = "grading.feedback.FeedbackExporter"
c.GenerateFeedback.preprocessors = ["nbgrader.preprocessors.GetGrades"]

# formgrader shows what an item's output says in words, not its bare number.
c.DataTypeFilter.display_data_priority = ["text/html", "text/markdown", "image/png", "text/plain"]
