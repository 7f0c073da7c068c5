"""Addresses of the letters' pages."""

from django.urls import path

from notices.staff import letters

app_name = "notices"

urlpatterns = [
    path("", letters.listing, name="letters"),
    path("<int:pk>/", letters.detail, name="letter"),
    path("<int:pk>/again/", letters.queue_again, name="letter_again"),
]
