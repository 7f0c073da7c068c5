"""Addresses of the public pages, below a language."""

from django.urls import path

from calendar_app.public import home

app_name = "public"

urlpatterns = [
    path("", home.home, name="home"),
]
