"""A module may move; what it has signed is in letters, browsers and rows, and must still be read."""

from django.utils.crypto import salted_hmac

from p2emas.accounts.sign_in import browsers, tokens, tries


def test_salts_keep_the_names_that_their_modules_once_had():
    assert browsers.SALT == "p2emas.accounts.browsers"
    assert tokens.InvitationTokenGenerator.key_salt == "p2emas.accounts.tokens.InvitationTokenGenerator"
    once = salted_hmac("p2emas.accounts.tries", "sri", algorithm="sha256").hexdigest()[:32]
    assert tries.name_key("sri") == once
