"""Close demandes of everybody in a message, in detail: what software of a counter shows before it registers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from sne.referentiels.selectors import get_parametres
from sne.registre.contenu.rules import arbre
from sne.registre.contenu.rules.arbre.lieux import Adresse
from sne.registre.contenu.rules.arbre.personnes import Identite
from sne.registre.contenu.rules.arbre.racine import Contenu, Titulaire
from sne.registre.contenu.rules.arbre.souhaits import Localisation
from sne.registre.demande.actions.lignes import normaliser_nirs, traces_nir
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.policies import can_deposer, scope
from sne.registre.demande.rules.refus import PAS_ICI
from sne.registre.demande.selectors.etat import assembler
from sne.registre.doublons.actions.chercher import journaliser_recherche
from sne.registre.doublons.parametres import ParametresDoublons
from sne.registre.doublons.selectors.proches import Proche, adulte_cherche, list_proches
from sne.registre.joindre.selectors.protection import list_protegees
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, require


@dataclass(frozen=True, slots=True)
class ProcheDetaillee:
    """A close demande: who applies, and what tells one household from another.

    ``proche``: the adult who is close, and why. Nothing but ``proche`` is given of a demande that the actor may not
    read (``identite`` is ``None``), and neither addresses nor wishes of one that nobody may learn the place of.
    """

    proche: Proche
    identite: Identite | None = None
    cotitulaires: tuple[Identite, ...] = ()
    adresse_courrier: Adresse | None = None
    adresse_logement: Adresse | None = None
    localisations: tuple[Localisation, ...] = ()


@transaction.atomic
def chercher_doublons_de(
    contenu: Contenu, nirs: Mapping[str, str], *, acte: Acte, territoire: str
) -> tuple[ProcheDetaillee, ...]:
    """Demandes of the territory close to one adult at least of this content, once each, the closest first.

    ``nirs``: numbers by reference, as at a registration. One journalled search. Raises ``NonHabilite``,
    ``DepotIncomplet`` (a wrong number), ``Interdit`` for an association, which has no duplicates.
    """
    require(can_deposer(acte.acteur, territoire=territoire, guichet=acte.acteur.guichet), PAS_ICI)
    if contenu.titulaire is Titulaire.ASSOCIATION:
        raise Interdit(
            "Les doublons se cherchent pour des personnes. Cherchez l’association par son nom.",
            champ="titulaire",
        )
    lu = arbre.avec_nirs(contenu, traces_nir(normaliser_nirs(nirs, contenu)))
    adultes = [adulte for _, adulte in arbre.adultes(lu)]
    seuil = get_parametres(horloge.jour(acte.survenu_le))[ParametresDoublons].seuil_doublon_proposition
    proches = list_proches([adulte_cherche(a) for a in adultes], territoire=territoire, seuil=seuil)
    uniques = {proche.demande_id: proche for proche in reversed(proches)}
    premieres = [proche for proche in proches if uniques[proche.demande_id] is proche]
    journaliser_recherche("DOUBLONS", ", ".join(_dire(a.identite) for a in adultes), list(uniques), acte=acte)
    return _detailler(premieres, acte=acte)


def _detailler(proches: Sequence[Proche], *, acte: Acte) -> tuple[ProcheDetaillee, ...]:
    cles = [proche.demande_id for proche in proches]
    lisibles = Demande.objects.filter(scope(acte.acteur), id__in=cles).select_related("version_courante")
    contenus = {d.id: assembler(d.version_courante, avec_sante=False) for d in lisibles}
    protegees = list_protegees(cles)
    return tuple(
        _detail(proche, contenus.get(proche.demande_id), protegee=proche.demande_id in protegees)
        for proche in proches
    )


def _detail(proche: Proche, contenu: Contenu | None, *, protegee: bool) -> ProcheDetaillee:
    if contenu is None or contenu.demandeur is None:
        return ProcheDetaillee(proche)
    identite, cotitulaires = contenu.demandeur.identite, tuple(c.identite for c in contenu.cotitulaires)
    if protegee:
        return ProcheDetaillee(proche, identite, cotitulaires)
    return ProcheDetaillee(
        proche,
        identite,
        cotitulaires,
        contenu.demandeur.adresse_courrier,
        contenu.logement_actuel.adresse,
        contenu.souhaits.localisations,
    )


def _dire(identite: Identite) -> str:
    return f"{identite.nom_naissance or ''} {identite.prenoms or ''} {identite.date_naissance or ''}".strip()
