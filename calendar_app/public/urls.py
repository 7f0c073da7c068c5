"""Addresses of the public pages, below a language."""

from django.urls import path, re_path

from calendar_app.public import calendar, certificates, feeds, home, meetings, results

app_name = "public"

NUMBER = r"(?P<number>[0-9]{4}-H[12]-[0-9]{3,6})"

urlpatterns = [
    path("", home.home, name="home"),
    path("certificates/", certificates.check, name="certificates"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/fields/", feeds.fields, name="calendar_fields"),
    path("calendar.ics", feeds.calendar_ics, name="calendar_ics"),
    path("calendar.json", feeds.calendar_json, name="calendar_json"),
    path("calendar.csv", feeds.calendar_csv, name="calendar_csv"),
    path("calendar.atom", feeds.calendar_atom, name="calendar_atom"),
    re_path(rf"^meetings/{NUMBER}/$", meetings.meeting, name="meeting"),
    re_path(rf"^meetings/{NUMBER}\.ics$", meetings.meeting_ics, name="meeting_ics"),
    path("results/", results.results, name="results"),
]
