"""Which times a teacher has published as weekly slots."""

from collections.abc import Collection
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from studio_app.kit.ids import TeacherId
from studio_app.kit.work import Work
from studio_app.scheduling.models.availability import Availability


def published(work: Work, teachers: Collection[TeacherId]) -> list[Availability]:
    """The hours that come every week in slots of a fixed length."""
    query = select(Availability).where(
        col(Availability.teacher_id).in_(teachers),
        col(Availability.weekday).is_not(None),
        col(Availability.slot_minutes).is_not(None),
    )
    return list(work.session.exec(query))


def is_weekly(
    blocks: Collection[Availability], teacher_id: TeacherId, start: datetime, zone: ZoneInfo
) -> bool:
    """Whether a time can be had every week: it is one of a teacher's published slots."""
    wall = start.astimezone(zone)
    minute = wall.hour * 60 + wall.minute
    return any(
        block.teacher_id == teacher_id
        and block.weekday == wall.isoweekday()
        and block.from_minute <= minute < block.until_minute
        and _goes_on(block, wall.date())
        for block in blocks
    )


def _goes_on(block: Availability, day: date) -> bool:
    return (block.starts_on is None or block.starts_on <= day) and (
        block.ends_on is None or block.ends_on >= day
    )
