"""The table of speed goals: what one page of a seed may cost, in pages of bare Django with 50 rows ("stock")."""

from dataclasses import dataclass

ON_POSTGRES = 1.3  # each query is a round trip there
MOST_ROWS = 100  # of a list
MOST_OPTIONS = 200  # of a select
OTHER, RECORD = 4.0, 12.0  # any other page; a table of one record
RAW, WIRE = 450, 60  # KiB of the heaviest tables
SAVING = 2.0  # saving a table of 300 lines against opening it
SEARCHED = 2.0  # a question against the bare list page


@dataclass(frozen=True)
class Goal:
    line: str
    seed: str
    path: str  # may name facts of the seed
    user: str
    limit: float
    raw: int | None = None
    wire: int | None = None
    rows: int | None = None
    after: str = ""  # the write of ``saving`` that comes first

    @property
    def name(self) -> str:
        return f"{self.line}, {self.seed}"


COORDINATOR, OPERATOR, WRITER, PUBLIC = "coordinator", "operator", "writer", ""
TABLE = (12.0, RAW, WIRE)  # of one record
THREE_TABLES = (36.0, RAW, WIRE)  # the activities, indicators and lines of a plan, 300 each, beside those of a file
RECAP = "/rekap/?periode=2019-T3&skpd="
GOALS = (
    Goal("list of 50 rows", "small", "/laporan/?baris=50", COORDINATOR, 2.0),
    Goal("list of 100 rows", "small", "/laporan/?baris=100", COORDINATOR, 2.5),
    Goal("report read, 50 lines", "fifty", "/laporan/{report}/", COORDINATOR, 3.0),
    Goal("report read, 300 lines", "wide", "/laporan/{report}/", COORDINATOR, 12.0, RAW, WIRE),
    Goal("report read at the desk, 300 lines", "wide", "/laporan/{waiting}/", COORDINATOR, 12.0, RAW, WIRE),
    Goal(
        "decision page of a waiting report, 300 lines",
        "wide",
        "/laporan/{waiting}/verifikasi/",
        COORDINATOR,
        12.0,
        RAW,
        WIRE,
    ),
    Goal(
        "decision page of a claimed report, 300 lines",
        "wide",
        "/laporan/{claimed}/verifikasi/",
        COORDINATOR,
        12.0,
        RAW,
        WIRE,
    ),
    Goal("figures form, 50 lines", "fifty", "/laporan/{report}/realisasi/", OPERATOR, 3.5),
    Goal("figures form, 300 lines", "wide", "/laporan/{report}/realisasi/", OPERATOR, 12.0, RAW, WIRE),
    Goal("indicators form of 300", "wide", "/laporan/{report}/indikator/", OPERATOR, 12.0, RAW, WIRE),
    Goal("check page of 300", "wide", "/laporan/{report}/periksa/", OPERATOR, 12.0, RAW, WIRE),
    Goal("verification queue, 200 waiting", "small", "/verifikasi/", COORDINATOR, 4.0, rows=100),
    Goal("verification queue, 15 waiting of 300 lines", "wide", "/verifikasi/", COORDINATOR, 4.0, rows=100),
    Goal("dashboard, 20 quarters", "fifty", "/dasbor/", COORDINATOR, 5.0, 100),
    Goal("dashboard, 25 agencies", "small", "/dasbor/", COORDINATOR, 5.0, 100),
    Goal("dashboard, 250 agencies", "deep", "/dasbor/", COORDINATOR, 8.0, 100),
    Goal("dashboard", "wide", "/dasbor/", COORDINATOR, 20.0, 100),
    Goal("Serempak", "wide", "/dasbor/serempak/", COORDINATOR, 12.0, 100),
    Goal("front page", "small", "/", PUBLIC, 2.0),
    Goal("village list", "small", "/desa/", PUBLIC, 2.0),
    Goal("budget", "small", "/anggaran/", PUBLIC, 2.0),
    Goal("map", "small", "/peta/", PUBLIC, 2.0),
    Goal("front page", "wide", "/", PUBLIC, 8.0),
    Goal("village list", "wide", "/desa/", PUBLIC, 3.0),
    Goal("budget", "wide", "/anggaran/", PUBLIC, 12.0),
    Goal("a decree", "wide", "/sk/{decree}/", PUBLIC, 8.0),
    Goal("map", "wide", "/peta/", PUBLIC, 8.0),
    Goal("plan lines", "wide", "/rencana/baris/", COORDINATOR, 4.0),
    Goal("one plan of 300", "wide", "/rencana/{plan}/", COORDINATOR, 12.0, RAW, WIRE),
    Goal("focus", "wide", "/rencana/fokus/", COORDINATOR, 10.0),
    Goal("compliance", "wide", "/kepatuhan/", COORDINATOR, 4.0),
    Goal("figures of a month, 300 lines", "wide", "/bulanan/{plan}/8/", OPERATOR, *TABLE),
    Goal("plan of a month, 300 lines", "wide", "/bulanan/{plan}/8/rencana/", OPERATOR, *TABLE),
    Goal("months of all agencies", "wide", "/bulanan/?tahun=2019", COORDINATOR, 4.0),
    Goal("S-curve", "wide", "/rekap/kurva-s/?tahun=2019&skpd=skpd-00", COORDINATOR, 4.0),
    Goal("E.81 of 300 activities", "wide", f"{RECAP}skpd-01&bentuk=e81", COORDINATOR, *TABLE),
    Goal("RKPD of 300 activities", "wide", f"{RECAP}skpd-01&bentuk=rkpd", COORDINATOR, *TABLE),
    Goal("RFK of 300 activities", "wide", f"{RECAP}skpd-01&bentuk=rfk", COORDINATOR, *TABLE),
    Goal("completing a plan of 300 lines", "wide", "/rencana/{draft}/lengkapi/", OPERATOR, *TABLE),
    Goal("check page of a plan of 300 lines", "wide", "/rencana/{draft}/periksa/", OPERATOR, *TABLE),
    Goal("Renstra of 300 activities", "wide", "/renstra/?skpd=skpd-00", OPERATOR, *TABLE),
    Goal("value chains", "wide", "/rencana/rantai-nilai/?tahun=2019", COORDINATOR, 4.0, rows=100),
    Goal("value chain of a village", "wide", "/rencana/rantai-nilai/desa-nomor-000/?tahun=2019", OPERATOR, 4.0),
    Goal("payments", "wide", "/sp2d/", COORDINATOR, 4.0, rows=100),
    Goal("codes", "wide", "/nomenklatur/", COORDINATOR, 4.0, rows=100),
    Goal("figures form after saving", "wide", "/laporan/{report}/realisasi/", OPERATOR, *TABLE, after="figures"),
    Goal("figures form beside its draft", "wide", "/laporan/{report}/realisasi/", OPERATOR, *TABLE, after="draft"),
    Goal("form from a draft", "wide", "/laporan/{report}/realisasi/?isian={typed}", OPERATOR, *TABLE, after="draft"),
    Goal("differences of a workbook", "wide", "/isian-excel/{upload}/", OPERATOR, *TABLE, after="lane"),
    Goal("differences of a plan's file", "wide", "/rencana/berkas/{file}/", WRITER, *THREE_TABLES, after="plan_file"),
    Goal("history of a plan of 300 lines", "wide", "/rencana/{brought}/riwayat/", WRITER, *TABLE, after="plan_file"),
)
WRITES = ("figures", "draft", "lane", "plan_file")  # in this order, on the wide seed
