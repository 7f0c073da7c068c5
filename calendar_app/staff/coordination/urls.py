"""Addresses of coordination."""

from django.urls import path

from calendar_app.staff import converters as converters
from calendar_app.staff.coordination import screens

urlpatterns = [
    path("coordination/", screens.desk, name="coordination"),
    path("coordination/<int:version>/<ministry:body>/", screens.agree_to_all, name="coordination_agree"),
    path("coordination/<int:pk>/", screens.answer, name="coordination_answer"),
]
