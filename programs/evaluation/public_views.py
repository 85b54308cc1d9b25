"""Public pages of results: the programme, a kecamatan, a village; what each meets, and the verdicts decided."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from districts.regions.models import District, Village
from p2emas import clock
from p2emas.accounts.roles import COORDINATORS
from p2emas.exports.lists import ListColumn, ListFile, list_response, wanted_file
from p2emas.ui.paging import paginate, paginate_list
from programs.evaluation.comparison.page import comparison_cards
from programs.evaluation.criteria import TITLES
from programs.evaluation.forms import ResultYearForm
from programs.evaluation.ledgers import ledgers_of_region, ledgers_of_village
from programs.evaluation.lineage import equal_ages, families
from programs.evaluation.models import Evaluation
from programs.evaluation.packages import ModelPackage
from programs.evaluation.page import LedgerPair, LedgerRule, ledger_rows
from programs.evaluation.readiness_page import ReadinessPage, ready_despite
from programs.evaluation.replication import OverviewRow, overview_rows
from programs.evaluation.stories import CARDS, StoryForm, story_cards
from programs.evaluation.views import get_evaluation, history_of_evaluation

PACKAGES = 25  # on the overview
VILLAGE_HEADER = ["Bagian", "Ukuran", "Satuan", "Nilai awal atau target", "Kini", "Perubahan (%)", "Data contoh"]
COLUMNS: tuple[ListColumn, ...] = (
    ("Kode kecamatan", lambda row: row.village.district.code),
    ("Kecamatan", lambda row: row.village.district.name),
    ("Kode desa", lambda row: row.village.code),
    ("Desa", lambda row: row.village.name),
    ("Kegiatan", lambda row: row.money.works),
    ("Pagu (Rp)", lambda row: row.money.planned),
    ("Realisasi (Rp)", lambda row: row.money.spent if row.money.known else None),
    ("Fisik (%)", lambda row: row.money.physical),
    ("Target fisik (%)", lambda row: row.money.physical_target),
    ("Keuangan (%)", lambda row: row.money.absorption),
    ("Target keuangan (%)", lambda row: row.money.money_target),
    ("Ukuran kesejahteraan", lambda row: len(row.welfare.wholes)),
    ("Ukuran berangka", lambda row: len(row.welfare.judged)),
    ("Ukuran membaik", lambda row: row.welfare.risen),
    ("Kesimpulan", lambda row: row.finding.word),
    ("Data contoh", lambda row: row.is_sample),
)


def _cell_of(number: int) -> Callable[[OverviewRow], str]:
    return lambda row: row.cells[number][1]


@login_not_required
@require_safe
def result_overview(request: HttpRequest) -> HttpResponse:
    return _region_page(request, None)


@login_not_required
@require_safe
def result_district(request: HttpRequest, code: str) -> HttpResponse:
    return _region_page(request, get_object_or_404(District, code=code))


@require_safe
def _region_page(request: HttpRequest, district: District | None) -> HttpResponse:
    form = ResultYearForm(request.GET, today=clock.today())
    region = ledgers_of_region(form.year, form.on, district)
    if wanted_file(request):
        place = f"kecamatan-{district.code}-" if district else ""
        title = f"Hasil desa{f' Kecamatan {district}' if district else ''} {form.year}"
        return list_response(request, ListFile.of(f"hasil-{place}{form.year}", title, COLUMNS, region.rows))
    context = {
        "region": region,
        "pair": LedgerPair(region.money, region.welfare, form.year, many=True),
        "page": paginate_list(region.rows, request.GET),
        "district": district,
        "rule": LedgerRule.current(),
        "year_form": form,
        "year": form.year,
        "comparisons": [] if district else comparison_cards(),
    }
    return render(request, "programs/evaluation/region_results.html", context)


@login_not_required
@require_safe
def story_overview(request: HttpRequest) -> HttpResponse:
    """Villages of which a person released the text of a visit; what is withdrawn is gone at once."""
    form, today = StoryForm(request.GET), clock.today()
    page = paginate(form.villages(), request.GET, size=CARDS)
    context = {"page": page, "cards": story_cards(page.rows, today), "year": today.year}
    context["chosen"] = bool(form.data.get("desa"))
    return render(request, "programs/evaluation/stories.html", context)


@login_not_required
@require_safe
def result_village(request: HttpRequest, slug: str) -> HttpResponse:
    village = get_object_or_404(Village.objects.public().select_related("district"), slug=slug)
    form = ResultYearForm(request.GET, today=clock.today())
    ledgers = ledgers_of_village(village, form.year, form.on)
    pair = LedgerPair(ledgers.money, ledgers.welfare, form.year)
    if wanted_file(request):
        title = f"Hasil Desa {village} {form.year}"
        return list_response(
            request, ListFile(f"hasil-{village.slug}-{form.year}", title, VILLAGE_HEADER, ledger_rows(pair))
        )
    verdict = Evaluation.objects.decided().of_village(village).first()
    context = {"village": village, "ledgers": ledgers, "pair": pair, "verdict": verdict, "rule": LedgerRule.current()}
    context["despite"] = ready_despite([verdict]).get(verdict.pk, "") if verdict else ""
    lineage = families(of=village)
    context |= {"year_form": form, "year": form.year, "families": lineage, "comparisons": comparison_cards(village)}
    context["ages"] = equal_ages(village, form.year, ledgers.welfare, lineage)
    return render(request, "programs/evaluation/village_results.html", context)


REPLICATION_COLUMNS: tuple[ListColumn, ...] = (
    ("Kode desa", lambda row: row.location.village.code),
    ("Desa", lambda row: row.location.village.name),
    ("Kecamatan", lambda row: row.location.village.district.name),
    ("Tahap", lambda row: row.location.get_status_display()),
    ("Angka per", lambda row: row.evaluation.computed_on if row.evaluation else None),
    *((title, _cell_of(number)) for number, title in enumerate(TITLES.values())),
    ("Terpenuhi", lambda row: len(row.result.met) if row.result else None),
    ("Penilaian", lambda row: row.evaluation.get_status_display() if row.evaluation else None),
    ("Putusan", lambda row: row.evaluation.get_verdict_display() or None if row.evaluation else None),
    ("Siap dengan syarat yang kurang", lambda row: row.despite or None),
    ("Data contoh", lambda row: row.is_sample),
)


@login_not_required
@require_safe
def replication_overview(request: HttpRequest) -> HttpResponse:
    """Every target location by criterion, as the newest evaluation that the reader may see has it."""
    rows = overview_rows(request.user, clock.today())
    if wanted_file(request):
        made = ListFile.of("kesiapan", "Kesiapan ditularkan tiap lokasi sasaran", REPLICATION_COLUMNS, rows)
        return list_response(request, made)
    context = {
        "rows": rows,
        "page": paginate_list(rows, request.GET),
        "titles": list(TITLES.values()),
        "ready": sum(row.is_ready for row in rows),
        "may_weigh": request.user.is_authenticated and request.user.has_role(*COORDINATORS),
        "has_sample": any(row.is_sample for row in rows),
        "families": families(),
        "packages": ModelPackage.objects.for_user(request.user).kept().for_table()[:PACKAGES],
    }
    return render(request, "programs/evaluation/replication_overview.html", context)


@login_not_required
@require_safe
def evaluation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    evaluation = get_evaluation(pk, request)
    context = {
        "evaluation": evaluation,
        "shown": ReadinessPage(evaluation, request.user),
        "history": history_of_evaluation(evaluation, request),
    }
    return render(request, "programs/evaluation/evaluation_detail.html", context)
