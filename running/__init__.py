"""Running the course on one machine: learning alone, and a demonstration class."""


class StepFailed(Exception):
    """An nbgrader step did not work; the message says which, and what nbgrader said."""
