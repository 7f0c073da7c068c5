"""Addresses of busy periods."""

from django.urls import path

from calendar_app.staff.busy_periods import screens

urlpatterns = [
    path("busy-periods/", screens.periods, name="busy_periods"),
    path("busy-periods/<int:pk>/remove/", screens.remove, name="busy_period_remove"),
]
