"""Addresses of the calendar of deadlines. A program asks for it without a session: the token is the key."""

from django.urls import path

from calendar_app.staff.deadline_feed import screens

urlpatterns = [
    path("deadline-feed/", screens.address, name="feed_address"),
    path("deadline-feed/revoke/", screens.revoke, name="feed_revoke"),
    path("deadline-feed/<slug:token>.ics", screens.feed, name="deadline_feed"),
]
