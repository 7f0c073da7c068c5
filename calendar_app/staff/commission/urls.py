"""Addresses of the commission."""

from django.urls import path, re_path

from base.sealed_links import MARK, SHAPE
from calendar_app.staff import converters as converters
from calendar_app.staff.commission import acts, documents, reading, screens

SESSION = "commission/<int:pk>/"
READING = rf"^commission/{MARK}/(?P<token>{SHAPE})/"

urlpatterns = [
    path("commission/", screens.desk, name="commission"),
    path("commission/plan/<int:version>/", acts.plan, name="session_plan"),
    re_path(rf"{READING}$", reading.reading, name="reading"),
    re_path(rf"{READING}packet\.(?P<language>kk|ru)\.pdf$", reading.packet, name="reading_packet"),
    path(SESSION, screens.session, name="session"),
    path(f"{SESSION}materials/", acts.send_materials, name="session_materials"),
    path(f"{SESSION}link/", acts.send_link_again, name="session_link"),
    path(f"{SESSION}open/", acts.open_, name="session_open"),
    path(f"{SESSION}vote/", acts.vote, name="session_vote"),
    path(f"{SESSION}sheet/", acts.enter_vote, name="session_sheet"),
    path(f"{SESSION}close/", acts.close, name="session_close"),
    path(f"{SESSION}cancel/", acts.cancel, name="session_cancel"),
    path(f"{SESSION}act/", acts.record_act, name="session_act"),
    path(f"{SESSION}<session_paper:paper>", documents.of_session, name="session_document"),
]
