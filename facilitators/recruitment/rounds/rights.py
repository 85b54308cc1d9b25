"""Who may do what on a round, and when: what its pages and steps ask before they open."""

from p2emas.accounts.models import User
from p2emas.workflow.models import COORDINATOR_STEP, HEAD_STEP, DecidedChain


class RoundRights(DecidedChain):
    class Meta:
        abstract = True

    def may_edit(self, user: User) -> bool:
        """What applicants rely on may be written only before it is published."""
        return self.status == self.Status.DRAFT and self._works_on(user)

    def may_amend(self, user: User) -> bool:
        """The contact and later dates may change until the result is announced."""
        return self.status in self.UNFINISHED and self._works_on(user)

    def may_read_office(self, user: User) -> bool:
        """Its pages of the office: for those who see everything, and for its panel."""
        return user.is_authenticated and (user.sees_everything or self.seats_of(user))

    def may_read_applications(self, user: User) -> bool:
        """Lists and counts name everybody, so a seat ends them for its holder."""
        return user.is_authenticated and user.sees_everything and not self.seats_of(user)

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
        return self.status == self.Status.SELECTION and self._works_on(user) and not self.seats_of(user)

    def may_correct(self, user: User) -> bool:
        """A slip in a locked score is corrected by signed minutes, by somebody without a seat in the round."""
        return self.may_select(user)

    def may_record_objection(self, user: User) -> bool:
        """Objections come after the announcement, and late ones are recorded too."""
        return self.status == self.Status.ANNOUNCED and self._works_on(user)

    def may_read_scores(self, user: User) -> bool:
        """The ranking names everybody: a panellist reads it once the result is out."""
        if not (user.is_authenticated and user.sees_everything):
            return False
        return self.status == self.Status.ANNOUNCED or not self.seats_of(user)

    def seats_of(self, user: User) -> bool:
        """Without a query where the seats were prefetched with the round."""
        if "seats" in getattr(self, "_prefetched_objects_cache", {}):
            return any(seat.user_id == user.pk for seat in self.seats.all())
        return self.seats.filter(user=user).exists()

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

    def corrected_by(self, user: User) -> bool:
        """Asked only where it can matter: nobody decides before the result is submitted."""
        if self.status != self.Status.SUBMITTED:
            return False
        return self.seats.filter(sheets__scores__corrections__by=user).exists()
