"""Counters and their bodies, read from the tables and kept a minute."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from sne.referentiels.models import Guichet, Organisme
from sne.referentiels.rules import CategorieOrganisme, FicheGuichet, TypeOrganisme
from sne.referentiels.rules.normalisation import normaliser_lieu
from sne.referentiels.selectors.instantanes import Instantane

_fiches: Instantane[dict[tuple[str, str], FicheGuichet | None]] = Instantane(dict)


def get_guichet(territoire: str, code: str, *, le: date) -> FicheGuichet | None:
    """The counter of this code in this territory if it is open on that day; ``None`` otherwise."""
    fiches = _fiches.obtenir()
    if (territoire, code) not in fiches:
        guichet = Guichet.objects.select_related("organisme").filter(territoire=territoire, code=code).first()
        fiches[territoire, code] = _fiche(guichet) if guichet else None
    fiche = fiches[territoire, code]
    return fiche if fiche and fiche.ouvert(le) else None


def list_guichets(territoire: str, *, le: date) -> tuple[FicheGuichet, ...]:
    """Counters of a territory open on that day, by code, the portal's virtual one last."""
    guichets = Guichet.objects.select_related("organisme").filter(territoire=territoire).order_by("code")
    fiches = [fiche for fiche in map(_fiche, guichets) if fiche.ouvert(le)]
    return tuple(sorted(fiches, key=lambda fiche: fiche.virtuel))


def list_fiches(territoire: str) -> dict[str, FicheGuichet]:
    """Every counter that a territory has or had, by code, in order."""
    guichets = Guichet.objects.select_related("organisme").filter(territoire=territoire).order_by("code")
    return {guichet.code: _fiche(guichet) for guichet in guichets}


def list_fiches_des(territoires: Collection[str]) -> dict[str, FicheGuichet]:
    """Every counter that these territories have or had, by territory and code (8 signs), in order: one statement."""
    guichets = (
        Guichet.objects.select_related("organisme").filter(territoire__in=[*territoires]).order_by("id")
    )
    return {guichet.id: _fiche(guichet) for guichet in guichets}


def get_nom_organisme(code: str) -> str:
    """Name of the body of this key (its SIREN); empty when we know none."""
    return Organisme.objects.filter(code=code).values_list("nom", flat=True).first() or ""


def list_organismes(territoire: str, type_organisme: TypeOrganisme, *, le: date) -> dict[str, str]:
    """Names of the bodies of this kind that have a counter open there on that day, by their key, in order."""
    fiches = list_guichets(territoire, le=le)
    noms = {f.organisme: f.organisme_nom for f in fiches if f.type_organisme is type_organisme}
    return dict(sorted(noms.items(), key=lambda paire: paire[1]))


def list_noms_d_organismes(codes: Collection[str]) -> dict[str, str]:
    """Names of these bodies, by their key; an unknown one is absent."""
    return dict(Organisme.objects.filter(code__in=codes).values_list("code", "nom"))


def list_bailleurs_nommes(texte: str, *, le: date) -> dict[str, str]:
    """Names of the social landlords of our list whose name holds these words, or whose SIREN begins so, by SIREN."""
    cherche = texte.replace(" ", "")
    nommes = Organisme.objects.filter(
        (Q(debut=None) | Q(debut__lte=le)) & (Q(fin=None) | Q(fin__gte=le)),
        type_organisme=TypeOrganisme.BAILLEUR,
    ).order_by("nom")
    if cherche.isdigit():
        return dict(nommes.filter(siren__startswith=cherche[:9]).values_list("siren", "nom"))
    mots = normaliser_lieu(texte).split()
    lus = nommes.values_list("siren", "nom") if mots else ()
    return {siren: nom for siren, nom in lus if all(mot in normaliser_lieu(nom) for mot in mots)}


def _fiche(guichet: Guichet) -> FicheGuichet:
    return FicheGuichet(
        territoire=guichet.territoire,
        code=guichet.code,
        libelle=guichet.libelle,
        organisme=guichet.organisme_id,
        organisme_nom=guichet.organisme.nom,
        type_organisme=TypeOrganisme(guichet.organisme.type_organisme),
        categorie=CategorieOrganisme(guichet.organisme.categorie),
        voie=guichet.voie,
        code_postal=guichet.code_postal,
        commune=guichet.commune_id or "",
        horaires=guichet.horaires,
        courriel=guichet.courriel,
        telephone=guichet.telephone,
        saisit_directement=guichet.saisit_directement,
        systeme_interface=guichet.systeme_interface,
        fictif=guichet.fictif,
        periode=guichet.periode,
    )
