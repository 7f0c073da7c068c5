"""Addresses of the commission."""

from django.urls import path

from calendar_app.staff.commission import screens

urlpatterns = [
    path("commission/", screens.desk, name="commission"),
    path("commission/plan/<int:version>/", screens.plan, name="session_plan"),
    path("commission/<int:pk>/", screens.session, name="session"),
    path("commission/<int:pk>/materials/", screens.send_materials, name="session_materials"),
    path("commission/<int:pk>/open/", screens.open_, name="session_open"),
    path("commission/<int:pk>/vote/", screens.vote, name="session_vote"),
    path("commission/<int:pk>/close/", screens.close, name="session_close"),
]
