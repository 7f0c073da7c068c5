"""Users and their dated memberships."""

from accounts.models.memberships import Membership
from accounts.models.users import User

__all__ = ["Membership", "User"]
