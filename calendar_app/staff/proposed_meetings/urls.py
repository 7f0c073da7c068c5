"""Addresses of the proposed meetings of a list, below those of writing it."""

from django.urls import path

from calendar_app.staff.proposed_meetings import screens
from calendar_app.staff.topic_lists import texts
from calendar_app.staff.topic_lists.urls import LIST

EDIT = f"{LIST}edit/meetings/"

urlpatterns = [
    path(f"{EDIT}new/", screens.new, name="proposed_meeting_new"),
    path(f"{EDIT}none/", texts.no_meetings, name="proposed_meetings_none"),
    path(f"{EDIT}fit/", screens.fit, name="proposed_meeting_fit"),
    path(f"{EDIT}<int:key>/", screens.edit, name="proposed_meeting"),
    path(f"{EDIT}<int:key>/remove/", screens.remove, name="proposed_meeting_remove"),
    path(f"{EDIT}<int:key>/move/", screens.move, name="proposed_meeting_move"),
]
