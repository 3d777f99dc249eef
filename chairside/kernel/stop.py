"""Why a command ends before its work."""


class Stop(Exception):
    """What is in the way and what to do about it, in one sentence for the person who gave the command."""
