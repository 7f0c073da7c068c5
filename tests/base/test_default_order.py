"""The order that each kind of row has by itself can be asked for: lists of the administration rely on it."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models


@pytest.mark.parametrize("model", apps.get_models(), ids=lambda model: model._meta.label)
def test_every_kind_of_row_can_be_listed(model: type[models.Model]) -> None:
    assert "SELECT" in str(model._default_manager.all().query)
