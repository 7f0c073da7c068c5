"""Who may have the pages of the editor: the akimat, or the authorised body while it enters a letter."""

from __future__ import annotations

from accounts.models import User
from accounts.permissions import Permission
from base.clock import today
from base.errors import NotPermitted, Refused
from calendar_app.models import TopicList
from procedure.problems import Problem

# What the decorator of an editor's page asks for; `refuse_others` tells the two apart.
EITHER = (Permission.TOPIC_LIST_WRITE, Permission.TOPIC_LIST_ENTER_BY_LETTER)


def refuse_others(user: User, topic_list: TopicList) -> None:
    """Raise NotPermitted, or Refused with the reason why the akimat does not write its list now."""
    enters = user.may(Permission.TOPIC_LIST_ENTER_BY_LETTER, topic_list.akimat, on=today())
    writes = user.may(Permission.TOPIC_LIST_WRITE, topic_list.akimat, on=today())
    if topic_list.entry_letter_id is None:
        if not writes:
            raise NotPermitted
    elif not enters:
        raise Refused([Problem("entered_by_letter")]) if writes else NotPermitted
