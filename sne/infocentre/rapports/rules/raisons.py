"""Why a demande is behind a figure, in words, from what the row of its fact says. Pure."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from sne.infocentre.mesures.catalogue import MESURES
from sne.socle.signes import INSECABLE

UN_JOUR = "1"


def _depot(jour: date, retard: str | None) -> str:
    if retard is None:
        return f"enregistrée le {_en_chiffres(jour)}"
    depot = jour - timedelta(days=int(retard))
    return f"déposée le {_en_chiffres(depot)}, enregistrée le {_en_chiffres(jour)} : {_jours(retard)}"


def _attribution(jour: date, delai: str | None, saisie: str | None) -> str:
    if delai is None or saisie is None:
        return f"bail du {_en_chiffres(jour)}"
    radiee = _en_chiffres(date.fromisoformat(saisie))
    return f"bail du {_en_chiffres(jour)}, radiée le {radiee} : {_jours(delai)}"


def _radiation(jour: date, motif: str | None) -> str:
    mesure = MESURES.get(f"RADIATIONS_{motif}")
    mots = mesure.phrase.rpartition(": ")[2] if mesure else ""
    return f"radiée le {_en_chiffres(jour)}" + (f"{INSECABLE}: {mots}" if mots else "")


_DITS: Mapping[str, tuple[tuple[str, ...], Callable[..., str]]] = {
    "depot": (("retard_jours",), _depot),
    "attribution": (("delai_jours", "saisie"), _attribution),
    "radiation": (("motif",), _radiation),
}


def colonnes_a_dire(mesure: str) -> tuple[str, ...]:
    """Columns of the fact of this measure by which a row is explained, in the order of their names."""
    return _DITS.get(MESURES[mesure].fait, ((), str))[0]


def raison(mesure: str, dits: Sequence[str | None]) -> str:
    """« bail du 20/02/2024, radiée le 28/02/2024 : 8 jours ». ``dits``: the day, then :func:`colonnes_a_dire`."""
    premier, *suite = dits
    jour = date.fromisoformat(premier or "")
    if MESURES[mesure].fait in _DITS:
        return _DITS[MESURES[mesure].fait][1](jour, *suite)
    return f"le {_en_chiffres(jour)}"


def _jours(nombre: str) -> str:
    return f"{nombre}{INSECABLE}jour" + ("" if nombre in {"0", UN_JOUR, "-1"} else "s")


def _en_chiffres(jour: date) -> str:
    return f"{jour:%d/%m/%Y}"
