"""Why something could not be done, in words for who asked for it."""


class Refused(Exception):
    """A command cannot be done: what, where, and what to do."""


class StepFailed(Refused):
    """An nbgrader step did not work; the message says which, and what nbgrader said."""
