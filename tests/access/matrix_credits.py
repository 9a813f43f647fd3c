"""Credits and packages."""

from tests.access.roles import MEMBERS, OFFICE, STAFF, Who

CREDIT_HANDLERS: dict[str, Who] = {
    "CreditsState.load": MEMBERS,
    "CreditsState.look_again": MEMBERS,
    "FamilyCreditsState.arrive": OFFICE,
    "FamilyCreditsState.give": OFFICE,
    "FamilyCreditsState.load": OFFICE,
    "FamilyCreditsState.look_again": OFFICE,
    "FamilyCreditsState.open": OFFICE,
    "FamilyCreditsState.restore": OFFICE,
    "FamilyCreditsState.sell": OFFICE,
    "FamilyCreditsState.take_back": OFFICE,
    "FamilyCreditsState.void": OFFICE,
    "PackagesState.arrive": OFFICE,
    "PackagesState.complete": OFFICE,
    "PackagesState.load": OFFICE,
    "PackagesState.offer": OFFICE,
    "PackagesState.offer_again": OFFICE,
    "PackagesState.open": OFFICE,
    "PackagesState.withdraw": OFFICE,
    "StudentCreditsState.load": STAFF,
    "StudentCreditsState.look_again": STAFF,
}
