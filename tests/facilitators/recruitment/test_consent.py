"""What somebody has agreed to never changes: a new text is a new version."""

from facilitators.recruitment import consent

FINGERPRINTS = {"2019-1": "5736d44e99674b599156c6766c87ecc6e190c2fadeb044ea0550b8024f873886"}


def test_no_version_was_edited():
    assert {version: each.fingerprint for version, each in consent.VERSIONS.items()} == FINGERPRINTS


def test_current_version_is_the_last_one():
    assert consent.CURRENT is list(consent.VERSIONS.values())[-1]
