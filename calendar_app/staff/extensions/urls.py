"""Addresses of extensions."""

from django.urls import path

from calendar_app.staff.extensions import screens

urlpatterns = [
    path("extensions/", screens.listing, name="extensions"),
    path("extensions/<int:pk>/", screens.extend, name="duty_extend"),
]
