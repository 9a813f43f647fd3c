"""A term's price for those who come to part of it."""

from studio_app.kit.money import Money
from studio_app.kit.words import Text, _


def term_price(price: Money, *, lessons: int, of: int) -> Money:
    """The price of some of a term's lessons: its share of the whole, rounded half up."""
    return price if lessons >= of else price.share(lessons, of)


def per_lesson(price: Money, *, lessons: int, of: int) -> list[Money]:
    """What each of the lessons costs, so that together they cost exactly `term_price`."""
    return term_price(price, lessons=lessons, of=of).split(lessons)


def prorated(what: Text, *, lessons: int, of: int) -> Text:
    """What was sold, with a note where it is part of a term."""
    if lessons >= of:
        return what
    return _("{what}, {n} of {of} lessons (started mid-term)", what=what, n=lessons, of=of)
