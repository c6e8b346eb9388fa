"""The class report: what a class has not understood, who needs help with what, and which questions are bad.

``reading`` is the edge: gradebook, answers files, bank. ``data`` makes pandas frames of it; ``items``, ``mastery``,
``reliability`` and ``stories`` work with those, by the formulas in ``statistics``; ``sections`` says it in words,
tables and ``plots``; ``page`` makes one HTML file of them, and ``notebook`` shows the same in ``report.ipynb``.
"""
