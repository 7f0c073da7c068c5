"""Addresses of the staff pages: the home, then one list of addresses per noun."""

from django.urls import path

from calendar_app.staff import home, places
from calendar_app.staff.busy_periods import urls as busy_periods
from calendar_app.staff.calendar_versions import urls as calendar_versions
from calendar_app.staff.calendars import urls as calendars
from calendar_app.staff.commission import urls as commission
from calendar_app.staff.compliance import urls as compliance
from calendar_app.staff.coordination import urls as coordination
from calendar_app.staff.deadline_feed import urls as deadline_feed
from calendar_app.staff.entries import urls as entries
from calendar_app.staff.extensions import urls as extensions
from calendar_app.staff.halls import urls as halls
from calendar_app.staff.imports import urls as imports
from calendar_app.staff.plan_edits import urls as plan_edits
from calendar_app.staff.proposed_meetings import urls as proposed_meetings
from calendar_app.staff.topic_lists import urls as topic_lists
from calendar_app.staff.variants import urls as variants

app_name = "staff"

urlpatterns = [
    path("", home.home, name="home"),
    path("places/", places.places, name="places"),
    *entries.urlpatterns,
    *topic_lists.urlpatterns,
    *imports.urlpatterns,
    *proposed_meetings.urlpatterns,
    *halls.urlpatterns,
    *calendars.urlpatterns,
    *calendar_versions.urlpatterns,
    *plan_edits.urlpatterns,
    *variants.urlpatterns,
    *coordination.urlpatterns,
    *busy_periods.urlpatterns,
    *commission.urlpatterns,
    *extensions.urlpatterns,
    *compliance.urlpatterns,
    *deadline_feed.urlpatterns,
]
