"""What the API answers after it made something."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Made:
    id: UUID
