"""The one kind of failure that is shown to the user as a plain message."""


class OfficeError(Exception):
    """Something went wrong that the user can act on.

    `what` says what happened, `todo` what to do about it.
    """

    def __init__(self, what, todo=""):
        super().__init__(what)
        self.what = what
        self.todo = todo

    def __str__(self):
        return f"{self.what}\n{self.todo}" if self.todo else self.what
