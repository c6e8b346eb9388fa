"""The refresher: asks about each teaching point shortly before it would be forgotten.

What is scheduled are teaching points, not questions. Everything here but what it stands on is pure: answers, the time
and the time zone come in; there is no clock, no chance and no file. Only this package imports py-fsrs.
"""
