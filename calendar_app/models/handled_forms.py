"""Forms already handled: a double click, the back button or a retry makes one act."""

from django.conf import settings
from django.db import models


class HandledForm(models.Model):
    """One row per form instance that was carried out, written in the transaction of its act."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField()
    handled_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="handled_form_once")]

    def __str__(self) -> str:
        return str(self.key)
