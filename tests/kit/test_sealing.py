"""A studio's secrets at rest: opened only here, and only where they belong."""

import pytest

from studio_app.kit.sealing import Sealed, seal, unseal
from tests.standins.surroundings import surroundings

SECRET = "Zephyrine’s key"


def test_it_opens_where_it_was_sealed() -> None:
    sealed = seal(SECRET, bound_to="account 1")
    assert unseal(sealed, bound_to="account 1") == SECRET
    assert SECRET not in sealed
    assert seal(SECRET, bound_to="account 1") != sealed


@pytest.mark.parametrize(
    "touch", [lambda s: s[:-4] + "AAA=", lambda s: s[8:], lambda _s: "", str.upper]
)
def test_what_was_touched_does_not_open(touch: object) -> None:
    sealed = seal(SECRET, bound_to="account 1")
    with pytest.raises(Sealed):
        unseal(touch(sealed), bound_to="account 1")  # type: ignore[operator]


def test_it_opens_nowhere_else() -> None:
    sealed = seal(SECRET, bound_to="account 1")
    with pytest.raises(Sealed):
        unseal(sealed, bound_to="account 2")
    with surroundings(studio_secret="another secret that is long enough"), pytest.raises(Sealed):
        unseal(sealed, bound_to="account 1")
