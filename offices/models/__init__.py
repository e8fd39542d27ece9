"""The ground floor's tables; Django finds the models of an app here."""

from offices.models.calendar import BillingMonth, CalendarDay, ExchangeSchedule, ScheduledStep
from offices.models.jobs import Job
from offices.models.journals import (
    HandoverBalance,
    HeldAmount,
    JournalEntry,
    NumberSeries,
    StoredFile,
)
from offices.models.lists import SavedView
from offices.models.staff import ForbiddenRolePair, Role, RoleGrant, Staff
from offices.models.units import Bank, Decree, District, Office, PostOffice

__all__ = [
    "Bank",
    "BillingMonth",
    "CalendarDay",
    "Decree",
    "District",
    "ExchangeSchedule",
    "ForbiddenRolePair",
    "HandoverBalance",
    "HeldAmount",
    "Job",
    "JournalEntry",
    "NumberSeries",
    "Office",
    "PostOffice",
    "Role",
    "RoleGrant",
    "SavedView",
    "ScheduledStep",
    "Staff",
    "StoredFile",
]
