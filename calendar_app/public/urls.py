"""Addresses of the public pages, below a language."""

from django.urls import path, re_path

from calendar_app.public import calendar, certificates, home

app_name = "public"

NUMBER = r"(?P<number>[0-9]{4}-H[12]-[0-9]{3,6})"

urlpatterns = [
    path("", home.home, name="home"),
    path("certificates/", certificates.check, name="certificates"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar.ics", calendar.calendar_ics, name="calendar_ics"),
    path("calendar.json", calendar.calendar_json, name="calendar_json"),
    path("calendar.csv", calendar.calendar_csv, name="calendar_csv"),
    re_path(rf"^meetings/{NUMBER}/$", calendar.meeting, name="meeting"),
    re_path(rf"^meetings/{NUMBER}\.ics$", calendar.meeting_ics, name="meeting_ics"),
]
