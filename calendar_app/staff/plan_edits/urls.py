"""Addresses of tables of the plan."""

from django.urls import path

from calendar_app.staff import converters as converters
from calendar_app.staff.calendars.urls import VERSION
from calendar_app.staff.plan_edits import screens

TABLE = f"{VERSION}table/"

urlpatterns = [
    path(TABLE, screens.hub, name="plan_imports"),
    path(f"{TABLE}plan.xlsx", screens.download, name="plan_workbook"),
    path(f"{TABLE}<int:pk>/", screens.detail, name="plan_import"),
    path(f"{TABLE}<int:pk>/progress/", screens.progress, name="plan_import_progress"),
    path(f"{TABLE}<int:pk>/drop/", screens.drop, name="plan_import_drop"),
]
