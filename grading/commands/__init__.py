"""What an instructor runs: ``python -m grading <command>``, one file each. ``__main__`` lists them.

A command's module has ``NAME``, ``HELP``, ``arguments(parser)`` and ``run(arguments)``, which gives the exit code.
"""
