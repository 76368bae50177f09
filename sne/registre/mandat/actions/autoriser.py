"""A person authorises a body to help them, or stops it."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from sne.demandeurs.rules.niveaux import Geste
from sne.habilitations.selectors.aidants import list_organismes_aidants
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.mandat_aide import MandatAide
from sne.registre.demande.models.personne import Personne
from sne.registre.demande.rules.mandat_aide import FinMandat, Portee, StatutMandat
from sne.registre.mandat.parametres import ParametresMandat
from sne.registre.mandat.possible import DEJA, exiger_arretable, exiger_autorisable
from sne.registre.mandat.rules.mandat import VERSION, durees, empreinte_de, exiger_portees, texte_signe
from sne.registre.mandat.selectors.mandats import MandatLu, Offre, get_offre, list_mandats
from sne.registre.mandat.verbes import VerbeMandat
from sne.registre.rattachement.possible import exiger_geste
from sne.registre.rattachement.selectors.visites import Visite
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, Introuvable, refus_de
from sne.socle.horloge import jour

AUCUNE = "Aucune aide sous ce numéro."
QUEL_ORGANISME = "Choisissez l’organisme qui vous aide."
QUELLE_DUREE = "Choisissez pour combien de temps."


@dataclass(frozen=True, slots=True)
class AidesSuivies:
    """Who helps, or helped; what may be signed, ``None`` when this session signs nothing here, and why not."""

    aides: tuple[MandatLu, ...]
    offre: Offre | None
    refus: str


@dataclass(frozen=True, slots=True)
class Autorisation:
    """What a person signs. ``organisme``: its key; ``jours``: from the answer of the body on."""

    organisme: str
    portees: Collection[Portee]
    jours: int


def suivre_aides(visite: Visite, *, survenu_le: datetime) -> AidesSuivies:
    """Who helps on this demande, for any adult of it who may stop one. Raises ``NonHabilite``."""
    exiger_geste(Geste.REVOQUER_MANDAT, visite.presence)
    le = jour(survenu_le)
    refus = refus_de(exiger_autorisable, visite, Demande.objects.get(id=visite.lien.demande_id))
    offre = None if refus else get_offre(visite.lien.territoire, le=le)
    return AidesSuivies(list_mandats(visite, le=le), offre, refus)


@dataclass(frozen=True, slots=True)
class _Lue:
    """An authorisation that may be signed now, in the words that both sign."""

    nom: str
    portees: tuple[Portee, ...]
    texte: str
    accepter_avant: date


def relire_autorisation(visite: Visite, dite: Autorisation, *, survenu_le: datetime) -> str:
    """The words that would be signed; nothing is written. Raises ``NonHabilite``, ``Interdit`` on the field."""
    return _lire(visite, Demande.objects.get(id=visite.lien.demande_id), dite, le=jour(survenu_le)).texte


def _lire(visite: Visite, demande: Demande, dite: Autorisation, *, le: date) -> _Lue:
    exiger_autorisable(visite, demande)
    parametres = get_parametres(le)[ParametresMandat]
    nom = list_organismes_aidants(demande.territoire, le=le).get(dite.organisme)
    if nom is None:
        raise Interdit(QUEL_ORGANISME, champ="organisme")
    if MandatAide.objects.filter(demande=demande, organisme=dite.organisme, clos_le=None).exists():
        raise Interdit(DEJA, champ="organisme")
    portees = exiger_portees(dite.portees)
    if dite.jours not in durees(parametres.mandat_duree_max_jours):
        raise Interdit(QUELLE_DUREE, champ="jours")
    texte = texte_signe(nom, portees, dite.jours)
    return _Lue(nom, portees, texte, le + timedelta(days=parametres.mandat_acceptation_jours))


@transaction.atomic
def autoriser_aide(visite: Visite, dite: Autorisation, *, formulaire: uuid.UUID, survenu_le: datetime) -> str:
    """Sign, for the body to answer in time; the words. Posting the same form again signs nothing more.

    Raises ``NonHabilite``, ``Introuvable``, ``Interdit`` on the field.
    """
    acte = Acte(visite.acteur, survenu_le)
    demande = lock_demande(visite.lien.demande_id, acteur=acte.acteur)
    deja = MandatAide.objects.filter(id=formulaire, demande=demande).first()
    if deja is not None:
        return texte_signe(deja.organisme_nom, deja.portees, deja.jours)
    lue = _lire(visite, demande, dite, le=jour(survenu_le))
    personne = Personne.objects.get(id=visite.lien.personne_id)
    mandat = MandatAide(
        id=formulaire,
        territoire=demande.territoire,
        demande=demande,
        personne=personne,
        identite_id=personne.identite_courante_id,
        compte=visite.compte,
        organisme=dite.organisme,
        organisme_nom=lue.nom,
        portees=[str(portee) for portee in lue.portees],
        jours=dite.jours,
        accepter_avant=lue.accepter_avant,
        texte=VERSION,
        empreinte=empreinte_de(lue.texte),
        survenu_le=survenu_le,
    )
    mandat.save(force_insert=True)
    dire(VerbeMandat.PROPOSER_MANDAT, demande, acte=acte, faits=signature(mandat))
    return lue.texte


def signature(mandat: MandatAide) -> dict[str, object]:
    """What an entry says of the words that were signed."""
    return {"mandat": str(mandat.id), "texte": mandat.texte, "empreinte": mandat.empreinte}


@transaction.atomic
def arreter_aide(visite: Visite, mandat_id: uuid.UUID, *, survenu_le: datetime) -> None:
    """Stop one of this demande: the next act under it is refused.

    Raises ``NonHabilite``, ``Introuvable``, ``Interdit``.
    """
    acte = Acte(visite.acteur, survenu_le)
    demande = lock_demande(visite.lien.demande_id, acteur=acte.acteur)
    mandat = MandatAide.objects.filter(id=mandat_id, demande=demande).first()
    if mandat is None:
        raise Introuvable(AUCUNE)
    exiger_arretable(visite, mandat)
    finir(mandat, demande, FinMandat.REVOQUE, acte=acte)


def finir(mandat: MandatAide, demande: Demande, fin: FinMandat, *, acte: Acte) -> None:
    """End it for this reason; runs in the transaction of the caller, which holds the demande."""
    mandat.statut, mandat.fin, mandat.clos_le = StatutMandat.FINI, fin, acte.survenu_le
    mandat.save(update_fields=["statut", "fin", "clos_le"])
    dire(VerbeMandat.FINIR_MANDAT, demande, acte=acte, faits={"mandat": str(mandat.id), "fin": str(fin)})
