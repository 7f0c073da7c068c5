"""Accounts of the demonstration, one for every desk of the procedure."""

from __future__ import annotations

from accounts.permissions import Role
from regions.models import Body

AKIMAT = (Role.AKIMAT_OFFICER, Role.AKIMAT_SIGNATORY)
MINISTRY = (Role.MINISTRY_OFFICER, Role.MINISTRY_SIGNATORY)
COMMISSION = [
    ("commission.1", Role.COMMISSION_CHAIR),
    ("commission.2", Role.COMMISSION_DEPUTY_CHAIR),
    *((f"commission.{number}", Role.COMMISSION_MEMBER) for number in range(3, 8)),
]


def accounts() -> list[tuple[str, str, tuple[Role, ...]]]:
    """(user name, code of the body, roles) of everybody in the demonstration."""
    akimats = Body.objects.akimats().order_by("code").values_list("code", flat=True)
    ministries = Body.objects.ministries().order_by("code").values_list("code", flat=True)
    return [
        *((code, code, AKIMAT) for code in akimats),
        # Without the signing right: submits with the letter that carries the signature.
        ("akimat.47.officer", "akimat.47", (Role.AKIMAT_OFFICER,)),
        *((code, code, MINISTRY) for code in ministries),
        ("authority", "authority", (Role.AUTHORITY_OFFICER, Role.AUTHORITY_SIGNATORY)),
        ("secretary", "commission", (Role.SECRETARY,)),
        *((name, "commission", (role,)) for name, role in COMMISSION),
        ("observer", "government", (Role.OBSERVER,)),
        ("admin", "authority", (Role.ADMIN,)),
    ]
