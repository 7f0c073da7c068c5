"""Addresses of the letters' pages."""

from django.urls import path

from notices.staff import letters, notices

app_name = "notices"

urlpatterns = [
    path("", letters.listing, name="letters"),
    path("<int:pk>/", letters.detail, name="letter"),
    path("<int:pk>/again/", letters.queue_again, name="letter_again"),
    path("<int:pk>/papers/<int:number>/", letters.paper, name="letter_paper"),
    path("mine/", notices.listing, name="mine"),
    path("mine/<int:pk>/open/", notices.open_, name="open"),
    path("mine/read/", notices.read_all, name="read_all"),
]
