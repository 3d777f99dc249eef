"""How the system says no.

A refusal is an answer, not a crash: a kind that the edge translates, a code that programs match on,
and a sentence for a person. Anything else that is raised is a bug.
"""


class Refusal(Exception):
    """Raise a subclass; its docstring is the sentence shown, with {facts} filled in."""

    kind = "refused"

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        sentence = " ".join((self.__doc__ or "").split())
        super().__init__(sentence.format(**facts) if "{" in sentence else sentence)

    @property
    def code(self) -> str:
        return type(self).__name__


class Unauthenticated(Refusal):
    kind = "unauthenticated"


class PaymentRequired(Refusal):
    kind = "payment_required"


class Forbidden(Refusal):
    kind = "forbidden"


class Missing(Refusal):
    kind = "missing"


class Conflict(Refusal):
    kind = "conflict"


class Stale(Refusal):
    """Somebody changed this while you were editing."""

    kind = "stale"


class TooLarge(Refusal):
    kind = "too_large"


class UnsupportedType(Refusal):
    kind = "unsupported_type"


class Invalid(Refusal):
    """`errors`, if given, are (JSON pointer, code, sentence) for the fields that are wrong."""

    kind = "invalid"

    def __init__(self, *, errors: "tuple[FieldError, ...]" = (), **facts: object) -> None:
        self.errors = errors
        super().__init__(**facts)


class VersionRequired(Refusal):
    """Say which version you are changing: If-Match: "<version>"."""

    kind = "version_required"


class TooMany(Refusal):
    kind = "too_many"


class Busy(Refusal):
    """The server is busy; please try again in a moment."""

    kind = "busy"


class TooSlow(Refusal):
    """This took too long and was stopped; nothing was changed."""

    kind = "too_slow"


FieldError = tuple[str, str, str]


class Wrong(ValueError):
    """Raised where a schema checks one field: `code` stable for programs, the sentence for a person."""

    def __init__(self, code: str, sentence: str) -> None:
        self.code = code
        super().__init__(sentence)


class NotSignedIn(Unauthenticated):
    """Please sign in."""


class NoSuchThing(Missing):
    """There is nothing at this address."""


class NotAllowed(Forbidden):
    """Your role does not permit this."""


class SessionLocked(Unauthenticated):
    """The screen is locked; unlock it to go on."""


class StepUpNeeded(Forbidden):
    """Please confirm that it is you."""


class SecondFactorWanted(Forbidden):
    """This clinic asks for a second factor: add a passkey or an authenticator app to your account."""


class Suspended(Forbidden):
    """Your access to this clinic is suspended; whoever runs it can restore it."""


class Malformed(Invalid):
    """Some fields are not right."""


def malformed(pointer: str, code: str, sentence: str) -> Malformed:
    """One field is wrong: `pointer` as in RFC 6901, `code` stable for programs."""
    return Malformed(errors=((pointer, code, sentence),))
