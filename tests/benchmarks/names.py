"""Names as they are common between Talu and Aia Bangih, for measures that must not have only a few of them."""

from __future__ import annotations

import random
from itertools import accumulate


class Names:
    """Few names that very many people bear, and a long tail of rare ones."""

    def __init__(self, chance: random.Random) -> None:
        self._random = chance
        rare = [
            f"{front}{middle}{end}".capitalize() for front in _FRONTS for middle in _MIDDLES for end in _ENDS
        ]  # some thousand, as one hears them there: Yusnidar, Syafrizal, Desmawati
        chance.shuffle(rare)
        half = len(rare) // 2
        self._women, self._women_weights = _with_tail(_WOMEN, rare[:half])
        self._men, self._men_weights = _with_tail(_MEN, rare[half:])
        self._seconds, self._second_weights = _with_tail((*_SECONDS, *_CLANS), rare[::3])

    def woman(self) -> str:
        """A woman's name."""
        return self._name(self._women, self._women_weights)

    def man(self) -> str:
        """A man's name."""
        return self._name(self._men, self._men_weights)

    def _name(self, firsts: list[str], weights: list[float]) -> str:
        """One word for every eighth, two for most, three for every tenth."""
        choose, length = self._random.choices, self._random.random()
        first = choose(firsts, cum_weights=weights)[0]
        if length < 0.125:
            return first
        if length < 0.9:
            return f"{first} {choose(self._seconds, cum_weights=self._second_weights)[0]}"
        second, third = choose(self._seconds, cum_weights=self._second_weights, k=2)
        return f"{first} {second} {third}"


def _with_tail(common: tuple[str, ...], rare: list[str]) -> tuple[list[str], list[float]]:
    """Three of four bear a common name, by Zipf's law; the others share the rare ones, the first of them more often."""
    head = [1 / (rank + 2) for rank in range(len(common))]
    tail = [1 / (rank + 40) for rank in range(len(rare))]
    share = 3 * sum(tail) / sum(head)
    return [*common, *rare], list(accumulate([*(weight * share for weight in head), *tail]))


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_WOMEN = _words("""
    Siti Nur Sri Rina Yuli Dewi Rosmaini Nurlela Yusnidar Fitri Eli Murni Ratna Desi Lina Maya Upik Nurhayati
    Ani Rosma Erni Wati Yanti Mega Putri Rahmi Aisyah Halimah Zubaidah Mardiana Asmarni Yulia Novita Suryani
    Lasmi Ernawati Tuti Sulastri Sumiati Painem Ngatinem Suparti Khadijah Masdalena Derlina Roslaini Netti
    Gusmiati Refnita Indah Wulan
""")
_MEN = _words("""
    Muhammad Ahmad Zulkifli Budi Eko Agus Syafril Yusuf Hendra Andi Rizki Doni Dedi Ali Iwan Joko Slamet
    Suparman Hasan Ismail Ibrahim Rahmat Taufik Ilham Arif Fajar Bambang Suyanto Ngadiman Tukiman Darman
    Syahrial Erizal Afrizal Masri Amri Basri Nasrul Yuhendri Rusdi Anwar Bakri Idris Jamal Kamal Lukman Mahmud
    Nazar Parlindungan Sahrul
""")
_SECONDS = _words("""
    Aminah Wati Sari Yanti Rahmi Putra Saputra Hidayat Rahman Efendi Susanto Wahyuni Lestari Fauzi Ilahi
    Kurniawan Hartono Setiawan Santoso Wijaya Pratama Maulana Ramadhan Syahputra Anggraini Permata Yuliana
    Hasanah Fadhilah Gunawan Firmansyah Irawan Utami Handayani Mulyani Novianti Oktavia Safitri Zahra Amelia
    Sutan Bagindo Rajo Endah
""")
_CLANS = _words("""
    Nasution Lubis Rangkuti Hasibuan Batubara Harahap Siregar Pulungan Daulay Tanjung Caniago Piliang Koto
""")
_FRONTS = _words("""
    yus syaf des mar er zul nur as ris ful mas har wel gus ef rat jas mul as in ar war dar suk tri pon
""")
_MIDDLES = _words("""
    ni ma ri li za fi mi na ra di da si lia ya ro to ma hi bu ga
""")
_ENDS = _words("""
    dar wati zal man neti yanti ton wir mi ta len sih yah rul din syah yeni nita los mar lis nah yetti dra
""")
