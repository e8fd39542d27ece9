"""The root of our exceptions: statements of fact that stop an action and can be shown to a person."""


class Refusal(Exception):
    """An action cannot be done; the message is one Russian sentence saying what, where and what to do."""
