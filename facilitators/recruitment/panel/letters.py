"""What applicants are told about their interview: as mail, as a letter on paper, and as a text for WhatsApp."""

from collections.abc import Sequence

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.panel.models import Interview
from p2emas import clock
from p2emas.documents.letters import AT_PLACE, Letter, letters_docx, letters_pdf
from p2emas.documents.papers import Signer
from p2emas.ui import formats


def marked(text: str, application: Application) -> str:
    """A text about an invented applicant says so in its first line, as its paper does at the head."""
    return f"DATA CONTOH: nama dan isi surat ini rekaan.\n\n{text}" if application.is_sample else text


def _words(interview: Interview) -> dict[str, str]:
    application = interview.application
    return {
        "name": application.name,
        "number": application.number,
        "round": application.round.name,
        "at": formats.moment(interview.at),
        "room": interview.room,
        "contact": application.round.contact,
    }


def _why(interview: Interview) -> str:
    """Why somebody is asked to come: the written test, or equal scores at the line."""
    words = _words(interview)
    if interview.is_again:
        return "Nilai akhir Anda dalam {round} sama dengan pelamar lain di batas penerimaan.".format(**words)
    return "Anda lolos tes tertulis {round}.".format(**words)


def _named(interview: Interview) -> str:
    return "wawancara ulang" if interview.is_again else "wawancara"


def invitation_mail(interview: Interview) -> tuple[str, str]:
    """(subject, body)."""
    body = (
        "Yth. %(name)s,\n\n"
        "%(why)s Dengan nomor lamaran %(number)s Anda diundang mengikuti %(what)s:\n\n"
        "Waktu: %(at)s\n"
        "Tempat: %(room)s\n\n"
        "Bawa KTP dan ijazah asli, dan datang 15 menit sebelumnya. Bila berhalangan, hubungi sebelum waktu itu: "
        "%(contact)s.\n\n"
        "Panitia seleksi pendamping"
    )
    words = _words(interview) | {"why": _why(interview), "what": _named(interview)}
    return "Undangan {what}, {number}".format(**words)[:200], marked(body % words, interview.application)


def changed_mail(interview: Interview) -> tuple[str, str]:
    body = (
        "Yth. %(name)s,\n\n"
        "Jadwal %(what)s Anda untuk %(round)s, nomor lamaran %(number)s, berubah menjadi:\n\n"
        "Waktu: %(at)s\n"
        "Tempat: %(room)s\n\n"
        "Jadwal yang lama tidak berlaku lagi. Bila berhalangan, hubungi sebelum waktu itu: %(contact)s.\n\n"
        "Panitia seleksi pendamping"
    )
    words = _words(interview) | {"what": _named(interview)}
    return "Perubahan jadwal {what}, {number}".format(**words)[:200], marked(body % words, interview.application)


def short_text(interview: Interview) -> str:
    """For WhatsApp: everything in a few lines."""
    text = (
        "Yth. %(name)s (nomor %(number)s): %(why)s Anda diundang %(what)s pada %(at)s di %(room)s. "
        "Bawa KTP dan ijazah asli, datang 15 menit sebelumnya. Pertanyaan: %(contact)s."
    )
    words = _words(interview) | {"why": _why(interview), "what": _named(interview)}
    return marked(text % words, interview.application)


def invitation_papers(interviews: Sequence[Interview], form: str) -> bytes:
    """The invitations on paper, one a page, as "pdf" or "docx"."""
    letters = [_letter(interview) for interview in interviews]
    sample = any(interview.application.is_sample for interview in interviews)
    write = letters_pdf if form == "pdf" else letters_docx
    return write(letters, title="Undangan wawancara", is_sample=sample)


def _letter(interview: Interview) -> Letter:
    words = _words(interview)
    first = (
        "Dengan ini kami beritahukan bahwa Saudara lolos tes tertulis %(round)s. Saudara diundang mengikuti wawancara "
        "dengan ketentuan sebagai berikut."
    )
    again = (
        "Dengan ini kami beritahukan bahwa nilai akhir Saudara dalam %(round)s sama dengan pelamar lain di batas "
        "penerimaan. Saudara diundang mengikuti wawancara ulang, yang nilainya menggantikan nilai wawancara pertama, "
        "dengan ketentuan sebagai berikut."
    )
    opening = again if interview.is_again else first
    closing = (
        "Saudara diminta membawa KTP dan ijazah asli, dan hadir 15 menit sebelum waktunya. Bila berhalangan, hubungi "
        "sebelum waktu itu: %(contact)s."
    )
    return Letter(
        subject="Undangan wawancara ulang" if interview.is_again else "Undangan wawancara",
        to=[words["name"], "Nomor lamaran {number}".format(**words), AT_PLACE],
        opening=[opening % words],
        facts=[("Hari dan waktu", words["at"]), ("Tempat", words["room"])],
        closing=[closing % words],
        dated=clock.today(),
        signer=Signer(title="Ketua Panitia Seleksi,"),
    )
