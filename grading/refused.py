"""Why something could not be done, in words for who asked for it."""


class Refused(Exception):
    """A command cannot be done: what, where, and what to do."""


class StepFailed(Refused):
    """An nbgrader step did not work; the message says which, and what nbgrader said."""


class CheckRefused(Refused):
    """One check cannot be graded, or its pages cannot be made; the others can."""
