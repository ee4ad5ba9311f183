"""Errors whose text may be shown to the user; the text is always one or more Dutch sentences."""


class DomainError(Exception):
    """A rule of the office or the law refuses what was asked."""


class NotAuthorised(DomainError):
    """The person may not do this, here or now."""


class TransitionNotAllowed(DomainError):
    """The workflow table has no such step from the present status."""
