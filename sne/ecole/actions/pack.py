"""The thirty households of a new bac: each tells one rule."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sne.ecole.actions.bacs import vider_bac
from sne.ecole.actions.vol import voler
from sne.ecole.models import Bac
from sne.ecole.parametres import ParametresEcole
from sne.ecole.rules.bacs import (
    BAILLEUR,
    COMMUNES,
    code_postal_de,
    communes_de,
    guichet_bailleur_de,
    guichet_de,
)
from sne.ecole.rules.pack import CONJOINT, PACK, Menage
from sne.habilitations.rules import Role
from sne.habilitations.rules.acteurs import SYSTEME, mandat
from sne.referentiels.selectors import get_parametres
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.rules.radiation import MotifRadiation, SousMotif
from sne.registre.demande.rules.services import horloge_du_registre
from sne.registre.demande.selectors.etat import get_contenu
from sne.registre.depot.actions.construire import Depot, PieceVue
from sne.registre.depot.actions.deposer import deposer_demande
from sne.registre.faits.actions.attributions import consigner_attribution
from sne.registre.faits.actions.dalo import consigner_dalo
from sne.registre.faits.rules.attributions import AttributionSaisie
from sne.registre.faits.rules.dalo import FaitDaloSaisi, NatureDalo
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.separation.actions.separer import separer_demande
from sne.registre.separation.rules import FaitsSeparation
from sne.registre.vie.actions.prevenir import prevenir_demande
from sne.registre.vie.actions.radier import expirer_demande, radier_demande
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur, Canal, Perimetre
from sne.socle.horloge import jour
from sne.socle.identifiants import uuid7
from sne.socle.verrous import seul

COURRIER, PREAVIS, VALIDITE = (timedelta(days=n) for n in (1, 335, 367))  # after the deposit
REFUGE = {"numero": "9", "voie": "place du Marché"}  # of who left, nobody else's
UN_AUTRE_GUICHET = "Guichet fictif de l’École"
LOGEMENT = AttributionSaisie(
    jour=date.min, bail_signe=True, deja_loge="NON", accord="AUCUN", reservataire="PPRIOR", rpls="A1B2C3D4E5"
)


def acteur_du_bac(
    territoire: str, role: Role = Role.AGENT_GUICHET, rang: int = 0, *, bailleur: bool = False
) -> Acteur:
    """Somebody else of this territory: who registered its pack, who acts in a scenario; not the service, whose clock
    may answer what they asked. ``rang``: which of those of this role, where an act takes two; ``bailleur``: at the
    guichet of the landlord.
    """
    ici = guichet_bailleur_de(territoire) if bailleur else guichet_de(territoire)
    guichet = ici if role is Role.AGENT_GUICHET else ""
    mandats = (mandat(role, Perimetre(territoire, guichet), organisme=BAILLEUR if bailleur else ""),)
    lui = uuid.uuid5(
        SYSTEME, f"{territoire} {role}" + (f" {rang}" if rang else "") + (" bailleur" * bailleur)
    )
    return Acteur(lui, UN_AUTRE_GUICHET, Canal.GUICHET, mandats, guichet=guichet, territoire=territoire)


def semer_une_fois(bac: Bac, *, survenu_le: datetime) -> None:
    """Sow an empty bac, whatever calls come together: the others wait until it is sown."""
    with seul(f"ecole_semer:{bac.territoire}", attendre=True):
        bac.refresh_from_db(fields=["seme_le", "avance"])
        if bac.seme_le is None:
            semer(bac, survenu_le=survenu_le)


def semer(bac: Bac, *, survenu_le: datetime) -> int:
    """Register the households of the pack, whatever a sowing that was stopped left; returns how many."""
    vider_bac(bac, survenu_le=survenu_le)
    for rang, menage in enumerate(PACK):
        _enregistrer(bac, rang, menage, survenu_le=survenu_le)
    Bac.objects.filter(pk=bac.pk).update(seme_le=survenu_le)
    bac.seme_le = survenu_le
    return len(PACK)


def _enregistrer(bac: Bac, rang: int, menage: Menage, *, survenu_le: datetime) -> None:
    acteur, instant = acteur_du_bac(bac.territoire), survenu_le - timedelta(days=menage.depuis_jours)
    premier = get_parametres(jour(survenu_le))[ParametresEcole].ecole_bac_premier
    commune = communes_de(bac.territoire, premier)[rang % len(COMMUNES)]
    contenu = menage.contenu(commune, code_postal_de(bac.territoire))
    depot = _depot(bac, contenu, recu=jour(instant), ecartes="Vu avec le ménage" if menage.jumeau else "")
    demande = deposer_demande(depot, acte=Acte(acteur, instant)).demande_id
    if menage.expiree or menage.radiee is MotifRadiation.RADREN:
        _laisser_finir(demande, bac.territoire, depuis=instant)
    if menage.radiee:
        _radier(demande, bac.territoire, menage.radiee, depuis=instant, survenu_le=survenu_le)
    if menage.volee or menage.dalo:
        _par_les_gestionnaires(demande, bac.territoire, menage, depuis=instant, survenu_le=survenu_le)
    if menage.separee:
        seul = contenu | {"demandeur": contenu["demandeur"] | CONJOINT, "cotitulaires": []}
        seul["demandeur"].pop("lien_demandeur")
        seul["demandeur"]["adresse_courrier"] |= REFUGE
        partie = FaitsSeparation("", "JUGDIV", "Jugement gardé au guichet", secrete=True)
        separer_demande(
            demande, partie, _depot(bac, seul, recu=jour(survenu_le)), acte=Acte(acteur, survenu_le)
        )
    if menage.nouveau_nom:
        change = get_contenu(demande, 1, acteur=acteur).model_dump(mode="json", exclude_none=True)
        change["demandeur"]["identite"]["nom_naissance"] = menage.nouveau_nom
        modifier_demande(
            demande,
            contenu=Contenu.model_validate(change),
            revision=1,
            acte=Acte(acteur, survenu_le),
            motif="Rectification demandée",
        )


def _par_les_gestionnaires(
    demande: uuid.UUID, territoire: str, menage: Menage, *, depuis: datetime, survenu_le: datetime
) -> None:
    """What the managers of the territory have a hand in."""
    un, autre = (
        Acte(acteur_du_bac(territoire, Role.GESTIONNAIRE_TERRITORIAL, rang), survenu_le) for rang in range(2)
    )
    if menage.volee:
        voler(demande, guichet=Acte(acteur_du_bac(territoire), survenu_le), un=un, autre=autre)
    if menage.dalo:
        reconnu = FaitDaloSaisi(NatureDalo.STATUT, jour(depuis + COURRIER), statut="ACTIF", typologie="03")
        consigner_dalo(demande, reconnu, acte=un)


def _radier(
    demande: uuid.UUID, territoire: str, motif: MotifRadiation, *, depuis: datetime, survenu_le: datetime
) -> None:
    """By whoever may for this reason, on its proof."""
    faits = FaitsRadiation(motif, date_courrier=jour(depuis + COURRIER), document="Courrier du ménage")
    acteur = acteur_du_bac(territoire, bailleur=motif in {MotifRadiation.RADATT, MotifRadiation.RADIRR})
    if motif is MotifRadiation.RADIRR:
        faits = replace(faits, sous_motif=SousMotif.IRRRES)
    elif motif is MotifRadiation.RADATT:
        faits = FaitsRadiation(motif)
        bail = replace(LOGEMENT, jour=jour(depuis + COURRIER), bail_signe_le=jour(depuis + COURRIER))
        consigner_attribution(demande, bail, acte=Acte(acteur, survenu_le))
    elif motif is MotifRadiation.RADREN:
        faits, acteur = FaitsRadiation(motif), horloge_du_registre(territoire)
    radier_demande(demande, faits, acte=Acte(acteur, survenu_le))


def _depot(bac: Bac, contenu: Mapping[str, Any], *, recu: date, ecartes: str = "") -> Depot:
    """What the guichet of the bac hands in."""
    return Depot(
        id=uuid7(),
        territoire=bac.territoire,
        guichet=guichet_de(bac.territoire),
        contenu=Contenu.model_validate(contenu),
        date_reception=recu,
        nirs={},
        piece_vue=PieceVue("CNI", recu),
        doublons_ecartes=ecartes,
    )


def _laisser_finir(demande: uuid.UUID, territoire: str, *, depuis: datetime) -> None:
    """The notice in its time, then the end of the validity: what the clock of the register did each day."""
    horloge = horloge_du_registre(territoire)
    prevenir_demande(demande, acte=Acte(horloge, depuis + PREAVIS))
    expirer_demande(demande, acte=Acte(horloge, depuis + VALIDITE))
