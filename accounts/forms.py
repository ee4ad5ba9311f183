"""The sign-in forms of allauth in the words and look of this product."""

from typing import Any

from allauth.account import forms as allauth


class _ZonderVoorbeeld:
    """Labels stand above the fields, so a placeholder only repeats them in pale letters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # type: ignore[attr-defined]  # mixed into a Form
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs["data-geen-concept"] = ""


class LoginForm(_ZonderVoorbeeld, allauth.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""  # the link stands below the form
        self.fields.pop("remember", None)


class ChangePasswordForm(_ZonderVoorbeeld, allauth.ChangePasswordForm):
    pass


class ResetPasswordForm(_ZonderVoorbeeld, allauth.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(_ZonderVoorbeeld, allauth.ResetPasswordKeyForm):
    pass
