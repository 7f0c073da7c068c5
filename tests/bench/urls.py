"""The portal's addresses, and below /bench/ the bare views that they are compared with."""

from django.urls import path

from meetings_portal import urls as portal
from meetings_portal.urls import handler400, handler403, handler404, handler500
from tests.bench import calendars, floors

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("bench/row/", floors.one_row),
    path("bench/list/<int:count>/", floors.rows),
    path("bench/insert/<int:user>/", floors.insert),
    path("bench/signed-in/", floors.signed_in_page),
    path("bench/frame/", floors.frame),
    path("bench/ics/<str:half_year>/", calendars.by_hand),
    *portal.urlpatterns,
]
