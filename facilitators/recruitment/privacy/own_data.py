"""What an applicant may ask of the office: a copy of their data, and that a wrong field is corrected."""

import json
import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from django.db import IntegrityError, models, transaction

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.applications.parts import ApplicationFile, PersonalDataAccess
from facilitators.recruitment.panel.corrections import counting
from facilitators.recruitment.privacy.own_work import own_work
from facilitators.recruitment.result.people import Facilitator
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.documents.kinds import ENDINGS
from p2emas.outbox.models import OutboxMessage
from p2emas.privacy.sealing import fingerprint, seal, unseal
from p2emas.ui.formats import long_date, moment, number
from p2emas.workflow.editing import claim_version
from p2emas.workflow.models import StatusChange, StepNotAllowed

# What may be put right after the sending: who somebody is. What the panel judged stays as it was sent.
CORRECTABLE = (
    "name",
    "phone",
    "email",
    "nik",
    "birth_date",
    "address",
    "home_village",
    "home_district",
    "education",
    "school",
    "major",
    "graduated",
)
COPIED = ("name", "phone", "email", "home_village", "home_district")  # to the facilitator that somebody became
OWN = (
    "number",
    "name",
    "phone",
    "email",
    "birth_date",
    "address",
    "home_village",
    "home_district",
    "education",
    "school",
    "major",
    "graduated",
    "languages",
    "experience",
    "motivation",
    "anywhere",
    "consent_version",
    "consented_to",
    "consented_at",
    "declared_at",
    "started_at",
    "sent_at",
)
READ_ME = (
    "Salinan data pribadi Anda menurut UU 27/2022. data.json berisi isian, langkah, surat, dan bila Anda menjadi "
    "pendamping: kontrak, pelatihan, dan penempatan; sisanya berkas Anda."
)


# --- Copy -----------------------------------------------------------------------------------------------------------


def access_copy(*, application: Application, reason: str = "", actor: User | None = None) -> bytes:
    """A zip of everything that is kept of the applicant, with the files; giving it out leaves a trace.

    Scores, notes on the choice and the place come only once the round is announced.
    """
    copy = BytesIO()
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as parcel:
        parcel.writestr("baca-saya.txt", f"{READ_ME}\n")
        parcel.writestr("data.json", json.dumps(own_data(application), ensure_ascii=False, indent=1))
        for number, stored in enumerate(application.files.select_related("document"), 1):
            with stored.file.open("rb") as content:
                parcel.writestr(f"berkas/{_name_of(stored, number)}", content.read())
    log_access(application, PersonalDataAccess.Field.COPY, actor=actor, reason=reason)
    return copy.getvalue()


def own_data(application: Application) -> dict[str, Any]:
    """Headings and values of everything about the applicant, ready for JSON."""
    found: dict[str, Any] = {"seleksi": str(application.round)} | _typed(application) | _happened(application)
    if person := Facilitator.objects.filter(application=application).select_related("user").first():
        found["pendamping"] = own_work(person)
        if person.user:
            found["surat"] += _letters(OutboxMessage.objects.about(person.user).sent())
    return found | (_judged(application) if _is_announced(application) else {})


def _typed(application: Application) -> dict[str, Any]:
    """What the applicant filled in."""
    found = {_label(name) if name != "started_at" else "mulai diisi": _worded(application, name) for name in OWN}
    wishes = application.wishes.select_related("place__target_location__village")
    return found | {
        "NIK": unseal(application.nik_sealed) if application.nik_sealed else "",
        _label("skills"): [str(each) for each in application.skills.all()],
        "pilihan desa": [str(wish) for wish in wishes],
        "berkas": [str(each) for each in application.files.all()],
    }


def _happened(application: Application) -> dict[str, Any]:
    """Steps, letters, objections, and who opened what."""
    return {
        "langkah": [
            {"langkah": _step(application, change), "waktu": moment(change.at), "catatan": change.note}
            for change in _steps_told(application)
        ],
        "surat": _letters(OutboxMessage.objects.about(application).sent()),
        "keberatan": [
            {"pengirim": each.sender, "isi": each.text, "jawaban": each.answer if each.answered_at else ""}
            for each in application.objections.all()
        ],
        "siapa membuka data Anda": [
            {"yang dibuka": each.get_field_display(), "waktu": moment(each.at)}
            for each in application.accesses.order_by("at")
        ],
    }


def _letters(sent: models.QuerySet[OutboxMessage]) -> list[dict[str, str]]:
    return [
        {"kepada": letter.recipient, "perihal": letter.subject, "isi": letter.body, "terkirim": moment(letter.sent_at)}
        for letter in sent
    ]


def _is_announced(application: Application) -> bool:
    return application.round.status == RecruitmentRound.Status.ANNOUNCED


def _steps_told(application: Application) -> models.QuerySet[StatusChange]:
    """What was decided together is told together."""
    changes = application.status_changes().order_by("at", "pk")
    return changes if _is_announced(application) else changes.exclude(step__in=("accept", "reserve", "reject"))


def _judged(application: Application) -> dict[str, Any]:
    test = getattr(application, "test_score", None)
    scores = models.Prefetch("scores", counting().select_related("criterion"))
    sheets = application.sheets.filter(voided_at=None).prefetch_related(scores)
    return {
        "status": application.get_status_display(),
        _label("placed_at"): str(application.placed_at or ""),
        _label("rejected_for"): application.get_rejected_for_display(),
        _label("choice_reason"): application.choice_reason,
        "pemeriksaan berkas": [
            {"syarat": each.requirement.text, "hasil": "terpenuhi" if each.met else "tidak terpenuhi"}
            for each in application.checks.select_related("requirement").order_by("requirement")
        ],
        "wawancara": [
            {"waktu": moment(each.at), "tempat": each.room} for each in application.interviews.order_by("at")
        ],
        "nilai tes": number(test.score) if test else "",
        "nilai panel": [
            {
                "bagian": sheet.get_part_display(),
                "nilai": {score.criterion.name: _told(score) for score in sheet.scores.all()},
                "catatan": sheet.note,
            }
            for sheet in sheets
        ],
    }


def _told(score: Any) -> int | str:
    """A corrected score with what it was: both are the applicant's to know."""
    if score.counts == score.score:
        return score.score
    return f"{score.counts} (semula {score.score}, dikoreksi dengan berita acara)"


def _label(name: str) -> str:
    field = Application._meta.get_field(name)
    if not isinstance(field, models.Field):
        raise LookupError(f"{name} is no column")
    return str(field.verbose_name)


def _worded(application: Application, name: str) -> Any:
    display = getattr(application, f"get_{name}_display", None)
    value = display() if display else getattr(application, "district_of_home" if name == "home_district" else name)
    if value is None or value == "":
        return ""
    if isinstance(value, models.Model):
        return str(value)
    if name == "birth_date":
        return long_date(value)
    return moment(value) if name.endswith("_at") else value


def _step(application: Application, change: StatusChange) -> str:
    step = application.STEPS.get(change.step)
    return step.done if step else change.step


def _name_of(stored: ApplicationFile, number: int) -> str:
    return f"{number:02d}-{stored.public_name.rpartition('.')[0]}.{ENDINGS[stored.content_type][0]}"


# --- Correction -----------------------------------------------------------------------------------------------------


def correct_application(
    *, application: Application, values: Mapping[str, Any], seen: int, reason: str, actor: User | None = None
) -> list[str]:
    """Write cleaned ``values`` (of ``CORRECTABLE``, "nik" in full) and say which differed.

    Raises ``EditConflict`` when somebody saved after version ``seen``. The trace names the fields, never what was
    or is in them. A facilitator made of the application gets the same.
    """
    if unknown := set(values) - set(CORRECTABLE):
        raise ValueError(f"not correctable: {sorted(unknown)}")
    try:
        with transaction.atomic():
            row = Application.objects.select_for_update(no_key=True).get(pk=application.pk)
            if row.erased_at:
                raise StepNotAllowed("Data pribadi lamaran ini sudah dihapus.")
            changed = _write_corrections(row, _columns(dict(values)), seen)
            if not changed:
                return []
            # The fingerprint tells that a NIK differs, also where its last four digits stay the same.
            labels = (_label("nik_last4" if name == "nik_fingerprint" else name) for name in changed)
            named = list(dict.fromkeys(labels))
            log_access(row, PersonalDataAccess.Field.CORRECTION, actor=actor, reason=reason, detail=", ".join(named))
    except IntegrityError as taken:
        raise StepNotAllowed(
            "NIK ini sudah dipakai lamaran lain yang lolos administrasi dalam tahap seleksi ini."
        ) from taken
    application.refresh_from_db()
    return named


def _write_corrections(row: Application, wanted: dict[str, Any], seen: int) -> list[str]:
    """The fields that differed. A sealed NIK is never the same twice; its fingerprint tells."""
    changed = [name for name in wanted if name != "nik_sealed" and _differs(row, name, wanted)]
    if changed:
        claim_version(row, seen, *Application.Status.values)
        Application.objects.filter(pk=row.pk).update(**wanted)
        _correct_person(row, {name: wanted[name] for name in COPIED if name in wanted and name in _copied(changed)})
    return changed


def _differs(row: Application, name: str, wanted: Mapping[str, Any]) -> bool:
    """A kecamatan changes with the village too, although only one of the two is stored."""
    if name == "home_district" and (village := wanted.get("home_village")):
        return row.district_of_home != village.district
    return getattr(row, "district_of_home" if name == "home_district" else name) != wanted[name]


def _copied(changed: list[str]) -> set[str]:
    """One of the two without the other would leave a kecamatan beside a village."""
    homes = {"home_village", "home_district"}
    return {*changed} | homes if homes & {*changed} else {*changed}


def _columns(values: dict[str, Any]) -> dict[str, Any]:
    if values.get("home_village"):
        values["home_district"] = None
    if "nik" in values and (nik := values.pop("nik")):
        values |= {"nik_sealed": seal(nik), "nik_fingerprint": fingerprint(nik), "nik_last4": nik[-4:]}
    return values


def _correct_person(row: Application, values: dict[str, Any]) -> None:
    person = Facilitator.objects.filter(application=row).first()
    if person and values:
        for name, value in values.items():
            setattr(person, name, value)
        person.save()


def log_access(
    application: Application, field: str, *, actor: User | None, reason: str = "", detail: str = ""
) -> PersonalDataAccess:
    """The one row that says who did what with whose data."""
    return PersonalDataAccess.objects.create(
        application=application, user=actor, field=field, detail=detail[:120], reason=reason[:300], at=clock.now()
    )
