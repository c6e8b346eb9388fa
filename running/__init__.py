"""Running the course on one machine: learning alone, and a demonstration class."""
