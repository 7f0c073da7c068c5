"""Addresses of lists that came by letter, below those of the topic lists."""

from django.urls import path

from calendar_app.staff.entries import screens
from calendar_app.staff.topic_lists.urls import LIST

urlpatterns = [
    path("topic-lists/by-letter/", screens.begin, name="entry_begin"),
    path(f"{LIST}entry/stop/", screens.stop, name="entry_stop"),
    path(f"{LIST}receipts/<int:number>/objection/", screens.object_, name="entry_object"),
    path(f"{LIST}receipts/<int:number>/objection/answer/", screens.answer, name="entry_answer"),
]
