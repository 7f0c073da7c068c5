"""Who exists: territories, bodies, posts and people in them, halls, hours and days."""

from regions.models.bodies import Body
from regions.models.days import Day
from regions.models.former_names import FormerName
from regions.models.halls import Hall
from regions.models.posts import Person, Post, TermOfOffice
from regions.models.territories import Territory
from regions.models.working_hours import WorkingHours

__all__ = ["Body", "Day", "FormerName", "Hall", "Person", "Post", "TermOfOffice", "Territory", "WorkingHours"]
