"""An independent witness of what is counted on a day: each open demande read in Python, at the end of each month."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta

from sne.registre.demande.models.demande import Demande, Version
from sne.registre.demande.models.personne import Identite
from sne.registre.demande.models.radiation import Radiation
from sne.registre.faits.models import FaitDalo
from sne.socle import horloge

JOUR = timedelta(days=1)


def compter(mois: list[date]) -> Counter[tuple[str, str, str, date]]:
    """(axis, line, measure, first of month) → open demandes on the last day of that month, as the register says now."""
    comptes: Counter[tuple[str, str, str, date]] = Counter()
    for demande in Demande.objects.exclude(statut__in=["ANNULEE", "PURGEE"]):
        versions = _versions(demande)
        for premier in mois:
            fin = premier + relativedelta(months=1) - JOUR
            en_vigueur = [(jour, v) for jour, v in versions if jour <= fin]
            if not en_vigueur or en_vigueur[-1][1].statut not in ("ACTIVE", "EXPIREE"):
                continue
            jour, version = en_vigueur[-1]
            for mesure in _mesures(demande, version, fin):
                for axe, ligne in _lignes(demande, version, jour):
                    comptes[axe, ligne, mesure, premier] += 1
    return comptes


def _versions(demande: Demande) -> list[tuple[date, Version]]:
    radiees = dict(Radiation.objects.filter(demande=demande).values_list("revision", "date_radiation"))
    lues = Version.objects.filter(demande=demande).exclude(statut="ANNULEE").order_by("numero")
    return [
        (
            demande.date_enregistrement
            if v.numero == 1
            else radiees.get(v.numero, horloge.jour(v.survenu_le)),
            v,
        )
        for v in lues
    ]


def _mesures(demande: Demande, version: Version, fin: date) -> Iterator[str]:
    contenu = version.contenu
    if contenu["titulaire"] != "PERSONNE":
        yield "STOCK_ASSOCIATIONS"
        return
    mois = version.date_depot.year * 12 + version.date_depot.month - 1
    yield "STOCK"
    yield f"ANCIENNETE_MOIS={mois}"
    if "HLM" in contenu.get("logement_actuel", {}).get("statuts_occupation", ()):
        yield "STOCK_MUTATIONS"
    if version.statut == "EXPIREE":
        yield "STOCK_TOLERANCE"
    if not contenu.get("souhaits", {}).get("localisations"):
        yield "STOCK_SANS_COMMUNE"
    remplaces = FaitDalo.objects.filter(demande=demande, remplace__isnull=False).values("remplace")
    statuts = FaitDalo.objects.filter(demande=demande, nature="STATUT", statut="ACTIF", retrait=False)
    if any(d.jour <= fin <= (d.fin or fin) for d in statuts.exclude(id__in=remplaces)):
        yield "STOCK_DALO"


def _lignes(demande: Demande, version: Version, jour: date) -> Iterator[tuple[str, str]]:
    contenu = version.contenu
    yield "GUICHET", f"{demande.territoire}{version.guichet_gestionnaire}"
    lieux = contenu.get("souhaits", {}).get("localisations", [])
    yield "COMMUNE", lieux[0]["commune"] if lieux else ""
    yield "COMPOSITION", _composition(contenu)
    yield "AGE", _age(version, jour)
    yield "PERSONNES", str(min(6, _personnes(contenu)))
    types = contenu.get("souhaits", {}).get("types_logement") or [""]
    yield "TYPE_LOGEMENT", min(types)


def _foyer(contenu: Any) -> tuple[int, int, int]:
    """Adults, children, other dependants."""
    foyer = contenu.get("foyer", {})
    charges = foyer.get("personnes_a_charge", [])
    enfants = sum(p.get("lien_parente") == "E" for p in charges)
    attendus = foyer.get("enfants_a_naitre", {}).get("nombre") or 0
    autres = len(charges) - enfants
    adultes = ("demandeur" in contenu) + len(contenu.get("cotitulaires", []))
    return adultes, enfants + len(foyer.get("enfants_en_garde", [])) + attendus, autres


def _personnes(contenu: Any) -> int:
    return sum(_foyer(contenu))


def _composition(contenu: Any) -> str:
    adultes, enfants, autres = _foyer(contenu)
    liens = [c.get("lien_demandeur") for c in contenu.get("cotitulaires", [])]
    if autres or adultes > 2 or (adultes == 2 and liens[0] not in ("M", "P", "C")):
        return "AUTRE"
    seul, avec = (("SEULE", "MONOPARENTALE"), ("COUPLE", "COUPLE_ENFANTS"))[adultes == 2]
    return avec if enfants else seul


def _age(version: Version, jour: date) -> str:
    if "demandeur" not in version.contenu:
        return "INCONNU"
    dite = Identite.objects.get(
        id__in=version.identites, personne=version.contenu["demandeur"]["personne"]
    ).date_naissance
    ans = relativedelta(jour, dite).years
    classes = ((25, "-25"), (35, "25-34"), (50, "35-49"), (65, "50-64"), (75, "65-74"))
    return next((nom for borne, nom in classes if ans < borne), "75+")
