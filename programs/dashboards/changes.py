"""What changed for users, newest version first: the one source of the page "Apa yang berubah".

Written for readers of the screens; the CHANGELOG tells the same to developers.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ReleaseNote:
    title: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Version:
    number: str
    released_on: date | None  # None: not released yet
    changes: tuple[ReleaseNote, ...]


HISTORY = (
    Version(
        "0.2.0",
        None,
        (
            ReleaseNote(
                "Hasil desa",
                (
                    "Halaman Hasil menaruh uang dan pekerjaan di samping kesejahteraan terhadap nilai awal, untuk "
                    "program, kecamatan, dan desa.",
                    "Merah hanya bila uang dan pekerjaan sesuai rencana tetapi kesejahteraan datar. Yang belum ada "
                    "datanya tidak pernah merah.",
                    "Ukuran yang menghitung orang ditampilkan menurut jenis kelamin; di bawah lima orang tidak "
                    "ditampilkan.",
                ),
            ),
            ReleaseNote(
                "Isi lewat Excel",
                (
                    "Laporan, rencana, dan nilai calon dapat diunduh sebagai isian Excel, diisi di kantor, lalu "
                    "diunggah (.xlsx, .ods, CSV) atau ditempel. Sebelum dipakai Anda melihat "
                    "isi lama dan isi baru tiap sel.",
                    "Sel yang salah disebut dengan cara memperbaikinya, dan dapat diperbaiki di halaman itu. Bila ada "
                    "yang menyimpan sesudah berkas diunduh, kedua isinya ditampilkan dan Anda memilih.",
                    "Sel yang menunjukkan 75% dibaca 75 pada kolom persen. Daftar perbedaan dapat diunduh.",
                    "Pada isian rencana, baris tanpa kode di bawah tabel menambah baris rencana.",
                    "Semua dipakai atau tidak sama sekali, dan dapat dibatalkan selama belum ada yang menyimpan lagi.",
                ),
            ),
            ReleaseNote(
                "Banyak data sekaligus dari berkas",
                (
                    "Perangkat daerah, kantor kecamatan, pejabat, dan hari libur dapat diimpor dari Excel atau CSV: "
                    "diperiksa, dipratinjau, diterapkan seluruhnya, dan dapat dibatalkan.",
                    "Rencana setahun dapat diisi dari satu berkas buatan SKPD: kegiatan, indikator, dan baris rencana. "
                    "Anda ditanya sekali kolom mana berisi apa, melihat perbedaannya, lalu memakai semuanya; dapat "
                    "dibatalkan selama rencana masih draf.",
                    "Kepala mengundang banyak orang sekaligus dari satu berkas; undangannya tetap menunggu dikirim di "
                    "Surat keluar.",
                ),
            ),
            ReleaseNote(
                "Rencana kerja dan anggaran",
                (
                    "Rencana SKPD disebut rencana kerja dan anggaran; versinya disebut menurut dokumennya: DPA, DPA "
                    "pergeseran, DPPA, dengan nomor dan tanggalnya.",
                    "“Tetapkan” menjadi “Catat penetapan”: nomor dan tanggal DPA, dan terpisah nomor dan tanggal "
                    "peraturan kepala daerah tentang Renja. Yang menentukan laporan tetap tanggal berlakunya.",
                    "Rencana salinan dilengkapi di satu tabel: pagu dan target tiap baris, serta isian yang masih "
                    "kosong. Baris yang benar tersimpan juga bila ada yang salah.",
                    "Rantai nilai tiap desa memperlihatkan mata rantai yang kosong dan yang dikerjakan dua SKPD untuk "
                    "satu kelompok, selagi rencana disusun. Dari draf SKPD lain hanya mata rantai, SKPD, dan "
                    "kelompoknya yang terlihat. Temuan dijawab dengan kegiatan atau satu kalimat.",
                    "Baris rencana dapat menyebut cara pengadaan, musim, dan usulan Musrenbang; halaman menyebut bulan "
                    "paling lambat mulai, dan dasbor menyebut desa yang akan tanpa pekerjaan.",
                ),
            ),
            ReleaseNote(
                "Kode kegiatan dan sumber dana",
                (
                    "Kode kegiatan baru dicocokkan dengan daftar nomenklatur tahunnya. Kode yang belum ada di daftar "
                    "tetap diterima selama daftarnya baru sebagian; kode yang sudah tersimpan tidak pernah diubah.",
                    "Memilih kode dari daftar mengisi nama kegiatan dan nama program.",
                    "DAK fisik dan DAK nonfisik dipilih sendiri-sendiri. Baris lama dengan DAK tetap seperti semula.",
                ),
            ),
            ReleaseNote(
                "Bulanan dan kurva S",
                (
                    "Realisasi tiap bulan dan rencananya (RAK) diisi di halaman Bulanan, juga lewat Excel. Angkanya "
                    "tidak diverifikasi; bulan terakhir triwulan diambil dari laporannya dan tidak diketik lagi.",
                    "Di samping angka tiap kegiatan dapat ditulis catatan; catatan itu tercetak dalam RFK.",
                    "Kurva S tiap SKPD dan program menunjukkan rencana dan kenyataan tiap bulan, dengan kedua macam "
                    "deviasi dan tanda kritis.",
                ),
            ),
            ReleaseNote(
                "Versi rencana dan koreksi",
                (
                    "Tiap halaman laporan menyebut versi rencana yang diikutinya. Versi yang berlaku sebelum triwulan "
                    "berakhir dapat dipakai dari halaman laporan; angka yang sudah diisi ikut pindah.",
                    "Realisasi kegiatan yang tidak ada lagi dalam rencana tetap terhitung sampai akhir tahun, dengan "
                    "pagu 0.",
                    "Realisasi kumulatif boleh turun bila sebabnya ditulis; fisik hanya karena salah ketik.",
                    "Laporan yang sudah disetujui atau dikunci dapat diminta dibuka kembali dengan alasan. Selama "
                    "dikoreksi, halaman umum tetap memuat angka yang disetujui dan menyebut sejak kapan dikoreksi.",
                    "Laporan dapat dicetak sebagai satu PDF, juga konsepnya untuk paraf. Nomor surat pengantar boleh "
                    "menyusul.",
                ),
            ),
            ReleaseNote(
                "Rekap resmi",
                (
                    "Menu Rekap mengisi bentuk E.81 (16 atau 17 kolom) tiap SKPD dan evaluasi RKPD dari laporan, di "
                    "layar, sebagai Excel, dan sebagai PDF dengan tanda tangan. Yang belum ada datanya tercetak –, "
                    "bukan nol.",
                    "Halaman Renstra menyimpan pagu dan target lima tahun dalam satu tabel dan menautkan kegiatan tiap "
                    "tahun dengan kodenya.",
                ),
            ),
            ReleaseNote(
                "Verifikasi",
                (
                    "Temuan otomatis memeriksa indikator juga: nilai yang turun, melonjak, jauh di atas target, atau "
                    "tidak sejalan dengan kemajuan fisiknya. Perubahan terbesar yang wajar diisi pada indikatornya.",
                    "Temuan sejenis disebut sekali, dan hanya kegiatan fisik yang maju diminta berfoto. Temuan yang "
                    "dicentang menjadi alasan pengembalian; catatan wajib hanya bila tidak ada yang dicentang.",
                    "Membatalkan pengembalian mengembalikan catatan dan centangnya.",
                ),
            ),
            ReleaseNote(
                "Laporan",
                (
                    "Laporan yang dikembalikan karena foto membuka halaman foto.",
                    "Realisasi di atas pagu diminta alasannya sebelum laporan dikirim; pemeriksa membacanya.",
                ),
            ),
            ReleaseNote(
                "Foto",
                (
                    "Beberapa foto diunggah sekaligus, sampai 20; peramban mengecilkannya lebih dulu. Waktu dan tempat "
                    "dibaca dari foto, ditandai “dari HP”, dan dapat diubah.",
                    "Kegiatan tiap foto dipilih dalam satu tabel, ditebak dari tempatnya. Sampai lima tautan "
                    "video boleh ditambahkan pada tiap kegiatan. Riwayat laporan menyebut siapa mengubah foto.",
                ),
            ),
            ReleaseNote(
                "Excel dan tabel",
                (
                    "Semua daftar dapat diunduh sebagai Excel di samping CSV, dengan kode desa, SKPD, dan kegiatan. "
                    "Daftar panjang disiapkan di belakang layar dan dapat diambil selama satu hari.",
                    "Impor menerima .ods dari LibreOffice, dan tabel dengan judul kolom sendiri: kolom mana berisi apa "
                    "ditanyakan sekali, lalu diingat untuk kantor Anda.",
                    "Tabel BPS kecamatan kali komoditas dikenali dan dijadikan baris di pratinjau. Ukuran kuintal, "
                    "ekor, m2, butir, dan liter tersedia; nama lain kecamatan dicatat di Kelola.",
                ),
            ),
            ReleaseNote(
                "SP2D",
                (
                    "SP2D diimpor dari berkas bendahara atau aplikasi keuangan, oleh SKPD atau oleh kantor pengelola "
                    "untuk semua SKPD. Baris yang sudah tersimpan dilewati; koreksi ditampilkan lama dan baru; nilai "
                    "negatif ditandai pengembalian. Daftarnya di menu SP2D.",
                    "Realisasi yang berbeda dengan SP2D kegiatannya disebut sebelum laporan dikirim dan menjadi temuan "
                    "bagi pemeriksa. “Ambil keuangan dari SP2D” mengisi kegiatan yang punya satu baris; untuk beberapa "
                    "baris jumlahnya ditampilkan untuk dibagi.",
                ),
            ),
            ReleaseNote(
                "Halaman kegiatan",
                (
                    "Tiap kegiatan punya halaman: versi rencana, target, empat triwulan, foto, laporan, tanda terima, "
                    "keputusan, dan alasan perbaikannya. Tautannya ada di setiap baris kegiatan.",
                ),
            ),
        ),
    ),
    Version(
        "0.1.0",
        date(2026, 11, 29),
        (
            ReleaseNote(
                "Istilah",
                (
                    "Desa yang ditetapkan keputusan disebut lokasi sasaran di semua halaman, naskah, dan unduhan. "
                    "Sebelumnya ada beberapa sebutan untuk hal yang sama.",
                    "Petugas program disebut pendamping masyarakat, agar tidak tertukar dengan jabatan lain di desa.",
                    "Versi pertama rencana setahun disebut Renja murni/DPA, di samping pergeseran dan perubahan.",
                    "Hitungan kepekaan bobot disebut simulasi, dengan angka awal simulasi agar dapat diulang.",
                    "Pemilihan lokasi berjalan dalam penjaringan; seleksi pendamping dalam tahap seleksi. "
                    "Yang menilai disebut anggota panel atau penilai.",
                    "Kegiatan yang tercantum dalam rencana tetapi belum mulai disebut direncanakan.",
                    "Cadangan ditetapkan; surat dikirim.",
                ),
            ),
            ReleaseNote(
                "Isian tidak hilang",
                (
                    "Isian laporan, baris rencana, kunjungan survei, berita acara, dan konsep keputusan "
                    "yang Anda ketik disimpan sendiri beberapa detik kemudian dan saat keluar halaman. "
                    "Saat Anda kembali, isian itu tampil di samping yang tersimpan: pakai atau buang.",
                    "Bila jaringan putus, salinan tersegel menunggu di peramban Anda dan dikirim saat tersambung lagi.",
                    "Penyimpanan terakhir angka realisasi dibatalkan dengan satu klik selama laporan masih konsep.",
                    "Bila sesi berakhir saat Anda mengisi, masuk lagi; isian Anda ikut dan ditawarkan di halaman itu.",
                    "Isian yang belum tersimpan hanya terlihat oleh Anda, di halaman Akun, dan hilang setelah 90 hari.",
                ),
            ),
            ReleaseNote(
                "Masuk",
                (
                    "Percobaan masuk yang gagal memperlambat jaringannya, bukan akunnya: halaman menyebut berapa detik "
                    "lagi. Percobaan yang gagal terbaca di Akun, Perangkat yang sedang masuk.",
                    "Anda dikeluarkan setelah 12 jam tanpa kegiatan, dan paling lama setelah 7 hari.",
                    "Kata sandi diminta lagi sebelum keputusan diberlakukan dan sebelum NIK dibuka.",
                ),
            ),
            ReleaseNote(
                "Berkas dan impor",
                (
                    "Berkas yang ditolak disebut bersama alasan dan cara memperbaikinya; yang terbaca tetap tersimpan.",
                    "Impor membaca angka menurut cara berkas itu menulisnya, dan bertanya bila itu tidak pasti. "
                    "Templat yang diunduh dapat diunggah kembali tanpa diubah.",
                ),
            ),
            ReleaseNote(
                "Seleksi pendamping",
                (
                    "Pelamar di luar syarat umur atau pendidikan diberi tahu saat mengisi, dan boleh tetap melamar.",
                    "“Kunci nilai” mengunci untuk seterusnya. Nilai yang keliru dikoreksi dengan berita acara; "
                    "nilai semula tetap terbaca.",
                    "Pengumuman menyebut desa tiap cadangan.",
                ),
            ),
            ReleaseNote(
                "Angka",
                (
                    "Serapan di halaman umum dibagi pagu kegiatan yang dilaporkan, dengan versi rencananya.",
                    "Realisasi di atas pagu dikatakan di isiannya; tetap dapat disimpan.",
                ),
            ),
            ReleaseNote(
                "Alamat halaman",
                ("Alamat yang memuat sebutan lama berganti. Tautan dan penanda lama tetap membuka halaman yang sama.",),
            ),
            ReleaseNote(
                "Halaman desa dan keputusan",
                (
                    "Desa yang bukan lokasi sasaran mengatakannya, dan menyebut lokasi sasaran di kecamatan yang sama.",
                    "Daftar keputusan dapat disaring menurut status; beranda kepala langsung membuka konsepnya.",
                    "Tanda DATA CONTOH berdiri sekali di atas tabel; dalam unduhan tetap di setiap baris.",
                ),
            ),
        ),
    ),
)
