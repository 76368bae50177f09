"""Mailing the recap of a month to those who manage the territory on that day; telling the operator when nobody does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from sne.habilitations.models import Compte
from sne.habilitations.rules import Role
from sne.habilitations.selectors import list_porteurs
from sne.journal import actions as journal
from sne.journal.rules import Entree
from sne.notifications.actions import Pli, ecrire_a
from sne.notifications.rules import GenreAgent, Limites
from sne.referentiels.selectors import get_parametres, get_territoire
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.erreurs import require
from sne.socle.identifiants import uuid7
from sne.socle.templatetags.socle_tags import mois_en_lettres, pluriel
from sne.suivi import policies
from sne.suivi.actions.programmer import lock_envois
from sne.suivi.messages import MessageSuivi
from sne.suivi.models import EnvoiFait
from sne.suivi.rules.envois import mois_dus
from sne.suivi.selectors.envois import EnvoiEnCours, get_envoi, list_envois, list_territoires_servis
from sne.suivi.selectors.recapitulatif import list_lignes
from sne.suivi.verbes import VerbeSuivi

PIECE = "recapitulatif"


@dataclass(frozen=True, slots=True)
class _Tournee:
    """The mailing of one territory, on one day."""

    territoire: str
    envoi: EnvoiEnCours
    acte: Acte

    @property
    def jour(self) -> date:
        return horloge.jour(self.acte.survenu_le)

    @property
    def lieu(self) -> str:
        fiche = get_territoire(self.territoire)
        return fiche.nom if fiche else self.territoire


def envoyer_recapitulatifs(*, acte: Acte) -> int:
    """Mail every recap that is due, of each territory in its own transaction; how many months left.

    Idempotent: a month leaves once, and what an outage held back leaves then. Raises ``NonHabilite``.
    """
    require(policies.can_calculer(acte.acteur), "Seul le service envoie les récapitulatifs programmés.")
    return sum(_envoyer(territoire, acte=acte) for territoire in list_territoires_servis())


@transaction.atomic
def _envoyer(territoire: str, *, acte: Acte) -> int:
    lock_envois(territoire)
    envoi = get_envoi(territoire)
    if envoi is None:
        return 0
    tournee = _Tournee(territoire, envoi, acte)
    faits = {fait.mois for fait in list_envois(territoire)}
    dus = mois_dus(envoi.reglage, depuis=envoi.depuis, le=tournee.jour, faits=faits)
    if not dus:
        return 0
    gestionnaires = _comptes(Role.GESTIONNAIRE_TERRITORIAL, territoire, tournee.jour)
    if not gestionnaires:
        _dire_a_l_operateur(tournee, dus)
        return 0
    for mois in dus:
        _ecrire(tournee, MessageSuivi.RECAPITULATIF, gestionnaires, mois, _mots(tournee, mois))
        _noter(tournee, mois, destinataires=len(gestionnaires), lu=True)
    return len(dus)


def _comptes(role: Role, territoire: str, le: date) -> Sequence[Compte]:
    return [compte for compte, _ in list_porteurs({role}, territoire=territoire, le=le)]


def _dire_a_l_operateur(tournee: _Tournee, dus: Sequence[date]) -> None:
    """Once for each month; it still leaves when somebody manages the territory again."""
    deja = {fait.mois for fait in list_envois(tournee.territoire, lus=False)}
    operateurs = _comptes(Role.EXPLOITATION_NATIONALE, "", tournee.jour)
    for mois in dus:
        if mois not in deja and operateurs:
            mots = {"mois": mois_en_lettres(mois)}
            _ecrire(tournee, MessageSuivi.RECAPITULATIF_SANS_LECTEUR, operateurs, mois, mots)
            _noter(tournee, mois, destinataires=len(operateurs), lu=False)


def _mots(tournee: _Tournee, mois: date) -> dict[str, str]:
    lignes = list_lignes(tournee.territoire, de=mois, a=mois)
    signales = sum(ligne.alerte for ligne in lignes)
    return {
        "mois": mois_en_lettres(mois),
        "guichets": pluriel(len(lignes), "guichet a traité des demandes,guichets ont traité des demandes"),
        "signales": pluriel(signales, "guichet est signalé,guichets sont signalés")
        if signales
        else "Aucun guichet n’est signalé",
        "lien": f"{settings.URL_PUBLIQUE}{reverse('recapitulatif')}?mois={mois:%Y-%m}",
    }


def _ecrire(
    tournee: _Tournee, genre: GenreAgent, comptes: Sequence[Compte], mois: date, mots: Mapping[str, str]
) -> None:
    avec_fichier = genre is MessageSuivi.RECAPITULATIF
    for compte in comptes:
        pli = Pli(
            destinataire=compte.courriel,
            compte_id=compte.id,
            genre=genre,
            contexte={"territoire": tournee.lieu, **mots},
            origine=f"recapitulatif:{tournee.territoire}:{mois:%Y-%m}",
            limites=Limites.depuis(get_parametres(tournee.jour)),
            territoire=tournee.territoire,
            piece=f"{PIECE}:{mois:%Y-%m}.{tournee.envoi.reglage.format}" if avec_fichier else "",
        )
        ecrire_a(pli, acte=tournee.acte)


def _noter(tournee: _Tournee, mois: date, *, destinataires: int, lu: bool) -> None:
    fait = EnvoiFait(
        id=uuid7(),
        territoire=tournee.territoire,
        mois=mois,
        programme=tournee.envoi.programme,
        lu=lu,
        destinataires=destinataires,
        survenu_le=tournee.acte.survenu_le,
    )
    fait.save(force_insert=True)
    journal.inscrire(
        Entree(
            verbe=VerbeSuivi.ENVOYER_RECAPITULATIF,
            acte=tournee.acte,
            territoire=tournee.territoire,
            faits={
                "fait": str(fait.id),
                "mois": f"{mois:%Y-%m}",
                "destinataires": destinataires,
                "a_l_operateur": not lu,
            },
        )
    )
