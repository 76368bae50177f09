"""Remind those who decide on changes of identity that some wait; report to the operator those left too long."""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from sne.habilitations.models import Compte
from sne.habilitations.rules import Permission, Role, sans_droit
from sne.habilitations.selectors import acteur_de, list_porteurs
from sne.journal import actions as journal
from sne.notifications.actions import Pli, ecrire_a
from sne.notifications.rules import GenreAgent, Limites
from sne.referentiels.selectors import get_parametres, get_territoire
from sne.registre.controle.selectors.controle import get_seuils
from sne.registre.demande.actions.dire import entree_de
from sne.registre.demande.models.demande import Demande
from sne.registre.identite import policies
from sne.registre.identite.messages import MessageIdentite
from sne.registre.identite.models import RappelIdentite
from sne.registre.identite.rules.echanges import Rappel
from sne.registre.identite.rules.rappels import Resume, en_jours_ouvres, resumer
from sne.registre.identite.selectors.a_decider import changements_de
from sne.registre.identite.selectors.rappels import ARappeler, has_rappels_du, list_a_rappeler
from sne.registre.identite.verbes import VerbeIdentite
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.erreurs import require
from sne.socle.identifiants import uuid7
from sne.socle.templatetags.socle_tags import date_longue

DECIDEURS = frozenset({Role.GESTIONNAIRE_TERRITORIAL, Role.RESPONSABLE_GUICHET})


@dataclass(frozen=True, slots=True)
class _Tournee:
    """One day's reminders in one territory."""

    territoire: str
    lieu: str
    dus: Sequence[ARappeler]
    operateurs: Sequence[Compte]
    acte: Acte

    @property
    def jour(self) -> date:
        return horloge.jour(self.acte.survenu_le)


@transaction.atomic
def rappeler_identites(territoire: str, *, acte: Acte) -> int:
    """Send the marks reached in a territory, one digest for each person; how many marks. All are sent once a day, or
    none. A mark for which there was nobody to tell is sent once there is somebody. Raises ``NonHabilite``.
    """
    require(policies.can_rappeler(acte.acteur, territoire=territoire), sans_droit(Permission.DEMANDE_LIRE))
    tournee = _preparer(territoire, acte=acte)
    if not tournee.dus:
        return 0
    decideurs = _rappeler(tournee)
    _signaler(tournee)
    envoyes = [
        _rappel(tournee, du, marque, destinataires=nombre)
        for du in tournee.dus
        for marque in du.marques
        if (nombre := len(tournee.operateurs) if marque is Rappel.ESCALADE else decideurs[du.identite_id])
    ]
    RappelIdentite.objects.bulk_create(envoyes)
    _journaliser(tournee, envoyes)
    return len(envoyes)


def _preparer(territoire: str, *, acte: Acte) -> _Tournee:
    """What is to be sent; while there is no operator, the last mark waits and reminds nobody."""
    jour = horloge.jour(acte.survenu_le)
    fiche = get_territoire(territoire)
    dus = () if has_rappels_du(territoire, jour=jour) else list_a_rappeler(territoire, jour=jour)
    operateurs = list_porteurs({Role.EXPLOITATION_NATIONALE}, territoire="", le=jour) if dus else ()
    if not operateurs:
        dites = [replace(du, marques=tuple(m for m in du.marques if m is not Rappel.ESCALADE)) for du in dus]
        dus = tuple(du for du in dites if du.marques)
    return _Tournee(
        territoire,
        fiche.nom if fiche else territoire,
        dus,
        [compte for compte, _ in operateurs],
        acte,
    )


def _rappeler(tournee: _Tournee) -> Counter[uuid.UUID]:
    """One digest for each person who may decide on one of these; how many persons were told of each."""
    dits: Counter[uuid.UUID] = Counter()
    dus = {du.identite_id for du in tournee.dus}
    for compte, poste in list_porteurs(DECIDEURS, territoire=tournee.territoire, le=tournee.jour):
        decideur = acteur_de(compte, le=tournee.jour, territoire=poste.territoire, guichet=poste.guichet)
        attendent = changements_de(decideur, tournee.jour).filter(territoire=tournee.territoire)
        siens = dict(attendent.values_list("id", "depuis"))
        if dus.isdisjoint(siens):
            continue
        dits.update(dus & siens.keys())
        resume = _resumer(
            tournee, [horloge.jour(depuis) for depuis in siens.values()], attend="votre décision"
        )
        mots = {
            "nombre": resume.nombre,
            "depuis": date_longue(resume.depuis),
            "rappels": resume.rappels,
            "lien": f"{settings.URL_PUBLIQUE}{reverse('identites')}",
        }
        _ecrire(tournee, MessageIdentite.IDENTITES_A_DECIDER, compte, mots)
    return dits


def _signaler(tournee: _Tournee) -> None:
    """Report to the national operator what nobody decided for too long."""
    demandees = [du.demande_le for du in tournee.dus if Rappel.ESCALADE in du.marques]
    if not demandees:
        return
    resume = _resumer(tournee, demandees, attend="une décision")
    mots = {
        "nombre": resume.nombre,
        "depuis": date_longue(resume.depuis),
        "delai": en_jours_ouvres(get_seuils(tournee.jour).identite_escalade_jours),
    }
    for compte in tournee.operateurs:
        _ecrire(tournee, MessageIdentite.IDENTITES_SIGNALEES, compte, mots)


def _resumer(tournee: _Tournee, demandees: Sequence[date], *, attend: str) -> Resume:
    return resumer(demandees, tournee.jour, get_seuils(tournee.jour), attend=attend)


def _ecrire(tournee: _Tournee, genre: GenreAgent, compte: Compte, mots: Mapping[str, str]) -> None:
    parametres = get_parametres(tournee.jour)
    pli = Pli(
        destinataire=compte.courriel,
        compte_id=compte.id,
        genre=genre,
        contexte={"territoire": tournee.lieu, **mots},
        origine=f"identites:{tournee.territoire}:{tournee.jour:%Y-%m-%d}",
        limites=Limites.depuis(parametres),
        territoire=tournee.territoire,
    )
    ecrire_a(pli, acte=tournee.acte)


def _rappel(tournee: _Tournee, du: ARappeler, marque: Rappel, *, destinataires: int) -> RappelIdentite:
    return RappelIdentite(
        id=uuid7(),
        territoire=tournee.territoire,
        demande_id=du.demande_id,
        identite_id=du.identite_id,
        marque=marque.value,
        destinataires=destinataires,
        survenu_le=tournee.acte.survenu_le,
    )


def _journaliser(tournee: _Tournee, envoyes: Sequence[RappelIdentite]) -> None:
    """One entry for each mark sent, on its demande."""
    revisions = {du.demande_id: du.revision for du in tournee.dus}
    journal.inscrire_en_lot(
        [
            entree_de(
                VerbeIdentite.RAPPELER_IDENTITE,
                Demande(id=rappel.demande_id, territoire=tournee.territoire),
                acte=tournee.acte,
                revision=revisions[rappel.demande_id],
                faits={
                    "rappel": str(rappel.id),
                    "identite": str(rappel.identite_id),
                    "marque": rappel.marque,
                    "destinataires": rappel.destinataires,
                },
            )
            for rappel in envoyes
        ]
    )
