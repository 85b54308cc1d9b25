"""Passwords made of what everybody here knows: agency, programme, place, role, with a year behind it."""

import re
import unicodedata
from collections.abc import Mapping

from django.core.exceptions import ValidationError

from p2emas import naming
from p2emas.accounts.agencies import Agency
from p2emas.accounts.roles import Role

LEAST, SHORTEST = 6, 4  # letters that must remain; shorter words are part of too many others
SAID = """
    emas persemakmuran program kabupaten kota daerah kecamatan kelurahan desa dinas badan kantor bupati walikota
    gubernur sekda kepala koordinator fasilitator pendamping masyarakat panelis penilai panitia inspektorat operator
    admin administrator pengelola petugas pimpinan konsultan pengguna user password passwd kata sandi kunci rahasia
    masuk login selamat datang indonesia merdeka perencanaan pembangunan
"""
# Signs that mean letters; a one means either of two.
LEET = [str.maketrans("013457@$!|", f"o{one}eastas{one}{one}") for one in "il"]
# Figures at the ends: all of them, or the year alone where a letter is written as a figure before it.
ENDS = (r"^[\d\W_]+|[\d\W_]+$", r"^[\W_]+|(\d{4})?[\W_]*$", r"^[\W_]+|(\d{2})?[\W_]*$")


class ContextWordValidator:
    """What remains without the words of the place must still be something."""

    def validate(self, password: str, user: object = None) -> None:
        words = sorted(context_words(), key=len, reverse=True)
        if min(len(remains(password, words, signs, ends)) for signs in LEET for ends in ENDS) < LEAST:
            raise ValidationError(
                (
                    "Kata sandi ini tersusun dari kata yang mudah ditebak di sini: nama instansi, program, daerah, "
                    "atau peran, dengan angka tahun. Pakai tiga atau empat kata lain yang tidak berhubungan."
                ),
                code="password_of_context",
            )

    def get_help_text(self) -> str:
        return "Bukan nama instansi, program, daerah, atau peran dengan angka tahun."


def remains(password: str, words: list[str], signs: Mapping[int, int], ends: str) -> str:
    """Letters of the password, read without figures at its ends and with signs as letters, less ``words``."""
    text = _plain(unicodedata.normalize("NFKC", password).casefold())
    text = re.sub(r"[\W_]", "", re.sub(ends, "", text).translate(signs))
    for word in words:
        text = text.replace(word, " ")
    return text.replace(" ", "")


def context_words() -> set[str]:
    names = naming.current()
    known = (names.place, names.province, names.seat, names.office, names.office_name, names.programme)
    agencies = [word for pair in Agency.objects.values_list("code", "short_name") for word in pair]
    told = " ".join((SAID, *known, *agencies, *Role.values, *(str(label) for label in Role.labels)))
    return {word for word in re.findall(r"[a-z]+", _plain(told.casefold())) if len(word) >= SHORTEST}


def _plain(text: str) -> str:
    """Without accents; letters of other scripts stay, and count as something."""
    return "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
