"""Where a webhook may go, and how who receives it knows that it is ours."""

import hashlib
import hmac

import pytest

from studio_app.automations.rules.webhooks import (
    all_may_be_reached,
    body_of,
    may_be_reached,
    signature,
)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.1", "172.16.3.4", "192.168.1.1", "0.0.0.0", "169.254.169.254"),  # noqa: S104
        *("100.64.0.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "::1", "::"),
        *("fe80::1", "fc00::1", "fd12::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "ff02::1"),
        *("64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:4136:e378:8000:63bf:3fff:fdd2"),
    ],
)
def test_what_is_not_on_the_public_internet_is_not_reached(address: str) -> None:
    assert not may_be_reached(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111"])
def test_what_is_on_the_public_internet_is_reached(address: str) -> None:
    assert may_be_reached(address)


def test_a_name_that_leads_inside_as_well_is_refused() -> None:
    assert all_may_be_reached(["8.8.8.8"])
    assert not all_may_be_reached(["8.8.8.8", "127.0.0.1"])
    assert not all_may_be_reached([])


def test_the_signature_covers_time_and_body() -> None:
    body = body_of({"b": 1, "a": "ü"})
    assert body == b'{"a":"\\u00fc","b":1}'
    said = signature("secret", 1_700_000_000, body)
    expected = hmac.new(b"secret", b"1700000000." + body, hashlib.sha256).hexdigest()
    assert said == f"v1={expected}"
    assert signature("secret", 1_700_000_001, body) != said
