"""The sending: e-mails and SMS as soon as their message is sealed, delayed ones when their time comes, letters every
hour.

*At most once* to a server that accepted: an attempt is marked before the server is spoken to and told after. A
process killed in between leaves a mark without outcome: the message is never sent again by that channel, the doubt
is kept as an attempt of its own, and a letter makes up for it when a postal address is known. *At least once* to the
household, then, by one channel or the other. A failure that the server did tell is tried again, later and later.
"""

import hashlib
import uuid
from datetime import datetime
from pathlib import Path

from django.conf import settings
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from sne.notifications import rendu, selectors
from sne.notifications.actions import (
    engager_depot,
    engager_message,
    noter_effacement,
    noter_retour,
    noter_tentative,
    relacher_lettre,
)
from sne.notifications.envois.choix import maileva, port_lettre
from sne.notifications.envois.courriels import Courriel, port_courriel
from sne.notifications.envois.effacement import effacer_fichiers
from sne.notifications.envois.lettres import Lettre
from sne.notifications.envois.pieces import Piece, PieceIndisponible, get_pieces
from sne.notifications.envois.sms import port_sms
from sne.notifications.rendu import LettreImpossible
from sne.notifications.rules import LETTRES, Canal, Issue, Resultat, adresse_de_retour, jeton
from sne.notifications.selectors import Contenu
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.acteur import SYSTEME, Acteur
from sne.socle.acteur import Canal as Porte
from sne.socle.verrous import seul

ENVOYER = "notifications.envoyer"
REPRENDRE = "notifications.reprendre"
DEPOSER_LETTRES = "notifications.deposer_lettres"
SUIVRE_LETTRE = "notifications.suivre_lettre"
EFFACER = "notifications.effacer_fichiers"
ESSAIS = RetryStrategy(max_attempts=6, exponential_wait=3)  # the database may be restarting
PAR_PASSE = 500
EXPEDITEUR = ("Registre de la demande", "de logement social")
DOUTE = Resultat(Issue.INCERTAIN, texte="Essai interrompu\u00a0: le serveur a peut-être accepté")
IMPOSSIBLE = "Un signe du texte ne peut pas être imprimé\u00a0: lettre à établir à la main"


@app.task(name=ENVOYER, queue="messages", retry=ESSAIS)
def envoyer(*, entree_id: str, **_: object) -> None:
    """Send the message that a journal entry prepared. Idempotent: running it again sends nothing again."""
    message_id = selectors.get_message_prepare(uuid.UUID(entree_id))
    if message_id is not None:
        essayer(message_id)


@app.periodic(cron="*/5 * * * *", periodic_id="reprise")
@app.task(name=REPRENDRE, queue="messages", queueing_lock=REPRENDRE)
def reprendre(timestamp: int) -> int:  # noqa: ARG001 - procrastinate gives the hour planned
    """Try again what was put off; returns how many were due."""
    dus = selectors.list_a_envoyer(le=horloge.maintenant(), au_plus=PAR_PASSE)
    for message_id in dus:
        essayer(message_id)
    return len(dus)


@app.periodic(cron="7 * * * *", periodic_id="depot")
@app.task(name=DEPOSER_LETTRES, queue="messages", queueing_lock=DEPOSER_LETTRES, retry=ESSAIS)
def deposer_lettres(timestamp: int) -> int:  # noqa: ARG001 - procrastinate gives the hour planned
    """Hand the letters that wait to the printer; returns how many left. Cut short, it is taken up again."""
    with seul(f"messages:{DEPOSER_LETTRES}") as libre:
        if not libre:
            return 0
        while engager_depot(survenu_le=horloge.maintenant(), au_plus=PAR_PASSE) is not None:
            pass
        return sum(deposer(depot, commence_le) for depot, commence_le in selectors.list_depots_ouverts())


@app.task(name=SUIVRE_LETTRE, queue="messages", retry=ESSAIS)
def suivre_lettre(*, envoi: str) -> None:
    """Ask the provider what became of a sending that it told us of, and keep it once. Idempotent."""
    prestataire = maileva()
    lue = prestataire.relire(envoi) if prestataire else None
    resultat = LETTRES.get(lue[1]) if lue else None
    if lue is None or resultat is None:
        return
    source = hashlib.sha256(f"maileva:{envoi}:{lue[1]}".encode()).hexdigest()
    noter_retour(lue[0], resultat, source=source, acte=Acte(service_des_messages(), horloge.maintenant()))


@app.periodic(cron="41 * * * *", periodic_id="effacement")
@app.task(name=EFFACER, queue="messages", queueing_lock=EFFACER, retry=ESSAIS)
def effacer(timestamp: int) -> int:  # noqa: ARG001 - procrastinate gives the hour planned
    """Erase the files of the messages erased since; returns how many messages. Cut short, it is taken up again."""
    return effacer_les_fichiers()


def effacer_les_fichiers() -> int:
    """The same, for the caller that has just erased; nothing when another process is at it."""
    with seul(f"messages:{EFFACER}") as libre:
        restants = selectors.list_a_effacer() if libre else ()
        for reste in restants:
            fichiers = effacer_fichiers(
                Path(settings.DOSSIER_VAR),
                reste.id,
                reference=jeton(reste.id, cle=selectors.cle_des_jetons()),
                depot=reste.depot,
            )
            noter_effacement(reste.id, fichiers=fichiers, survenu_le=horloge.maintenant())
        return len(restants)


def essayer(message_id: uuid.UUID) -> None:
    """One attempt at an e-mail or an SMS, if it is due and nobody else is at it."""
    with seul(f"messages:{message_id}") as libre:
        contenu = selectors.get_contenu(message_id) if libre else None
        if contenu is None or contenu.canal is Canal.LETTRE:
            return
        acteur, survenu_le = service_des_messages(), horloge.maintenant()
        try:
            pret = composer(contenu)  # before the mark: a file that cannot be made is no doubt
        except PieceIndisponible as exc:
            manque = Resultat(Issue.INDISPONIBLE, texte=str(exc))
            noter_tentative(message_id, manque, acte=Acte(acteur, survenu_le))
            return
        engage = engager_message(message_id, survenu_le=survenu_le)
        if engage is None:
            return
        resultat = expedier(contenu, pret) if engage else DOUTE
        noter_tentative(message_id, resultat, acte=Acte(acteur, horloge.maintenant()))


def composer(contenu: Contenu) -> Courriel:
    """Words, envelope and files of a message. Raises ``PieceIndisponible``."""
    return Courriel(
        destinataire=contenu.destinataire,
        texte=rendu.rediger(
            contenu.genre,
            contenu.canal,
            contenu.contexte,
            langue=contenu.langue,
            demonstration=settings.DEMONSTRATION,
        ),
        retour=adresse_de_retour(
            contenu.id,
            cle=selectors.cle_des_jetons(),
            domaine=settings.COURRIEL_EXPEDITEUR.partition("@")[2],
        ),
        reference=jeton(contenu.id, cle=selectors.cle_des_jetons()),
        pieces=get_pieces(contenu.piece, territoire=contenu.territoire)
        if contenu.canal is Canal.COURRIEL
        else (),
        arret=contenu.contexte.get("lien_arret", ""),
        repondre_a=contenu.contexte.get("repondre_a", ""),
        fil=contenu.contexte.get("fil", ""),
    )


def expedier(contenu: Contenu, courriel: Courriel) -> Resultat:
    """Speak to the server or to the operator, once."""
    if contenu.canal is Canal.SMS:
        return port_sms().envoyer(
            numero=courriel.destinataire, texte=courriel.texte.texte, reference=str(contenu.id)
        )
    return port_courriel().envoyer(courriel)


def deposer(depot: uuid.UUID, commence_le: datetime) -> int:
    """Compose and hand over the letters of one drop; the one that cannot be composed waits for another."""
    lettres = []
    for message_id in selectors.list_lettres_du_depot(depot):
        try:
            lettres.append(_lettre(message_id, commence_le))
        except (PieceIndisponible, LettreImpossible) as exc:
            relacher_lettre(message_id)
            _noter(message_id, Resultat(Issue.INDISPONIBLE, texte=str(exc) or IMPOSSIBLE))
    if not lettres:
        return 0
    resultats = port_lettre().deposer(depot, lettres, survenu_le=commence_le)
    for message_id, resultat in resultats.items():
        if resultat.issue is Issue.INDISPONIBLE:
            relacher_lettre(message_id)
        _noter(message_id, resultat)
    return sum(r.issue is Issue.ACCEPTE for r in resultats.values())


def _lettre(message_id: uuid.UUID, commence_le: datetime) -> Lettre:
    contenu = selectors.get_contenu(message_id)
    if contenu is None or contenu.adresse is None:
        raise PieceIndisponible("Adresse effacée")
    texte = rendu.rediger(
        contenu.genre, contenu.canal, contenu.contexte, demonstration=settings.DEMONSTRATION
    )
    feuille = rendu.composer_lettre(
        texte,
        contenu.adresse,
        expediteur=(*EXPEDITEUR, settings.URL_PUBLIQUE),
        jour=horloge.jour(commence_le),
        reference=f"Demande {contenu.nud}",
    )
    pieces = get_pieces(contenu.piece, territoire=contenu.territoire)
    return Lettre(contenu.id, texte.objet, contenu.adresse, (Piece("lettre.pdf", feuille), *pieces))


def _noter(message_id: uuid.UUID, resultat: Resultat) -> None:
    noter_tentative(message_id, resultat, acte=Acte(service_des_messages(), horloge.maintenant()))


def service_des_messages() -> Acteur:
    """The service acting by itself: it sends what was prepared, and holds no right."""
    return Acteur(id=SYSTEME, nom="Service des messages", canal=Porte.SYSTEME)
