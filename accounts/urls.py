"""Addresses of sign-in, second factor and one's own account, below a language."""

from django.urls import path

from accounts.views import account, second_factor, sign_in

app_name = "accounts"

urlpatterns = [
    path("login/", sign_in.sign_in, name="login"),
    path("logout/", sign_in.sign_out, name="logout"),
    path("account/", account.account, name="account"),
    path("account/language/", account.choose_language, name="language"),
    path("account/digest/", account.choose_digest, name="digest"),
    path("account/password/", account.password, name="password"),
    path("second-factor/", second_factor.overview, name="second_factor"),
    path("second-factor/set-up/", second_factor.set_up, name="second_factor_set_up"),
    path("second-factor/verify/", second_factor.verify, name="second_factor_verify"),
    path("second-factor/codes/", second_factor.renew_codes, name="recovery_codes"),
    path("second-factor/off/", second_factor.switch_off, name="second_factor_off"),
]
