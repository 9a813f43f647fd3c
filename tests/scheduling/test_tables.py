"""What the database itself holds, whoever writes."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel

from studio_app.kit.ids import LessonTypeId
from studio_app.people.models import Student, Teacher
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.scheduling.models.setup import LessonType, Location, Room
from studio_app.scheduling.rules.states import LessonStatus
from tests.conftest import HOUR, NOW, World


@pytest.fixture
def session(world: World) -> Session:
    return world.as_(world.olivia).session


@pytest.fixture
def piano(session: Session) -> LessonTypeId:
    return saved(session, LessonType(name="Piano", minutes=60, capacity=1)).id


def saved[T: SQLModel](session: Session, row: T) -> T:
    session.add(row)
    session.flush()
    return row
