"""Who may be told apart. A stranger is the owner of another studio: may ask, finds nothing."""

Who = frozenset[str]

OWNER, ADMIN, TEACHER = "owner", "admin", "teacher"
GUARDIAN, STUDENT, STRANGER, NOBODY = "guardian", "student", "stranger", "nobody"
EVERY_ROLE = (OWNER, ADMIN, TEACHER, GUARDIAN, STUDENT)

OFFICE: Who = frozenset({OWNER, ADMIN})
STAFF: Who = OFFICE | {TEACHER}
PAYERS: Who = OFFICE | {GUARDIAN}
BOOKERS: Who = OFFICE | {GUARDIAN, STUDENT}
"""Who books; whether a student is grown up is asked of the booking."""
ADULTS: Who = STAFF | {GUARDIAN}
MEMBERS: Who = frozenset(EVERY_ROLE)
"""Whoever is signed in, the stranger in their own studio too."""
ANYBODY: Who = MEMBERS | {NOBODY}
CLOCK: Who = frozenset()
"""Nobody: the clock only."""
