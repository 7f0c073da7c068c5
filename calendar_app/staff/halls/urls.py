"""Addresses of the halls, below those of the staff."""

from django.urls import path

from calendar_app.staff import converters as converters
from calendar_app.staff.halls import screens

urlpatterns = [
    path("halls/", screens.halls, name="halls"),
    path("halls/<akimat:akimat>/new/", screens.new, name="hall_new"),
    path("halls/<int:key>/", screens.edit, name="hall"),
    path("halls/<int:key>/close/", screens.close, name="hall_close"),
]
