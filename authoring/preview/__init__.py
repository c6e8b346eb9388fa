"""``make preview``: one item or scenario in the browser, anew whenever it is saved.

It is the author's: keys are shown. What is answered in it is kept in a folder that goes when the preview ends.
"""
