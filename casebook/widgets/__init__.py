"""The widgets: thin panels between a page and the pure parts of the package."""
