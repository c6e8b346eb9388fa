"""The authors' side: content checked, and turned into notebooks."""
