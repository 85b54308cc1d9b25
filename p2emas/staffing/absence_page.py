"""The page of one deputy: what may be done, and who can decide meanwhile what the deputy may not."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse

from p2emas import naming
from p2emas.accounts.models import Assignment, User
from p2emas.accounts.roles import COORDINATORS
from p2emas.notifications.people import holders
from p2emas.staffing.absences import Absence
from p2emas.workflow.hooks import Hook
from p2emas.workflow.models import Chain, Step

MOST = 20  # records that are asked about; a regency has two or three


@dataclass(frozen=True)
class OpenDecision:
    """A record that waits, and the step by which somebody decides it. ``is_grave``: shown although all is well."""

    record: Chain
    step: str
    title: str
    is_grave: bool = False


waiting_decisions: "Hook[[str], list[OpenDecision]]" = Hook("what waits for a decision by those who hold a role")


@dataclass(frozen=True)
class MeanwhileDecision:
    """One record that waits, with the people who can decide it while somebody is away."""

    title: str
    url: str
    stand_in_can: bool
    others: list[User]

    @property
    def sentence(self) -> str:
        names = ", ".join(str(person) for person in self.others)
        if self.stand_in_can:
            return f"Dapat diputuskan penggantinya{f', juga {names}' if names else ''}."
        if names:
            return f"Penggantinya mengajukan atau menilainya, jadi tidak memutuskannya. Yang dapat: {names}."
        return "Penggantinya mengajukan atau menilainya, dan tidak ada orang lain: ini menunggu, atau pilih orang lain."

    @property
    def is_stuck(self) -> bool:
        return not self.stand_in_can and not self.others


@dataclass(frozen=True)
class AbsenceStepLink:
    step: Step
    url: str


@dataclass(frozen=True)
class AbsencePage:
    absence: Absence
    user: User
    today: date

    @cached_property
    def steps(self) -> list[AbsenceStepLink]:
        if self.absence.is_over(self.today):
            return []
        return [
            AbsenceStepLink(step, reverse("staffing:absence-step", args=[self.absence.pk, name]))
            for name, step in self.absence.open_steps(self.user)
        ]

    @property
    def about(self) -> str:
        return f"{self.absence.words} · {self.absence.days}"

    @property
    def who_next(self) -> str:
        """A sentence for everybody who reads the page."""
        absence, status = self.absence, self.absence.status
        if status == Absence.Status.ASKED:
            others = ", ".join(str(each) for each in self._namers) or "belum ada yang dapat menetapkan"
            return f"Menunggu ditetapkan oleh: {others}."
        if status != Absence.Status.NAMED:
            return "Tidak ada lagi yang perlu dikerjakan."
        if absence.is_over(self.today):
            return "Penggantian ini sudah berakhir sendiri."
        if absence.valid_from > self.today:
            return "Mulai dan berakhir sendiri pada tanggalnya."
        return "Sedang berjalan, dan berakhir sendiri pada hari terakhirnya."

    @cached_property
    def _namers(self) -> list[User]:
        from p2emas.staffing.absence_notices import people_of

        return list(people_of(self.absence).order_by("name", "pk"))

    @cached_property
    def decisions(self) -> list[MeanwhileDecision]:
        """Only for coordinators: agencies decide nothing of others."""
        absence = self.absence
        if absence.role not in COORDINATORS or absence.status not in Absence.LIVE or absence.is_over(self.today):
            return []
        stand_in = as_holder(absence)
        able = [(each, each.record.may_take(stand_in, each.step)) for each in waiting_decisions(absence.role)]
        told = [(each, can) for each, can in able if each.is_grave or not can][:MOST]
        if not told:
            return []
        lead = naming.current().lead_agency_id
        away = {absence.person_id, absence.stand_in_id}
        others = list(holders({absence.role}, agency=lead).exclude(pk__in=away).order_by("name", "pk"))
        return [
            MeanwhileDecision(
                each.title,
                each.record.get_absolute_url(),
                can,
                [person for person in others if each.record.may_take(person, each.step)],
            )
            for each, can in told
        ]


def as_holder(absence: Absence) -> User:
    """The deputy as of the days on which they hold the role, to ask what they may do then."""
    stand_in = User.objects.get(pk=absence.stand_in_id)
    given = Assignment(user=stand_in, agency=absence.agency, role=absence.role)
    stand_in.__dict__["current_assignments"] = [*stand_in.current_assignments, given]
    return stand_in
