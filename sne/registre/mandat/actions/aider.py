"""A helper answers who authorised their body, reads and renews in their place, or gives it up; a relative does too."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from sne.demandeurs.rules.niveaux import Geste
from sne.habilitations.rules import Permission
from sne.habilitations.selectors.aidants import list_adresses
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.mandat_aide import MandatAide
from sne.registre.demande.rules.mandat_aide import FinMandat, StatutMandat
from sne.registre.demande.rules.rattachement import PreuveRattachement
from sne.registre.demande.selectors.etat import assembler
from sne.registre.mandat import policies
from sne.registre.mandat.actions.autoriser import finir, signature
from sne.registre.mandat.possible import (
    exiger_acceptable,
    exiger_actif,
    exiger_en_cours,
    exiger_pas_arretee,
    exiger_tenu,
)
from sne.registre.mandat.selectors.mandats import MandatLu, lire
from sne.registre.mandat.verbes import VerbeMandat
from sne.registre.modification.actions.reconcilier import Saisie
from sne.registre.rattachement.actions.ouvrir import Sienne, lire_la_sienne
from sne.registre.rattachement.actions.suivre import Suivie, suivre_demande
from sne.registre.rattachement.possible import exiger_geste
from sne.registre.rattachement.selectors.liens import Lien
from sne.registre.rattachement.selectors.visites import Visite
from sne.registre.vie.actions.renouveler import Renouvellement, renouveler_demande
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import ConflitDeRevision, refus_de
from sne.socle.horloge import jour


@dataclass(frozen=True, slots=True)
class AideOuverte:
    """One authorisation on the screen of a helper. ``accepter``: why it may not be accepted, empty when it may;
    ``suivie``, ``sienne``: the demande as the authorisation shows it, ``None`` while nobody may act under it.
    """

    mandat: MandatLu
    nud: str
    nom: str
    accepter: str
    suivie: Suivie | None
    sienne: Sienne | None

    @property
    def completer(self) -> bool:
        """Whether what is declared may be changed under it, now."""
        return self.suivie is not None and self.suivie.modifiable


@transaction.atomic
def ouvrir_aide(mandat_id: uuid.UUID, *, acte: Acte) -> AideOuverte:
    """What a helper is shown of one person; the reading is told once a day. Raises ``Introuvable``."""
    le = jour(acte.survenu_le)
    mandat = exiger_tenu(_trouver(mandat_id), acte.acteur)
    lu = lire(mandat, mandat.demande, le=le)
    suivie = sienne = None
    if not lu.empeche:
        visite = _visite(mandat, acte.acteur)
        suivie = suivre_demande(visite, survenu_le=acte.survenu_le)
        sienne = lire_la_sienne(visite, geste=Geste.LIRE_DECLARATION, survenu_le=acte.survenu_le)
    return AideOuverte(
        lu,
        mandat.demande.nud,
        nommer(mandat),
        refus_de(exiger_acceptable, mandat, mandat.demande, acte.acteur, le=le),
        suivie,
        sienne,
    )


def nommer(mandat: MandatAide) -> str:
    """The person who is helped, as they are called."""
    return f"{mandat.identite.prenoms} {mandat.identite.nom_usage or mandat.identite.nom_naissance}"


@transaction.atomic
def accepter_aide(mandat_id: uuid.UUID, *, acte: Acte) -> date:
    """Sign for the body; the last day of it. Raises ``Introuvable``, ``Interdit``."""
    mandat, demande, aidant = _verrouiller(mandat_id, acte=acte)
    le = jour(acte.survenu_le)
    exiger_acceptable(mandat, demande, acte.acteur, le=le)
    mandat.courriel = list_adresses({acte.acteur.id})[acte.acteur.id]
    mandat.aidant_par = acte.acteur.instantane_pour(Permission.MANDAT_TENIR, mandat.territoire)
    mandat.save(update_fields=["courriel"])
    return signer(mandat, demande, acte=aidant)


def signer(mandat: MandatAide, demande: Demande, *, acte: Acte) -> date:
    """The helper's signature, under ``aidant_par``; the last day. ``acte``: theirs, under the authorisation.

    Runs in the transaction of the caller, which holds the demande.
    """
    jusqu_au: date = mandat.jusqu_au or jour(acte.survenu_le) + timedelta(days=mandat.jours)
    mandat.statut, mandat.accepte_le, mandat.jusqu_au = StatutMandat.ACTIF, acte.survenu_le, jusqu_au
    mandat.aidant = acte.acteur.id
    mandat.save(update_fields=["statut", "accepte_le", "jusqu_au", "aidant", "aidant_par"])
    dire(VerbeMandat.ACCEPTER_MANDAT, demande, acte=acte, faits=signature(mandat))
    return jusqu_au


@transaction.atomic
def renoncer_a_aider(mandat_id: uuid.UUID, *, acte: Acte) -> None:
    """Refuse, or give up. Raises ``Introuvable``, ``Interdit``."""
    mandat, demande, aidant = _verrouiller(mandat_id, acte=acte)
    exiger_en_cours(mandat)
    finir(mandat, demande, FinMandat.RENONCE, acte=aidant)


@transaction.atomic
def renouveler_pour(mandat_id: uuid.UUID, *, revision: int, acte: Acte) -> Renouvellement:
    """Renew in the place of the person, who said that nothing has changed. ``revision``: the one that was read.

    Raises ``Introuvable``, ``NonHabilite``, ``ConflitDeRevision``, and as ``renouveler_demande``.
    """
    mandat, demande, aidant = _verrouiller(mandat_id, acte=acte)
    exiger_actif(mandat, demande, le=jour(acte.survenu_le))
    exiger_geste(Geste.RENOUVELER, policies.presence_de(mandat.portees))
    exiger_pas_arretee(demande)
    if demande.revision != revision:
        raise ConflitDeRevision(
            "La demande a changé depuis que cette page est ouverte. Relisez-la, puis recommencez."
        )
    contenu = assembler(demande.version_courante, avec_sante=False)
    return renouveler_demande(
        demande.id, saisie=Saisie(contenu, demande.revision), acte=aidant, sans_changement=True
    )


@transaction.atomic
def ouvrir_pour(mandat_id: uuid.UUID, *, geste: Geste, acte: Acte) -> Sienne:
    """The demande, opened to do that in the place of the person; its ``acte`` is theirs under the authorisation.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit``.
    """
    mandat = exiger_tenu(_trouver(mandat_id), acte.acteur)
    exiger_actif(mandat, mandat.demande, le=jour(acte.survenu_le))
    return lire_la_sienne(_visite(mandat, acte.acteur), geste=geste, survenu_le=acte.survenu_le)


def _trouver(mandat_id: uuid.UUID) -> MandatAide | None:
    return MandatAide.objects.select_related("demande", "identite").filter(id=mandat_id).first()


def _verrouiller(mandat_id: uuid.UUID, *, acte: Acte) -> tuple[MandatAide, Demande, Acte]:
    """The authorisation as it stands once its demande is held: stopped an instant ago, it is seen to be.

    And the act, in the place of the person. Raises ``Introuvable``.
    """
    return verrouiller(exiger_tenu(_trouver(mandat_id), acte.acteur), acte=acte)


def verrouiller(lu: MandatAide, *, acte: Acte) -> tuple[MandatAide, Demande, Acte]:
    """The same, of one that this actor may answer."""
    aidant = Acte(policies.aidant_sous(acte.acteur, lu), acte.survenu_le)
    demande = lock_demande(lu.demande_id, acteur=aidant.acteur)
    return MandatAide.objects.select_related("identite").get(id=lu.id), demande, aidant


def _visite(mandat: MandatAide, acteur: Acteur) -> Visite:
    """What the helper is worth on that demande: the parts of the authorisation, under their own name."""
    lien = Lien(
        id=mandat.id,
        territoire=mandat.territoire,
        demande_id=mandat.demande_id,
        nud=mandat.demande.nud,
        personne_id=mandat.personne_id,
        role="DEMANDEUR",
        preuve=PreuveRattachement.GUICHET,
        ecarts=(),
        depuis=mandat.survenu_le,
        en_vigueur=True,
    )
    aidant = policies.aidant_sous(acteur, mandat)
    return Visite(acteur.id, lien, policies.presence_de(mandat.portees), aidant)
