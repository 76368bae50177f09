"""Alerting a counter about its figures: asked by a territorial manager, answered, followed up, closed."""

import uuid
from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse

from sne.habilitations.models import Compte
from sne.habilitations.rules import Permission, Role, sans_droit
from sne.habilitations.selectors import list_porteurs
from sne.journal import actions as journal
from sne.journal.rules import Entree, Verbe
from sne.notifications.actions import Pli, ecrire_a
from sne.notifications.rules import GenreAgent, Limites
from sne.referentiels.selectors import get_parametres, get_territoire, list_fiches
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, require
from sne.socle.identifiants import uuid7
from sne.socle.templatetags.socle_tags import date_longue
from sne.suivi import policies
from sne.suivi.actions.exporter import Periode
from sne.suivi.messages import MessageSuivi
from sne.suivi.models import AlerteGuichet, SuiteAlerte
from sne.suivi.parametres import ParametresSuivi
from sne.suivi.rules import alertes as rules
from sne.suivi.rules.activite import mois_entre
from sne.suivi.rules.alertes import NatureSuite
from sne.suivi.rules.classement import MotifClassement, lire_motif
from sne.suivi.selectors.alertes import (
    get_alerte,
    list_designables,
    list_designes,
    list_ouvertes,
    list_repondants,
    suites_de,
)
from sne.suivi.selectors.recapitulatif import list_lignes
from sne.suivi.verbes import VerbeSuivi


@transaction.atomic
def ouvrir_alerte(guichet: str, periode: Periode, *, texte: str, acte: Acte) -> uuid.UUID:
    """Ask a counter of the territory acted for about its figures of these months, kept as they are now. The alert's id.

    Its managers are written to. Raises ``NonHabilite``, ``Interdit`` (an unknown counter, a wrong period, an alert that
    is open already, ill said).
    """
    territoire, le = acte.acteur.territoire, horloge.jour(acte.survenu_le)
    require(policies.can_classer(acte.acteur, territoire=territoire), sans_droit(Permission.SUIVI_CLASSER))
    _lock(territoire, guichet)
    rules.exiger_ouvrable(
        len(mois_entre(periode.de, periode.a)),
        guichet_connu=guichet in list_fiches(territoire),
        deja_ouverte=bool(list_ouvertes(guichet=(territoire, guichet))),
    )
    lues = list_lignes(territoire, de=periode.de, a=periode.a)
    alerte = AlerteGuichet(
        id=uuid7(),
        territoire=territoire,
        guichet=guichet,
        de=periode.de,
        a=periode.a,
        chiffres=rules.figer([ligne for ligne in lues if ligne.activite.guichet == guichet]),
        texte=rules.lire_message(texte),
        auteur=acte.acteur.id,
        ouverte_par=acte.acteur.instantane(),
        survenu_le=acte.survenu_le,
    )
    alerte.save(force_insert=True)
    prevenus = _ecrire(
        alerte,
        MessageSuivi.ALERTE_OUVERTE,
        list_repondants(territoire, guichet, le=le),
        origine=str(alerte.id),
        attendue_le=rules.attendue_le(
            le, [], jours=get_parametres(le)[ParametresSuivi].alerte_guichet_reponse_jours
        ),
        acte=acte,
    )
    _journaliser(alerte, VerbeSuivi.OUVRIR_ALERTE, acte=acte, guichet=guichet, prevenus=prevenus)
    cle: uuid.UUID = alerte.id
    return cle


@transaction.atomic
def designer_repondant(alerte_id: uuid.UUID, compte_id: uuid.UUID, *, acte: Acte) -> None:
    """A manager of the counter names one of its agents to answer; they may read the alert from then on.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (no agent of that counter, answered already, closed).
    """
    alerte = _ouvrir(alerte_id, acte=acte)
    le = horloge.jour(acte.survenu_le)
    lue = get_alerte(alerte_id, acte.acteur, le=le)
    require(lue.designe, "Seul un responsable de ce guichet désigne qui répond.")
    rules.exiger_a_repondre(lue.etat)
    agents = {c.id: c for c in list_designables(alerte.territoire, alerte.guichet, le=le)}
    if compte_id not in agents:
        raise Interdit("Choisissez un agent de ce guichet.", champ="compte")
    designe = agents[compte_id]
    _suivre(
        alerte,
        NatureSuite.DESIGNATION,
        VerbeSuivi.DESIGNER_REPONDANT,
        acte=acte,
        designe=designe,
    )
    _ecrire(
        alerte,
        MessageSuivi.ALERTE_OUVERTE,
        [designe],
        origine=str(alerte.id),
        attendue_le=lue.attendue_le,
        acte=acte,
    )


@transaction.atomic
def repondre_alerte(alerte_id: uuid.UUID, *, texte: str, acte: Acte) -> None:
    """Answer for the counter: a manager of its body, or who was designated. Managers of the territory are told.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (answered already, closed, ill said).
    """
    alerte = _ouvrir(alerte_id, acte=acte)
    lue = get_alerte(alerte_id, acte.acteur, le=horloge.jour(acte.survenu_le))
    require(lue.repond, "Seul un responsable de ce guichet, ou la personne qu’il désigne, répond.")
    rules.exiger_a_repondre(lue.etat)
    suite = _suivre(
        alerte,
        NatureSuite.REPONSE,
        VerbeSuivi.REPONDRE_ALERTE,
        texte=rules.lire_message(texte),
        acte=acte,
    )
    porteurs = list_porteurs(
        {Role.GESTIONNAIRE_TERRITORIAL}, territoire=alerte.territoire, le=horloge.jour(acte.survenu_le)
    )
    _ecrire(
        alerte,
        MessageSuivi.ALERTE_REPONDUE,
        [compte for compte, _ in porteurs],
        origine=f"{alerte.id}:{suite.id}",
        acte=acte,
    )


@transaction.atomic
def relancer_alerte(alerte_id: uuid.UUID, *, texte: str, acte: Acte) -> None:
    """Follow up an answer with another question: the territorial manager.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (not answered yet, closed, ill said).
    """
    alerte = _ouvrir(alerte_id, acte=acte)
    require(
        policies.can_classer(acte.acteur, territoire=alerte.territoire), sans_droit(Permission.SUIVI_CLASSER)
    )
    rules.exiger_repondue(rules.etat(suites_de(alerte)))
    message = rules.lire_message(texte)
    _relancer(alerte, texte=message, acte=acte)


@transaction.atomic
def clore_alerte(alerte_id: uuid.UUID, *, motif: str, texte: str, acte: Acte) -> None:
    """End an alert, with a reason of the closed list: the territorial manager.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (closed already, no reason, ill said).
    """
    alerte = _ouvrir(alerte_id, acte=acte)
    require(
        policies.can_classer(acte.acteur, territoire=alerte.territoire), sans_droit(Permission.SUIVI_CLASSER)
    )
    rules.exiger_non_close(rules.etat(suites_de(alerte)))
    _suivre(
        alerte,
        NatureSuite.CLOTURE,
        VerbeSuivi.CLORE_ALERTE,
        motif=lire_motif(motif),
        texte=rules.lire_message(texte) if texte.strip() else "",
        acte=acte,
    )


def relancer_alertes(*, acte: Acte) -> int:
    """Remind every counter that is late; how many. Idempotent within a day. Raises ``NonHabilite``."""
    require(policies.can_calculer(acte.acteur), "Seul le service relance les guichets.")
    le = horloge.jour(acte.survenu_le)
    jours = get_parametres(le)[ParametresSuivi].alerte_guichet_reponse_jours
    return sum(_relancer_si_due(alerte, le=le, jours=jours, acte=acte) for alerte in list_ouvertes())


@transaction.atomic
def _relancer_si_due(lue: AlerteGuichet, *, le: date, jours: int, acte: Acte) -> bool:
    _lock(lue.territoire, lue.guichet)
    alerte = AlerteGuichet.objects.prefetch_related("suites").get(id=lue.id)
    if not rules.a_relancer(horloge.jour(alerte.survenu_le), suites_de(alerte), le=le, jours=jours):
        return False
    _relancer(alerte, texte="", acte=acte)
    return True


def _relancer(alerte: AlerteGuichet, *, texte: str, acte: Acte) -> None:
    le = horloge.jour(acte.survenu_le)
    suite = _suivre(alerte, NatureSuite.RELANCE, VerbeSuivi.RELANCER_ALERTE, texte=texte, acte=acte)
    _ecrire(
        alerte,
        MessageSuivi.ALERTE_RELANCEE,
        [*list_repondants(alerte.territoire, alerte.guichet, le=le), *list_designes(alerte, le=le)],
        origine=f"{alerte.id}:{suite.id}",
        acte=acte,
    )


def _ouvrir(alerte_id: uuid.UUID, *, acte: Acte) -> AlerteGuichet:
    """The alert, with what followed, once nobody else writes of it. Raises ``Introuvable`` out of the perimeter."""
    lue = get_alerte(alerte_id, acte.acteur, le=horloge.jour(acte.survenu_le))
    _lock(lue.territoire, lue.guichet)
    return AlerteGuichet.objects.prefetch_related("suites").get(id=alerte_id)


def _lock(territoire: str, guichet: str) -> None:
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"alerte|{territoire}|{guichet}"]
        )


def _suivre(
    alerte: AlerteGuichet,
    nature: NatureSuite,
    verbe: Verbe,
    *,
    texte: str = "",
    motif: MotifClassement | None = None,
    designe: Compte | None = None,
    acte: Acte,
) -> SuiteAlerte:
    suite = SuiteAlerte(
        id=uuid7(),
        territoire=alerte.territoire,
        alerte=alerte,
        nature=nature.value,
        texte=texte,
        motif=motif.value if motif else "",
        compte=designe.id if designe else None,
        auteur=acte.acteur.id,
        ecrite_par=acte.acteur.instantane() | ({"designe": designe.nom_complet} if designe else {}),
        survenu_le=acte.survenu_le,
    )
    suite.save(force_insert=True)
    dits = {"suite": str(suite.id)} | ({"motif": motif.value} if motif else {})
    _journaliser(alerte, verbe, acte=acte, **dits)
    return suite


def _journaliser(alerte: AlerteGuichet, verbe: Verbe, *, acte: Acte, **faits: object) -> None:
    journal.inscrire(
        Entree(
            verbe=verbe,
            acte=acte,
            territoire=alerte.territoire,
            faits={"alerte": str(alerte.id), **faits},
        )
    )


def _ecrire(
    alerte: AlerteGuichet,
    genre: GenreAgent,
    comptes: Iterable[Compte],
    *,
    origine: str,
    attendue_le: date | None = None,
    acte: Acte,
) -> int:
    """Write to these persons; how many. What is written in the alert is read on screen, after signing in."""
    le = horloge.jour(acte.survenu_le)
    fiche, lieu = list_fiches(alerte.territoire).get(alerte.guichet), get_territoire(alerte.territoire)
    delai = f" Une réponse est attendue avant le {date_longue(attendue_le)}." if attendue_le else ""
    mots = {
        "territoire": lieu.nom if lieu else alerte.territoire,
        "guichet": f"{fiche.libelle} ({alerte.guichet})" if fiche else alerte.guichet,
        "delai": delai,
        "lien": f"{settings.URL_PUBLIQUE}{reverse('alerte', args=[alerte.id])}",
    }
    prevenus = 0
    for compte in comptes:
        pli = Pli(
            destinataire=compte.courriel,
            compte_id=compte.id,
            genre=genre,
            contexte=mots,
            origine=f"alerte:{origine}",
            limites=Limites.depuis(get_parametres(le)),
            territoire=alerte.territoire,
        )
        prevenus += ecrire_a(pli, acte=acte)
    return prevenus
