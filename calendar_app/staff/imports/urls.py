"""Addresses of imports, below those of a list."""

from django.urls import path

from calendar_app.staff.imports import acts, screens, sheets
from calendar_app.staff.topic_lists.urls import LIST

IMPORT = f"{LIST}import/"

urlpatterns = [
    path(IMPORT, screens.hub, name="imports"),
    path(f"{IMPORT}last/", acts.last_list, name="import_last_list"),
    path(f"{IMPORT}template.xlsx", sheets.template, name="import_template"),
    path(f"{IMPORT}translation.xlsx", sheets.translation, name="import_translation_sheet"),
    path(f"{IMPORT}<int:pk>/", screens.detail, name="import"),
    path(f"{IMPORT}<int:pk>/progress/", screens.progress, name="import_progress"),
    path(f"{IMPORT}<int:pk>/files/", acts.add_files, name="import_add_files"),
    path(f"{IMPORT}<int:pk>/files/<int:file>/remove/", acts.remove_file, name="import_remove_file"),
    path(f"{IMPORT}<int:pk>/drop/", acts.drop, name="import_drop"),
]
