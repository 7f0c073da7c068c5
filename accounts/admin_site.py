"""Settings name this config for Django's admin; the site itself is in accounts.admin_portal."""

from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    default_site = "accounts.admin_portal.PortalAdminSite"
