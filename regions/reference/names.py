"""Names of the classifier: mended, written out for screens, and bare for lists."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

Rules = tuple[tuple[re.Pattern[str], str], ...]


def _rules(*pairs: tuple[str, str]) -> Rules:
    return tuple((re.compile(pattern), words) for pattern, words in pairs)


# The classifier's abbreviations by kind of territory, the longer ones first; the first that fits is used.
KAZAKH: dict[str, Rules] = {
    "town": _rules((r" қ\.$", " қаласы")),
    "urban_settlement": _rules((r" к\.$", " кенті")),
    "village": _rules(
        (r" (?:атындағы|атын\.?|ат\.?) ?(?:а|с|ауыл)\.?$", " атындағы ауыл"),
        (r"^а\. ?(.+)$", r"\1 ауылы"),
        (r"(?: а\.?)+$|(?<=[0-9])а\.$", " ауылы"),
    ),
    "rail_station": _rules((r" ст\.$", " станциясы")),
    "rural_okrug": _rules(
        (r" (?:атын|ат)\.? ?а\.о ?\.?$", " атындағы ауылдық округ"), (r" а\.о ?\.?$", " ауылдық округі")
    ),
    "area": _rules((r" ?уч\.$", " учаскесі")),
    "city_district": _rules((r" атын\. ?ауданы$", " атындағы аудан")),
}
RUSSIAN: dict[str, Rules] = {
    "town": _rules((r"^г\. ?", "город ")),
    "urban_settlement": _rules((r"^п\. ?", "посёлок ")),
    "village": _rules((r"^с\. ?(?:им\.|имени) ?", "село имени "), (r"^с\. ?", "село ")),
    "rail_station": _rules((r"^ст\. ?", "станция ")),
    "rail_siding": _rules((r"^рзд\. ?", "разъезд ")),
    "rural_okrug": _rules(
        (r"^с\.о\. ?им\. ?", "сельский округ имени "),
        (r"^с\.о\. ?", "сельский округ "),
        (r" ?с\.о\.?$", " сельский округ"),
    ),
    "area": _rules((r"^уч\. ?", "участок ")),
    "city_district": _rules((r"\bим\. ?", "имени ")),
}
# What a list is not ordered by.
KIND_WORDS_KK = re.compile(
    r" (?:облысы|қаласы|ауданы|кенті|ауылы|станциясы|учаскесі|ауылдық округі"
    r"|атындағы (?:ауыл|аудан|ауылдық округ)|Қ\.Ә\.|Г\.А\.|қ\.ә\.|к\.ә\.|а\.ә\.?|қыстауы|ж\.|рзд\."
    r"|бекеті)$|^(?:рзд\.|ферма) ?"
)
KIND_WORDS_RU = re.compile(
    r"^(?:область|город|район|посёлок|село|станция|разъезд|участок|сельский округ|зимовка|отг\.|ферма"
    r"|с\.а\.|п\.а\.|г\.а\.|р\.а\.|кр\.хоз\.?) ?(?:(?:имени|им\.) ?)?"
    r"| (?:Г\.А\.|г\.а\.|п\.а\.|с\.а\.|р\.а\.)$"
)


@dataclass
class Mending:
    """Mends published names and counts, per run, in how many rows each defect stood."""

    letters: dict[tuple[str, str], tuple[str, str]]
    rows: Counter[str] = field(default_factory=Counter)

    @classmethod
    def from_rows(cls, corrections: list[dict[str, str]]) -> Mending:
        """From the rows of corrections.csv: code, column, published, mended."""
        return cls({(row["code"], row["column"]): (row["published"], row["mended"]) for row in corrections})

    def mend(self, row: dict[str, str]) -> tuple[str, str]:
        """The Kazakh and the Russian name of a classifier row with right spaces and letters."""
        published = {column: row[column] for column in ("name_kk", "name_ru")}
        both = "\n".join(published.values())
        self.rows["no_break_spaces"] += "\u00a0" in both
        self.rows["double_spaces"] += "  " in both
        mended = {column: self._mend(row["code"], column, name) for column, name in published.items()}
        spaced = {column: _spaces(name) for column, name in published.items()}
        self.rows["wrong_letters"] += mended != spaced
        return mended["name_kk"], mended["name_ru"]

    def _mend(self, code: str, column: str, name: str) -> str:
        spaced = _spaces(name)
        published, mended = self.letters.get((code, column), (None, ""))
        # A newer classifier may have mended the name itself: then the correction is out of use.
        return mended if spaced == published else spaced


def _spaces(name: str) -> str:
    return " ".join(name.replace("\u00a0", " ").split())


def written_out(kind: str, name_kk: str, name_ru: str) -> tuple[str, str]:
    """Both names with the abbreviations of their kind in full: «с.Абай» → «село Абай»."""
    return _expand(KAZAKH.get(kind, ()), name_kk), _expand(RUSSIAN.get(kind, ()), name_ru)


def bare(name_kk: str, name_ru: str) -> tuple[str, str]:
    """Both names without the word for their kind, by which lists are ordered."""
    return (KIND_WORDS_KK.sub("", name_kk) or name_kk, KIND_WORDS_RU.sub("", name_ru) or name_ru)


def _expand(rules: Rules, name: str) -> str:
    plain = _spaces(name.replace('"', ""))
    for pattern, words in rules:
        written, found = pattern.subn(words, plain)
        if found:
            return written.strip()
    return plain
