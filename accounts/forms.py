"""The sign-in forms of allauth in the words and look of this product."""

from typing import Any

from allauth.account import forms as allauth
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.core.exceptions import ValidationError

from accounts.herstelcodes import spend


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


class _Code(_ZonderVoorbeeld):
    """A code: digits, never kept by the browser."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]  # type: ignore[attr-defined]  # mixed into a Form
        code.label, code.max_length = "Code", 20
        code.widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}


class _AppOfHerstelcode(_Code):
    def clean_code(self) -> str:
        """The code of the app, else one of the recovery codes; both count the attempts."""
        try:
            return super().clean_code()  # type: ignore[misc,no-any-return]  # mixed into a Form
        except ValidationError as error:
            form: Any = self  # mixed into a Form with a user
            code: str = form.cleaned_data["code"]
            if error.code != "incorrect_code" or not (row := spend(form.user, code)):
                raise
            self.authenticator = row
            return code


class CodeForm(_AppOfHerstelcode, mfa.AuthenticateForm):
    pass


class CodeBevestigForm(_AppOfHerstelcode, mfa.ReauthenticateForm):
    pass


class TotpForm(_Code, ActivateTOTPForm):
    pass


class BevestigForm(_ZonderVoorbeeld, allauth.ReauthenticateForm):
    pass


class ChangePasswordForm(_ZonderVoorbeeld, allauth.ChangePasswordForm):
    pass


class ResetPasswordForm(_ZonderVoorbeeld, allauth.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(_ZonderVoorbeeld, allauth.ResetPasswordKeyForm):
    pass
