"""Addresses of the versions of a calendar."""

from django.urls import path

from calendar_app.staff import converters as converters
from calendar_app.staff.calendar_versions import screens

CALENDAR = "calendars/<half_year:half_year>/"

urlpatterns = [
    path(CALENDAR, screens.history, name="calendar"),
    path(f"{CALENDAR}changes/", screens.changes, name="calendar_changes"),
    path(f"{CALENDAR}<int:number>/one-page/", screens.one_page, name="calendar_one_page"),
]
