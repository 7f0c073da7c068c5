"""The address without a language."""

from django.urls import path

from calendar_app.public import home

urlpatterns = [path("", home.choose_language, name="root")]
