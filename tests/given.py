"""What a test begins with, made through the doors."""


class Given:
    """One method for each thing that a test may need to exist in a clinic."""
