"""Addresses of the topic lists, below those of the staff."""

from django.urls import path

from calendar_app.staff import converters as converters
from calendar_app.staff.topic_lists import (
    acts,
    board,
    changes,
    documents,
    keeping,
    overview,
    screens,
    texts,
    topics,
)

LIST = "topic-lists/<half_year:half_year>/<akimat:akimat>/"

urlpatterns = [
    path("topic-lists/", board.board, name="board"),
    path("topic-lists/board.xlsx", board.board_xlsx, name="board_xlsx"),
    path("topic-lists/board.csv", board.board_csv, name="board_csv"),
    path("topic-lists/start/", screens.start, name="topic_list_start"),
    path(LIST, screens.detail, name="topic_list"),
    path(f"{LIST}edit/", overview.edit, name="topic_list_edit"),
    path(f"{LIST}edit/topics/new/", topics.new, name="topic_new"),
    path(f"{LIST}edit/topics/<int:key>/", topics.edit, name="topic_edit"),
    path(f"{LIST}edit/topics/<int:key>/remove/", topics.remove, name="topic_remove"),
    path(f"{LIST}edit/topics/<int:key>/move/", topics.move, name="topic_move"),
    path(f"{LIST}edit/analysis/", texts.analysis, name="topic_list_analysis"),
    path(f"{LIST}edit/words/<part:item>/", keeping.words, name="topic_list_words"),
    path(f"{LIST}edit/presence/", keeping.presence, name="topic_list_presence"),
    path(f"{LIST}edit/answer/", texts.answer, name="topic_list_answer"),
    path(f"{LIST}submit/", acts.submit, name="topic_list_submit"),
    path(f"{LIST}recall/", acts.recall, name="topic_list_recall"),
    path(f"{LIST}return/", acts.return_, name="topic_list_return"),
    path(f"{LIST}accept/", acts.accept, name="topic_list_accept"),
    path(f"{LIST}reopen/", acts.reopen, name="topic_list_reopen"),
    path(f"{LIST}changes/", changes.changes, name="topic_list_changes"),
    path(f"{LIST}receipts/<int:number>/", screens.receipt, name="topic_list_receipt"),
    path(f"{LIST}receipts/<int:number>/snapshot.json", screens.snapshot, name="topic_list_snapshot"),
    path(f"{LIST}receipts/<int:number>/letter/", documents.signed_letter, name="topic_list_letter"),
    path(f"{LIST}documents/<document:document>", documents.of_list, name="topic_list_document"),
    path(
        f"{LIST}receipts/<int:number>/documents/<document:document>",
        documents.of_receipt,
        name="topic_list_receipt_document",
    ),
]
