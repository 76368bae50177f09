"""A person authorises a body, or a relative, to help them; or stops it."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from sne.demandeurs.rules.niveaux import Geste
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.mandat_aide import MandatAide
from sne.registre.demande.models.personne import Personne
from sne.registre.demande.rules.mandat_aide import FinMandat, Portee, StatutMandat
from sne.registre.joindre.selectors.aidants import list_courriels_de_l_organisme
from sne.registre.mandat.parametres import ParametresMandat
from sne.registre.mandat.possible import (
    CONTACT_DE_L_AIDANT,
    DEJA,
    exiger_arretable,
    exiger_autorisable,
    exiger_invitable,
)
from sne.registre.mandat.rules.mandat import (
    VERSION,
    VERSION_PROCHE,
    empreinte_de,
    exiger_portees,
    texte_signe,
)
from sne.registre.mandat.rules.proche import exiger_courriel, exiger_nom, exiger_place
from sne.registre.mandat.selectors.contacts import joignent_le_foyer, list_courriels_du_foyer
from sne.registre.mandat.selectors.invitations import empreinte_du_code, get_code
from sne.registre.mandat.selectors.mandats import (
    MandatLu,
    Offre,
    get_offre,
    get_offre_au_proche,
    list_mandats,
    texte_de,
)
from sne.registre.mandat.verbes import VerbeMandat
from sne.registre.rattachement.possible import exiger_geste
from sne.registre.rattachement.selectors.visites import Visite
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, refus_de
from sne.socle.horloge import jour
from sne.socle.lignes import trouver

AUCUNE = "Aucune aide sous ce numéro."
QUEL_ORGANISME = "Choisissez l’organisme qui vous aide."
QUELLE_DUREE = "Choisissez pour combien de temps."


@dataclass(frozen=True, slots=True)
class AidesSuivies:
    """Who helps, or helped; what may be signed for a body, for a relative, ``None`` when this session signs nothing
    here, and why not.
    """

    aides: tuple[MandatLu, ...]
    offre: Offre | None
    offre_au_proche: Offre | None
    refus: str


@dataclass(frozen=True, slots=True)
class Autorisation:
    """What a person signs. ``organisme``: its key; ``jours``: from the answer of the body on."""

    organisme: str
    portees: Collection[Portee]
    jours: int


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a person signs for a relative, whom they name. ``courriel``: where they are invited; ``jours``: from their
    answer on.
    """

    nom: str
    courriel: str
    portees: Collection[Portee]
    jours: int


Signee = Autorisation | Invitation


def suivre_aides(visite: Visite, *, survenu_le: datetime) -> AidesSuivies:
    """Who helps on this demande, for any adult of it who may stop one. Raises ``NonHabilite``."""
    exiger_geste(Geste.REVOQUER_MANDAT, visite.presence)
    le = jour(survenu_le)
    refus = refus_de(exiger_autorisable, visite, Demande.objects.get(id=visite.lien.demande_id))
    offre = None if refus else get_offre(visite.lien.territoire, le=le)
    au_proche = None if refus else get_offre_au_proche(le=le)
    return AidesSuivies(list_mandats(visite, le=le), offre, au_proche, refus)


@dataclass(frozen=True, slots=True)
class _Lue:
    """An authorisation that may be signed now, in the words that both sign."""

    organisme: str
    nom: str
    courriel: str
    portees: tuple[Portee, ...]
    texte: str
    version: str
    accepter_avant: date


def relire_autorisation(visite: Visite, dite: Signee, *, survenu_le: datetime) -> str:
    """The words that would be signed; nothing is written. Raises ``NonHabilite``, ``Interdit`` on the field."""
    return _lire(visite, Demande.objects.get(id=visite.lien.demande_id), dite, le=jour(survenu_le)).texte


def _lire(visite: Visite, demande: Demande, dite: Signee, *, le: date) -> _Lue:
    exiger_autorisable(visite, demande)
    avant = le + timedelta(days=get_parametres(le)[ParametresMandat].mandat_acceptation_jours)
    if isinstance(dite, Invitation):
        return _lire_invitation(demande, dite, avant, le=le)
    offre = get_offre(demande.territoire, le=le)
    nom = offre.organismes.get(dite.organisme)
    if nom is None:
        raise Interdit(QUEL_ORGANISME, champ="organisme")
    if MandatAide.objects.filter(demande=demande, organisme=dite.organisme, clos_le=None).exists():
        raise Interdit(DEJA, champ="organisme")
    siens = list_courriels_de_l_organisme(demande.territoire, dite.organisme, le=le)
    if joignent_le_foyer(demande, siens):
        raise Interdit(CONTACT_DE_L_AIDANT, champ="organisme")
    portees = exiger_portees(dite.portees)
    if dite.jours not in offre.durees:
        raise Interdit(QUELLE_DUREE, champ="jours")
    texte = texte_signe(nom, portees, dite.jours)
    return _Lue(dite.organisme, nom, "", portees, texte, VERSION, avant)


def _lire_invitation(demande: Demande, dite: Invitation, avant: date, *, le: date) -> _Lue:
    parametres, offre = get_parametres(le)[ParametresMandat], get_offre_au_proche(le=le)
    nom = exiger_nom(dite.nom)
    courriel = exiger_courriel(dite.courriel, du_foyer=list_courriels_du_foyer(demande))
    proches = MandatAide.objects.filter(demande=demande, clos_le=None).exclude(invitation="")
    exiger_place(
        list(proches.values_list("courriel", flat=True)), courriel, au_plus=parametres.mandat_proches_max
    )
    exiger_invitable(demande, le=le, au_plus=parametres.mandat_invitations_par_jour)
    portees = exiger_portees(dite.portees, proche=True)
    if dite.jours not in offre.durees:
        raise Interdit(QUELLE_DUREE, champ="jours")
    texte = texte_signe(nom, portees, dite.jours, proche=True)
    return _Lue("", nom, courriel, portees, texte, VERSION_PROCHE, avant)


@transaction.atomic
def autoriser_aide(visite: Visite, dite: Signee, *, formulaire: uuid.UUID, survenu_le: datetime) -> str:
    """Sign, for who helps to answer in time; the words. Posting the same form again signs nothing more.

    Raises ``NonHabilite``, ``Introuvable``, ``Interdit`` on the field.
    """
    acte = Acte(visite.acteur, survenu_le)
    demande = lock_demande(visite.lien.demande_id, acteur=acte.acteur)
    deja = MandatAide.objects.filter(id=formulaire, demande=demande).first()
    if deja is not None:
        return texte_de(deja)
    lue = _lire(visite, demande, dite, le=jour(survenu_le))
    personne = Personne.objects.get(id=visite.lien.personne_id)
    mandat = MandatAide(
        id=formulaire,
        territoire=demande.territoire,
        demande=demande,
        personne=personne,
        identite_id=personne.identite_courante_id,
        compte=visite.compte,
        organisme=lue.organisme,
        organisme_nom=lue.nom,
        invitation=empreinte_du_code(get_code(formulaire)) if lue.courriel else "",
        courriel=lue.courriel,
        portees=[str(portee) for portee in lue.portees],
        jours=dite.jours,
        accepter_avant=lue.accepter_avant,
        texte=lue.version,
        empreinte=empreinte_de(lue.texte),
        survenu_le=survenu_le,
    )
    mandat.save(force_insert=True)
    pour = {"pour": "PROCHE"} if mandat.proche else {}
    dire(VerbeMandat.PROPOSER_MANDAT, demande, acte=acte, faits=signature(mandat) | pour)
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
    mandat = trouver(MandatAide.objects.filter(id=mandat_id, demande=demande), AUCUNE)
    exiger_arretable(visite, mandat)
    finir(mandat, demande, FinMandat.REVOQUE, acte=acte)


def finir(mandat: MandatAide, demande: Demande, fin: FinMandat, *, acte: Acte) -> None:
    """End it for this reason; runs in the transaction of the caller, which holds the demande."""
    mandat.statut, mandat.fin, mandat.clos_le = StatutMandat.FINI, fin, acte.survenu_le
    mandat.save(update_fields=["statut", "fin", "clos_le"])
    dire(VerbeMandat.FINIR_MANDAT, demande, acte=acte, faits={"mandat": str(mandat.id), "fin": str(fin)})
