"""Users and memberships in the admin, and what the admin must not show."""

from django.contrib import admin
from django.contrib.auth.models import Group
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.admin import memberships, users

__all__ = ["memberships", "users"]

# Pages of other packages: the secrets of second factors, and groups, which give no right here.
for model in (TOTPDevice, StaticDevice, Group):
    admin.site.unregister(model)
