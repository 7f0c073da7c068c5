"""All addresses: public pages and staff pages below a language, the admin and health checks outside."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from base import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", admin.site.urls),
    path("", include("calendar_app.public.root_urls")),
    *i18n_patterns(
        path("", include("calendar_app.public.urls")),
        path("", include("accounts.urls")),
        path("staff/", include("calendar_app.staff.urls")),
        path("staff/letters/", include("notices.staff.urls")),
    ),
]

handler400 = "base.error_pages.bad_request"
handler403 = "base.error_pages.forbidden"
handler404 = "base.error_pages.not_found"
handler500 = "base.error_pages.server_error"
