"""What the header of a column means, in all the ways that offices write it."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from sitegen.problems import Message, msg


class Meaning(StrEnum):
    """What a column holds. The value is what a person answers when asked for it."""

    NUMBERING = "urutan"
    PROVINCE = "provinsi"
    REGENCY = "kabupaten"
    KECAMATAN = "kecamatan"
    KECAMATAN_CODE = "kode-kecamatan"
    VILLAGE = "desa"
    VILLAGE_CODE = "kode-desa"
    TPS = "nomor-tps"
    TPS_COUNT = "jumlah-tps"
    PLACE = "nama-tempat"
    ADDRESS = "alamat-tps"
    LANDMARK = "patokan"
    BY_WATER = "lewat-air"
    WHEELCHAIR = "kursi-roda"
    LAT = "lintang"
    LON = "bujur"
    POSITION = "koordinat"
    DUSUN = "dusun"
    RW = "rw"
    RT = "rt"
    COVERAGE = "rt-rw"
    PREVIOUSLY = "tps-dulu"
    MEN = "laki-laki"
    WOMEN = "perempuan"
    VOTERS = "jumlah-pemilih"
    NAME = "nama"
    ROLE = "jabatan"
    KETUA = "ketua"
    ANGGOTA = "anggota"
    CHANGE = "jenis-perubahan"
    FROM_PLACE = "tempat-lama"
    INTO = "tps-tujuan"
    NEW_DATE = "tanggal-baru"
    NEW_OPENS = "jam-mulai"
    NEW_CLOSES = "jam-selesai"
    RACES = "jenis-pemilihan"
    DECREE = "dasar-keputusan"
    DECIDED = "waktu-keputusan"
    REASON = "alasan"
    CITED = "sumber-keputusan"
    CITED_AT = "tautan-sumber"
    SOURCE = "sumber"
    AS_OF = "tanggal-data"
    RESPONSIBLE = "penanggung-jawab"
    PPS = "pps"
    OTHER_NAMES = "nama-lain"
    KECAMATAN_NAMES = "nama-lain-kecamatan"
    IGNORED = "abaikan"


REPEATABLE = frozenset({Meaning.ANGGOTA, Meaning.IGNORED, Meaning.NUMBERING, Meaning.VOTERS})
"""What several columns of one table may hold."""
SPECIFIC = frozenset(Meaning) - {Meaning.NUMBERING, Meaning.IGNORED}

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z]{2})(?=[A-Z][a-z]{2})")
_WORD = re.compile(r"[a-z]+|\d+|#")
_SAME = {
    "nomor": "no", "nomer": "no", "nmr": "no", "nom": "no", "num": "no", "number": "no",
    "jml": "jumlah", "jlh": "jumlah", "jum": "jumlah", "banyak": "jumlah", "banyaknya": "jumlah", "total": "jumlah",
    "kec": "kecamatan", "distrik": "kecamatan", "kapanewon": "kecamatan", "kemantren": "kecamatan",
    "kel": "kelurahan", "ds": "desa", "nagari": "desa", "gampong": "desa", "kalurahan": "desa", "pekon": "desa",
    "kab": "kabupaten", "prov": "provinsi", "propinsi": "provinsi",
    "lk": "l", "pria": "l", "laki": "l", "lakilaki": "l", "pr": "p", "perempuan": "p", "wanita": "p", "prempuan": "p",
    "latitude": "lat", "lintang": "lat", "longitude": "lon", "long": "lon", "lng": "lon", "bujur": "lon",
    "kordinat": "koordinat", "gps": "koordinat", "latlong": "koordinat", "latlon": "koordinat", "geotag": "koordinat",
    "longlat": "koordinat", "lokasi": "lokasi", "tlp": "telp",
}  # fmt: skip
_PHRASES = (("tempat pemungutan suara", "tps"), ("daftar pemilih tetap", "dpt"), ("sekretariat pps", "pps"))


def words_of(header: str) -> tuple[str, ...]:
    """The words of a header in one spelling: ``noTps`` and ``No. TPS`` → ``no tps``; signs are left out."""
    plain = unicodedata.normalize("NFKD", _CAMEL.sub(" ", header)).lower().replace("+", " plus ").replace("&", " dan ")
    text = " ".join(_WORD.findall(plain))
    for phrase, short in _PHRASES:
        text = re.sub(rf"\b{phrase}\b", short, text)
    found = [_SAME.get(word, word) for word in text.split()]
    return tuple(word for n, word in enumerate(found) if not n or word != found[n - 1])


_FILLERS = frozenset("nama dan atau wilayah kpu data kolom isi".split())
_ROLL = frozenset(
    "jumlah pemilih dpt tetap dalam di per tps jenis kelamin menurut berdasarkan orang data rekap".split()
)
_EXACT = {
    Meaning.NUMBERING: ("no", "#", "no urut", "urut", "nourut", "id"),
    Meaning.PROVINCE: ("provinsi",),
    Meaning.REGENCY: ("kabupaten", "kota", "kabupaten kota", "kota kabupaten"),
    Meaning.KECAMATAN: ("kecamatan",),
    Meaning.KECAMATAN_CODE: ("kode kecamatan", "kecamatan code"),
    Meaning.VILLAGE: (
        "desa", "kelurahan", "desa kelurahan", "kelurahan desa", "desa kelurahan desa adat", "kampung", "desa adat",
        "kampung kelurahan", "kelurahan kampung", "village", "desa tps", "kelurahan tps",
    ),
    Meaning.VILLAGE_CODE: (
        "kode desa", "kode kelurahan", "kode desa kelurahan", "kode kelurahan desa", "kode", "kode kemendagri",
        "kode wilayah", "village code",
    ),
    Meaning.TPS: ("tps", "no tps", "kode tps", "tps no", "tps ke", "no urut tps", "angka tps"),
    Meaning.TPS_COUNT: ("jumlah tps", "tps jumlah", "jumlah tps desa", "jumlah no tps"),
    Meaning.PLACE: (
        "place", "nama tempat", "tempat", "lokasi", "lokasi tps", "tempat tps", "letak tps", "nama lokasi",
        "nama lokasi tps",
        "nama tempat tps", "gedung", "bangunan", "letak", "nama tps", "tempat lokasi tps", "lokasi tempat tps",
    ),
    Meaning.ADDRESS: (
        "address", "alamat", "alamat tps", "alamat lokasi", "alamat lokasi tps", "alamat tempat tps",
        "alamat lengkap tps",
        "alamat tempat", "alamat letak tps", "alamat lengkap", "lokasi alamat tps", "lokasi alamat",
    ),
    Meaning.LANDMARK: ("landmark", "patokan", "penanda", "dekat dengan", "ancer ancer", "ancer"),
    Meaning.BY_WATER: ("by water", "lewat air", "jalan lewat air", "dermaga", "akses air", "akses sungai"),
    Meaning.WHEELCHAIR: ("wheelchair", "kursi roda", "dapat dicapai dengan kursi roda", "akses kursi roda"),
    Meaning.LAT: ("lat", "garis lat", "koordinat lat", "titik lat", "lat s", "lat y"),
    Meaning.LON: ("lon", "garis lon", "koordinat lon", "titik lon", "lon e", "lon x"),
    Meaning.POSITION: (
        "koordinat", "lokasi koordinat", "titik koordinat", "koordinat lokasi", "koordinat tps", "titik lokasi",
        "lat lon", "koordinat lat lon", "koordinat lokasi tps", "titik koordinat tps", "lokasi koordinat tps",
        "lon lat",
    ),
    Meaning.DUSUN: ("dusun", "lingkungan", "jorong", "banjar", "dusun lingkungan"),
    Meaning.RW: ("rw",),
    Meaning.RT: ("rt",),
    Meaning.COVERAGE: ("coverage", "rt rw", "rw rt", "cakupan", "cakupan rt rw", "cakupan rw rt",
    "cakupan wilayah rt rw"),
    Meaning.PREVIOUSLY: ("previously", "tps dulu", "tps pemilihan dulu"),
    Meaning.NAME: (
        "name", "nama", "nama lengkap", "nama kpps", "nama anggota", "nama anggota kpps", "nama petugas",
        "nama petugas kpps",
        "nama lengkap kpps", "nama lengkap anggota kpps", "nama lengkap dan gelar", "nama dan gelar", "anggota kpps",
        "nama lengkap petugas", "nama lengkap sesuai ktp", "petugas kpps", "nama ketua dan anggota",
        "nama ketua dan anggota kpps", "nama lengkap anggota",
    ),
    Meaning.ROLE: (
        "role", "jabatan", "kedudukan", "posisi", "jabatan kpps", "jabatan dalam kpps", "jabatan di kpps", "peran",
        "sebagai",
        "jabatan dalam tim", "kedudukan dalam kpps", "unsur",
    ),
    Meaning.KETUA: ("ketua", "nama ketua", "ketua kpps", "nama ketua kpps"),
    Meaning.CHANGE: ("jenis perubahan", "jenis keputusan"),
    Meaning.FROM_PLACE: ("tempat lama", "pindah dari", "tempat sebelum pindah"),
    Meaning.INTO: ("digabung ke tps", "tps tujuan", "no tps tujuan"),
    Meaning.NEW_DATE: ("tanggal baru", "tanggal pemungutan suara baru"),
    Meaning.NEW_OPENS: ("jam mulai",),
    Meaning.NEW_CLOSES: ("jam selesai",),
    Meaning.RACES: ("jenis pemilihan",),
    Meaning.DECREE: ("dasar keputusan", "sk keputusan"),
    Meaning.DECIDED: ("waktu keputusan", "diputuskan"),
    Meaning.REASON: ("alasan",),
    Meaning.CITED: ("sumber keputusan",),
    Meaning.CITED_AT: ("tautan sumber",),
    Meaning.SOURCE: ("sumber", "sumber data", "dasar data"),
    Meaning.AS_OF: ("tanggal data", "data per", "data per tanggal"),
    Meaning.RESPONSIBLE: ("penanggung jawab", "penanggung jawab data"),
    Meaning.PPS: ("pps", "tempat pps"),
    Meaning.OTHER_NAMES: ("nama lain", "nama lain desa", "ejaan lain"),
    Meaning.KECAMATAN_NAMES: ("nama lain kecamatan",),
    Meaning.IGNORED: (
        "aksi", "keterangan", "ket", "jumlah kepala keluarga", "jumlah kk", "kk", "status", "jenis", "catatan",
        "jenis kelamin", "jk", "l p", "ttd", "tanda tangan", "paraf", "gender", "jenis tps", "jenis desa",
        "jumlah keluarga", "jumlah rumah", "jumlah penduduk",
    ),
}  # fmt: skip
_MEANINGS = {phrase: meaning for meaning, phrases in _EXACT.items() for phrase in phrases}
_PEOPLE = {
    ("voters", "men"): Meaning.MEN,
    ("voters", "women"): Meaning.WOMEN,
    ("voters",): Meaning.VOTERS,
    ("l",): Meaning.MEN,
    ("p",): Meaning.WOMEN,
    ("l", "plus", "p"): Meaning.VOTERS,
    ("l", "dan", "p"): Meaning.VOTERS,
    ("plus",): Meaning.VOTERS,
}


_ABOUT_PLACE = frozenset("titik lokasi garis tps tempat data lengkap letak nama".split())
_LOOSE = (
    (Meaning.ADDRESS, "alamat", _ABOUT_PLACE | {"alamat"}),
    (Meaning.LAT, "lat", _ABOUT_PLACE | {"lat", "koordinat", "selatan", "utara", "ls", "lu", "y"}),
    (Meaning.LON, "lon", _ABOUT_PLACE | {"lon", "koordinat", "timur", "bt", "x"}),
    (Meaning.POSITION, "koordinat", _ABOUT_PLACE | {"lat", "lon", "koordinat", "maps", "google"}),
)
"""A word that decides, with the words that may stand beside it."""


def meaning_of(header: str) -> Meaning | None:
    """What a column with this header holds; None when that is not certain."""
    words = words_of(header)
    if not words:
        return None
    phrase = " ".join(words)
    if phrase in _MEANINGS:
        return _MEANINGS[phrase]
    if phrase == "jumlah" or (_ROLL.issuperset(words) and {"pemilih", "dpt"} & set(words)):
        return Meaning.VOTERS
    rest = tuple(word for word in words if word not in _ROLL)
    if rest in _PEOPLE:
        return _PEOPLE[rest]
    if rest[:1] == ("anggota",) and all(word == "kpps" or word.isdigit() for word in rest[1:]) and len(rest) > 1:
        return Meaning.ANGGOTA
    loose = next((meaning for meaning, key, others in _LOOSE if key in words and others.issuperset(words)), None)
    if loose:
        return loose
    shorter = " ".join(word for word in words if word not in _FILLERS)
    return _MEANINGS.get(shorter) if shorter not in ("kode", "lengkap", "jenis") else None


LABELS: dict[Meaning, Message] = {
    Meaning.KECAMATAN: msg("kecamatan"),
    Meaning.VILLAGE: msg("village"),
    Meaning.TPS: msg("TPS number"),
    Meaning.TPS_COUNT: msg("number of TPS of the village"),
    Meaning.PLACE: msg("place of the TPS"),
    Meaning.ADDRESS: msg("address of the TPS"),
    Meaning.MEN: msg("men (L)"),
    Meaning.WOMEN: msg("women (P)"),
    Meaning.VOTERS: msg("all voters"),
    Meaning.NAME: msg("name of a KPPS"),
    Meaning.ROLE: msg("role of a KPPS"),
    Meaning.IGNORED: msg("not to be read"),
}
"""What people call a meaning when they are asked for it."""
