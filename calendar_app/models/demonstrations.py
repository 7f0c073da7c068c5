"""Whether this database holds a demonstration: one row, written by load_demo only."""

from django.db import models


class Demonstration(models.Model):
    """Its presence lets acts carry a portal instant away from the database clock.

    Without the row a trigger refuses a submission whose instant is more than a minute off, so that a
    production database can be neither back-dated nor post-dated.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="demonstration_single_row")]

    def __str__(self) -> str:
        return f"demonstration of {self.loaded_at:%Y-%m-%d}"
