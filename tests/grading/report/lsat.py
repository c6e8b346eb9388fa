"""The five items of LSAT section 6 (Bock, R. D., & Lieberman, M. (1970). Psychometrika, 35(2), 179-197, table 1).

Answered by a thousand people; how many gave each pattern of right and wrong answers.
"""

from __future__ import annotations

import numpy as np

from grading.report.statistics import Numbers

PATTERNS = """
00000 3   00001 6   00010 2   00011 11  00100 1   00101 1   00110 3   00111 4
01000 1   01001 8   01010 0   01011 16  01100 0   01101 3   01110 2   01111 15
10000 10  10001 29  10010 14  10011 81  10100 3   10101 28  10110 15  10111 80
11000 16  11001 56  11010 21  11011 173 11100 11  11101 61  11110 28  11111 298
"""


def answers() -> Numbers:
    """A row of 1 and 0 for each of the thousand."""
    words = PATTERNS.split()
    pairs = zip(words[::2], words[1::2], strict=True)
    return np.array([[float(each) for each in pattern] for pattern, count in pairs for _ in range(int(count))])
