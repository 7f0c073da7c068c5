"""Half-years and quarters: the periods that the procedure counts in (procedure, section 2)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

# Far enough for any calendar, near enough that neighbours of a period are still dates.
FIRST_YEAR, LAST_YEAR = 1900, 2999

_HALF_YEAR = re.compile(r"([0-9]{4})-H([12])")
_QUARTER = re.compile(r"([0-9]{4})-Q([1-4])")


def _check(year: int, part: int, parts: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"the year must be between {FIRST_YEAR} and {LAST_YEAR}, not {year}")
    if not 1 <= part <= parts:
        raise ValueError(f"the part of the year must be between 1 and {parts}, not {part}")


@dataclass(frozen=True, order=True)
class HalfYear:
    """1 January to 30 June (half 1) or 1 July to 31 December (half 2) of a year.

    ValueError for a year outside 1900-2999 or a half other than 1 and 2.
    """

    year: int
    half: int

    def __post_init__(self) -> None:
        _check(self.year, self.half, 2)

    def __str__(self) -> str:
        return self.code

    @classmethod
    def parse(cls, code: str) -> HalfYear:
        """Read "2027-H1"; ValueError for anything else."""
        match = _HALF_YEAR.fullmatch(code)
        if match is None:
            raise ValueError("a half-year is written like 2027-H1")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> HalfYear:
        """The half-year that holds the day."""
        return cls(day.year, 1 if day.month <= 6 else 2)

    @property
    def code(self) -> str:
        """The name in addresses and exports: "2027-H1"."""
        return f"{self.year}-H{self.half}"

    @property
    def first_day(self) -> date:
        """1 January or 1 July."""
        return date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def last_day(self) -> date:
        """30 June or 31 December."""
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    @property
    def next(self) -> HalfYear:
        """The half-year after this one."""
        return HalfYear(self.year, 2) if self.half == 1 else HalfYear(self.year + 1, 1)

    @property
    def previous(self) -> HalfYear:
        """The half-year before this one."""
        return HalfYear(self.year - 1, 2) if self.half == 1 else HalfYear(self.year, 1)

    @property
    def quarters(self) -> tuple[Quarter, Quarter]:
        """The two quarters of the half-year, the earlier first."""
        second = self.half * 2
        return Quarter(self.year, second - 1), Quarter(self.year, second)

    def holds(self, day: date) -> bool:
        """Whether the day lies in the half-year, its first and last days included."""
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months of a year; number 1 to 4. ValueError outside these bounds."""

    year: int
    number: int

    def __post_init__(self) -> None:
        _check(self.year, self.number, 4)

    def __str__(self) -> str:
        return self.code

    @classmethod
    def parse(cls, code: str) -> Quarter:
        """Read "2027-Q1"; ValueError for anything else."""
        match = _QUARTER.fullmatch(code)
        if match is None:
            raise ValueError("a quarter is written like 2027-Q1")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter that holds the day."""
        return cls(day.year, (day.month + 2) // 3)

    @property
    def code(self) -> str:
        """The name in addresses and exports: "2027-Q1"."""
        return f"{self.year}-Q{self.number}"

    @property
    def first_day(self) -> date:
        """1 January, 1 April, 1 July or 1 October."""
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def last_day(self) -> date:
        """31 March, 30 June, 30 September or 31 December."""
        return self.next.first_day - timedelta(days=1) if self.number < 4 else date(self.year, 12, 31)

    @property
    def next(self) -> Quarter:
        """The quarter after this one."""
        return Quarter(self.year, self.number + 1) if self.number < 4 else Quarter(self.year + 1, 1)

    @property
    def half_year(self) -> HalfYear:
        """The half-year that the quarter belongs to."""
        return HalfYear(self.year, 1 if self.number <= 2 else 2)
