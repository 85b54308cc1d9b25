"""The chain of a round: its states, the steps between them, and who may do what in which state."""

from django.contrib.auth.models import AnonymousUser
from django.db import models

from p2emas.accounts.models import User
from p2emas.accounts.signed_in import Anyone
from p2emas.workflow.models import COORDINATOR_STEP, HEAD_STEP, DecidedChain, Step


class RoundChain(DecidedChain):
    class Status(models.TextChoices):
        DRAFT = "DRAFT", "Konsep"
        PUBLISHED = "PUBLISHED", "Terbit"
        CLOSED = "CLOSED", "Ditutup"
        SELECTION = "SELECTION", "Seleksi"
        SUBMITTED = "SUBMITTED", "Diajukan"
        DECIDED = "DECIDED", "Diputuskan"
        ANNOUNCED = "ANNOUNCED", "Diumumkan"
        CANCELLED = "CANCELLED", "Dibatalkan"

    PUBLIC = (
        Status.PUBLISHED,
        Status.CLOSED,
        Status.SELECTION,
        Status.SUBMITTED,
        Status.DECIDED,
        Status.ANNOUNCED,
    )
    UNFINISHED = (
        Status.DRAFT,
        Status.PUBLISHED,
        Status.CLOSED,
        Status.SELECTION,
        Status.SUBMITTED,
        Status.DECIDED,
    )
    CHECKING = (Status.PUBLISHED, Status.CLOSED)  # files are checked as they come, and after the closing
    SEATING = (Status.DRAFT, Status.PUBLISHED, Status.CLOSED, Status.SELECTION)
    SETTLED = (Status.DECIDED, Status.ANNOUNCED)  # a decree may appoint whom it accepted
    JUDGED = (Status.SELECTION, Status.SUBMITTED, Status.DECIDED, Status.ANNOUNCED)  # scores are given or read

    STEPS = {
        "publish": Step(
            "Terbitkan",
            "Diterbitkan",
            (Status.DRAFT,),
            Status.PUBLISHED,
            COORDINATOR_STEP,
            help="Syarat, berkas, rubrik, bobot, dan formasi terkunci. Halaman pendaftaran terbuka untuk umum.",
        ),
        "close": Step(
            "Tutup pendaftaran",
            "Pendaftaran ditutup",
            (Status.PUBLISHED,),
            Status.CLOSED,
            COORDINATOR_STEP,
            help="Hanya sesudah batas waktunya lewat. Pelamar yang berkasnya kurang masih dapat melengkapinya.",
        ),
        "start_selection": Step(
            "Mulai seleksi",
            "Seleksi dimulai",
            (Status.CLOSED,),
            Status.SELECTION,
            COORDINATOR_STEP,
            help="Pemeriksaan berkas selesai. Nilai tes masuk dan panel mulai menilai.",
        ),
        "back_to_checking": Step(
            "Kembali ke pemeriksaan berkas",
            "Dikembalikan ke pemeriksaan berkas",
            (Status.SELECTION,),
            Status.CLOSED,
            COORDINATOR_STEP,
            note_required=True,
            help="Hanya selama belum ada nilai tes dan nilai panel.",
        ),
        "submit": Step(
            "Ajukan",
            "Diajukan",
            (Status.SELECTION,),
            Status.SUBMITTED,
            COORDINATOR_STEP,
            help="Peringkat, pilihan, dan alasannya diserahkan kepada kepala untuk diputuskan sekaligus.",
            own_page=True,
        ),
        "send_back": Step(
            "Kembalikan ke seleksi",
            "Dikembalikan ke seleksi",
            (Status.SUBMITTED,),
            Status.SELECTION,
            HEAD_STEP,
            note_required=True,
        ),
        "decide": Step(
            "Putuskan",
            "Diputuskan",
            (Status.SUBMITTED,),
            Status.DECIDED,
            HEAD_STEP,
            help="Semua pilihan ditetapkan sekaligus; pelamar baru melihatnya setelah diumumkan.",
            own_page=True,
        ),
        "announce": Step(
            "Umumkan",
            "Diumumkan",
            (Status.DECIDED,),
            Status.ANNOUNCED,
            COORDINATOR_STEP,
            help="Hasil terbuka untuk umum dan surat kepada pelamar siap dikirim.",
            own_page=True,
        ),
        "cancel": Step("Batalkan", "Dibatalkan", UNFINISHED, Status.CANCELLED, COORDINATOR_STEP, note_required=True),
    }

    class Meta:
        abstract = True

    def seats_of(self, user: User) -> bool:
        """Whether ``user`` sits in a panel of the round."""
        raise NotImplementedError

    def corrected_by(self, user: User) -> bool:
        """Whether ``user`` corrected a score of the round."""
        raise NotImplementedError

    def may_edit(self, user: User) -> bool:
        """What applicants rely on may be written only before it is published."""
        return self.status == self.Status.DRAFT and self._works_on(user)

    def may_amend(self, user: User) -> bool:
        """The contact and later dates may change until the result is announced."""
        return self.status in self.UNFINISHED and self._works_on(user)

    def may_read_office(self, user: User) -> bool:
        """Its pages of the office: for those who see everything, and for its panel."""
        return user.sees_everything or self.seats_of(user)

    def may_read_applications(self, user: User) -> bool:
        """Lists and counts name everybody, so a seat ends them for its holder."""
        return user.sees_everything and not self.seats_of(user)

    def may_check(self, user: User) -> bool:
        """Files are checked by BAPPEDA without a seat, until the selection starts."""
        return self.status in self.CHECKING and self._works_on(user) and not self.seats_of(user)

    def may_open_personal(self, user: User) -> bool:
        """The whole NIK is shown, for a reason, to who works on the round without a seat."""
        return self._works_on(user) and not self.seats_of(user)

    def may_raise_openings(self, user: User) -> bool:
        """A head may raise how many numbers are opened in an hour, but not of a round in which they have a seat."""
        return bool(HEAD_STEP & self.roles_of(user)) and not self.seats_of(user)

    def may_export(self, user: User) -> bool:
        return self.status in self.PUBLIC and self.may_open_personal(user)

    def may_seat(self, user: User) -> bool:
        return self.status in self.SEATING and self._works_on(user)

    def may_record_conflict(self, user: User) -> bool:
        """From signed statements, which name applicants: not by somebody of the panel."""
        return self.may_seat(user) and not self.seats_of(user)

    def may_select(self, user: User) -> bool:
        """Test scores, interviews and pending choices are recorded while the selection runs."""
        return self.status == self.Status.SELECTION and self.may_ever_select(user)

    def may_ever_select(self, user: User) -> bool:
        """Whether ``user`` records them at all, no matter which state the round is in."""
        return bool(self._works_on(user) and not self.seats_of(user))

    def may_correct(self, user: User) -> bool:
        """A slip in a locked score is corrected by signed minutes, by somebody without a seat in the round."""
        return self.may_select(user)

    def may_record_objection(self, user: User) -> bool:
        """Objections come after the announcement, and late ones are recorded too."""
        return self.status == self.Status.ANNOUNCED and self._works_on(user)

    def may_read_scores(self, user: Anyone) -> bool:
        """The ranking names everybody: a panellist reads it once the result is out."""
        if isinstance(user, AnonymousUser) or not user.sees_everything:
            return False
        return self.status == self.Status.ANNOUNCED or not self.seats_of(user)

    def _works_on(self, user: User) -> bool:
        return bool(COORDINATOR_STEP & self.roles_of(user))

    def may_take(self, user: User | None, name: str) -> bool:
        """Who submitted the round or corrected a score does not decide; who scores neither submits nor decides."""
        if user is None or not super().may_take(user, name):
            return False
        if name == "decide" and user.pk == self.submitted_by_id:
            return False
        if name == "decide" and self.corrected_by(user):
            return False
        return name not in {"submit", "send_back", "decide"} or not self.seats_of(user)
