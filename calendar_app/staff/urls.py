"""Addresses of the staff pages."""

from django.urls import path, register_converter

from calendar_app.staff import board, documents, home, topic_list_acts, topic_list_changes, topic_lists
from calendar_app.staff.converters import AkimatCode, DocumentName, HalfYearCode

register_converter(HalfYearCode, "half_year")
register_converter(AkimatCode, "akimat")
register_converter(DocumentName, "document")

app_name = "staff"

LIST = "topic-lists/<half_year:half_year>/<akimat:akimat>/"

urlpatterns = [
    path("", home.home, name="home"),
    path("topic-lists/", board.board, name="board"),
    path("topic-lists/board.xlsx", board.board_xlsx, name="board_xlsx"),
    path("topic-lists/board.csv", board.board_csv, name="board_csv"),
    path("topic-lists/start/", topic_lists.start, name="topic_list_start"),
    path(LIST, topic_lists.detail, name="topic_list"),
    path(f"{LIST}edit/", topic_lists.edit, name="topic_list_edit"),
    path(f"{LIST}submit/", topic_list_acts.submit, name="topic_list_submit"),
    path(f"{LIST}recall/", topic_list_acts.recall, name="topic_list_recall"),
    path(f"{LIST}return/", topic_list_acts.return_, name="topic_list_return"),
    path(f"{LIST}accept/", topic_list_acts.accept, name="topic_list_accept"),
    path(f"{LIST}reopen/", topic_list_acts.reopen, name="topic_list_reopen"),
    path(f"{LIST}changes/", topic_list_changes.changes, name="topic_list_changes"),
    path(f"{LIST}receipts/<int:number>/", topic_lists.receipt, name="topic_list_receipt"),
    path(f"{LIST}receipts/<int:number>/snapshot.json", topic_lists.snapshot, name="topic_list_snapshot"),
    path(f"{LIST}documents/<document:document>", documents.of_list, name="topic_list_document"),
    path(
        f"{LIST}receipts/<int:number>/documents/<document:document>",
        documents.of_receipt,
        name="topic_list_receipt_document",
    ),
]
