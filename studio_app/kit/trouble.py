"""What the person at the keyboard is told when a command cannot go on."""


class Trouble(Exception):
    """One sentence that says what is wrong and what to do about it."""
