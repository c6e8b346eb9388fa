"""What an instructor marks by in formgrader: a written answer beside its rubric, and the page round it.

``task.py`` makes the words of a task's cell in the graded notebook. ``page.html.j2``, ``page.css`` and ``page.js`` are
how formgrader shows them; ``nbgrader_config.py`` names them to it. Where it is shown without these (the notebook in
JupyterLab, formgrader at another course's root), the cell reads as plain HTML.
"""
