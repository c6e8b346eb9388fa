"""``make bench``: what a trainee waits for, side by side with the same items made of core ipywidgets controls."""


class BenchFailed(Exception):
    """The benchmark could not be run; the message says what happened and what to do."""
