"""Forms of sign-in, password and second factor. Errors stand beside the field they belong to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.contrib.auth.forms import (
    AuthenticationForm,
    PasswordChangeForm,
    SetPasswordForm,
    SetPasswordMixin,
    UsernameField,
)
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from accounts.labels import Language
from accounts.models import User

LONGEST_NAME = 60
# Longer ones are refused before hashing.
LONGEST_PASSWORD = 200


class SignInForm(AuthenticationForm):
    """User name and password; one and the same error for a wrong name, a wrong password, a closed account."""

    username = UsernameField(
        label=_("User name"), max_length=LONGEST_NAME, widget=forms.TextInput(attrs={"autofocus": True})
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    error_messages = {
        "invalid_login": _("The user name or the password is not right."),
        "inactive": _("The user name or the password is not right."),
    }

    def clean_username(self) -> str:
        """User names are in small letters; a phone likes to begin with a capital one."""
        return str(self.cleaned_data["username"]).strip().lower()

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()
        except forms.ValidationError as error:
            self.add_error("password", error)
            return self.cleaned_data


class NewPasswordForm(PasswordChangeForm):
    """The present password and twice a new one; saving is the act's business."""

    field_order = ["old_password", "new_password1", "new_password2"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = _("Current password")
        self.fields["new_password1"].label = _("New password")
        self.fields["new_password2"].label = _("New password once more")
        self.fields["new_password1"].help_text = password_validation.password_validators_help_text_html()
        for field in self.fields.values():
            field.validators.append(MaxLengthValidator(LONGEST_PASSWORD))

    def clean_new_password1(self) -> str:
        """The new password must differ from the present one."""
        new = self.cleaned_data["new_password1"]
        if new and self.user.check_password(new):
            raise forms.ValidationError(_("Please choose a password other than the current one."))
        return str(new)


class CodeForm(forms.Form):
    """A code from the app, or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Six digits from your authenticator app, or one of your recovery codes."),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "none",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
    )

    # Set when guessing is slowed down, for the status of the answer.
    slowed_down = False

    def clean_code(self) -> str:
        """Spaces inside a code do not matter."""
        return "".join(str(self.cleaned_data["code"]).split())


class AppCodeForm(CodeForm):
    """The six digits that show that the app has taken the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = _("Six digits that the app shows now.")
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class LanguageForm(forms.Form):
    """The language of letters, and of pages that have none in their address."""

    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)


class TemporaryPasswordForm(SetPasswordForm):
    """A password given by an administrator."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = _("Temporary password")
        self.fields["new_password2"].label = _("Temporary password once more")
        for field in self.fields.values():
            field.validators.append(MaxLengthValidator(LONGEST_PASSWORD))


class NewUserForm(SetPasswordMixin, forms.ModelForm):
    """A new account with a temporary password."""

    password1, password2 = SetPasswordMixin.create_password_fields(
        label1=_("Temporary password"), label2=_("Temporary password once more")
    )

    class Meta:
        model = User
        fields = ["username", "full_name", "email", "language"]

    def clean(self) -> dict[str, Any]:
        self.validate_passwords()
        return super().clean() or self.cleaned_data

    def _post_clean(self) -> None:
        """Compare the password with the names of the person, which the instance has only now."""
        super()._post_clean()  # type: ignore[misc]
        self.validate_password_for_user(self.instance, "password2")

    def save(self, commit: bool = True) -> User:
        self.instance.set_password(self.cleaned_data["password1"])
        self.instance.must_change_password = True
        return super().save(commit)


class DigestForm(forms.Form):
    """How reminders come: one by one, or once a day."""

    daily_digest = forms.BooleanField(
        label=_("One letter a day instead of single reminders"),
        help_text=_(
            "The last reminder before a term and letters about a term that has passed always come by themselves."
        ),
        required=False,
    )
