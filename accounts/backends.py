"""Who a session belongs to."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend

from accounts.models import User, rights


class PersonBackend(ModelBackend):
    """Signing in is Django's; a person who comes back is read in one query with what their rights come from."""

    def get_user(self, user_id: Any) -> User | None:
        """The person with this key; None for nobody, and for somebody who may not sign in any more."""
        user = rights.person(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None
