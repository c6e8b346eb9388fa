"""``make import-notebook``: words that were edited in a copy of a generated notebook, brought back into their text."""
