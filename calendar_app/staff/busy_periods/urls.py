"""Addresses of busy periods."""

from django.urls import path

from calendar_app.staff.busy_periods import files, screens

urlpatterns = [
    path("busy-periods/", screens.periods, name="busy_periods"),
    path("busy-periods/template.xlsx", files.template, name="busy_template"),
    path("busy-periods/files/<int:pk>/", files.detail, name="busy_import"),
    path("busy-periods/files/<int:pk>/progress/", files.progress, name="busy_import_progress"),
    path("busy-periods/files/<int:pk>/drop/", files.drop, name="busy_import_drop"),
    path("busy-periods/<int:pk>/remove/", screens.remove, name="busy_period_remove"),
]
