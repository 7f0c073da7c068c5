"""Addresses of the deadlines, below those of the staff."""

from django.urls import path

from calendar_app.staff import converters as converters
from calendar_app.staff.compliance import board, certificates, duty

HALF_YEAR = "compliance/<half_year:half_year>/<body:body>/"

urlpatterns = [
    path("compliance/", board.board, name="compliance"),
    path("compliance/board.xlsx", board.board_xlsx, name="compliance_xlsx"),
    path("compliance/board.csv", board.board_csv, name="compliance_csv"),
    path("compliance/duties/<int:pk>/", duty.duty, name="duty"),
    path("compliance/certificates/<certificate:number>/", certificates.certificate, name="certificate"),
    path(
        "compliance/certificates/<certificate:number>/file.<paper_language:language>.<paper_ending:ending>",
        certificates.file,
        name="certificate_file",
    ),
    path(HALF_YEAR, duty.half_year, name="half_year"),
]
