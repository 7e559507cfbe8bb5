"""The one base of everything that Kluwen refuses, and says why."""

from corpus.messages import say


class KluwenError(Exception):
    """Something a person can understand and act on.

    ``key`` names a sentence in ``corpus/messages`` (what was wrong, where, what to do); ``str(error)`` is that
    sentence in the language in use, without a traceback. ``values`` fill its placeholders.
    """

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def __str__(self) -> str:
        return say(self.key, **self.values)
