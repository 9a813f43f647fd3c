"""What a column can mean to us."""

from studio_app.kit.words import Labelled, Text, _

CONTACTS = 4


class Field(Labelled):
    """The target of a column. Contact columns carry the contact's number: `contact_1.email`."""

    STUDENT_ID = "student_id"
    FAMILY_ID = "family_id"
    FAMILY_NAME = "family_name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    FULL_NAME = "full_name"
    ADULT = "adult"
    STATUS = "status"
    EMAIL = "email"
    MOBILE_PHONE = "mobile_phone"
    HOME_PHONE = "home_phone"
    BIRTHDAY = "birthday"
    ADDRESS = "address"
    TOWN = "town"
    REGION = "region"
    POSTCODE = "postcode"
    INSTRUMENT = "instrument"
    LEVEL = "level"
    SCHOOL = "school"
    GROUP_TAGS = "group_tags"
    REFERRER = "referrer"
    NOTES = "notes"
    TEACHER = "teacher"
    DURATION = "duration"
    LESSON_PRICE = "lesson_price"
    RATE = "rate"
    MAKE_UP_CREDITS = "make_up_credits"
    STARTED_ON = "started_on"
    LEFT_ON = "left_on"
    NEXT_LESSON = "next_lesson"
    LAST_LESSON = "last_lesson"
    LESSON_DAY = "lesson_day"
    LESSON_TIME = "lesson_time"
    BALANCE_OWED = "balance_owed"
    BALANCE_IN_CREDIT = "balance_in_credit"
    PASSWORD = "password"  # noqa: S105  the name of a column


class ContactField(Labelled):
    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    EMAIL = "email"
    MOBILE_PHONE = "mobile_phone"
    HOME_PHONE = "home_phone"
    ADDRESS = "address"


def contact(number: int, part: ContactField) -> str:
    return f"contact_{number}.{part.value}"


TARGETS: tuple[str, ...] = (
    *(field.value for field in Field),
    *(contact(n, part) for n in range(1, CONTACTS + 1) for part in ContactField),
)
DATES = frozenset(
    {Field.BIRTHDAY, Field.STARTED_ON, Field.LEFT_ON, Field.NEXT_LESSON, Field.LAST_LESSON}
)


def counts(target: str) -> bool:
    """Numbers and telephone numbers may begin with a sign and are no formulas for it."""
    return target.endswith("_phone") or target in {
        Field.LESSON_PRICE,
        Field.RATE,
        Field.MAKE_UP_CREDITS,
        Field.BALANCE_OWED,
        Field.BALANCE_IN_CREDIT,
    }


def said_target(target: str) -> Text:
    """What to call a target on screen: "Birthday", "Parent 1: E-mail"."""
    if not target.startswith("contact_"):
        return Field(target).label
    number, _dot, part = target.removeprefix("contact_").partition(".")
    return _("Parent {n}: {field}", n=number, field=ContactField(part).label)
