"""Who exists: offices, units with dated names, people and their roles, and the trail of what they did."""

from units.models.audit_event import AuditEvent
from units.models.membership import Membership
from units.models.office import Office
from units.models.unit import Unit, UnitAlias, UnitGroup, UnitKind, UnitVersion
from units.models.user import UsedPassword, User

__all__ = [
    "AuditEvent",
    "Membership",
    "Office",
    "Unit",
    "UnitAlias",
    "UnitGroup",
    "UnitKind",
    "UnitVersion",
    "UsedPassword",
    "User",
]
