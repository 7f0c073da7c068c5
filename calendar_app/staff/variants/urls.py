"""Addresses of scratch variants."""

from django.urls import path

from calendar_app.staff import converters as converters
from calendar_app.staff.calendars.urls import VERSION
from calendar_app.staff.plan_edits.urls import TABLE
from calendar_app.staff.variants import moving, screens

VARIANTS = f"{VERSION}variants/"

urlpatterns = [
    path(VARIANTS, screens.overview, name="variants"),
    path(f"{VARIANTS}move/", moving.move, name="variant_move"),
    path(f"{VARIANTS}<int:pk>/", screens.detail, name="variant"),
    path(f"{VARIANTS}<int:pk>/put-back/", screens.put_back, name="variant_put_back"),
    path(f"{VARIANTS}<int:pk>/drop/", screens.drop, name="variant_drop"),
    path(f"{TABLE}<int:pk>/keep/", screens.keep_table, name="plan_import_keep"),
]
