"""What nbgrader loads by name: ``nbgrader_config.py`` names each class."""
