"""Saying that one has read the reminder, answering a situation; campaigns."""

from datetime import date

from django.conf import settings
from django.db import transaction

from sne.cellules.routage import lister_partout
from sne.habilitations.rules import Role
from sne.habilitations.selectors import list_porteurs
from sne.habilitations.selectors.revues import list_territoires_tenus
from sne.journal import actions as journal
from sne.journal.rules import Entree, Verbe
from sne.notifications.actions import Pli, ecrire_a
from sne.notifications.rules import Limites
from sne.referentiels.selectors import get_parametres
from sne.sensibilisation import selectors
from sne.sensibilisation.messages import MessageCampagne
from sne.sensibilisation.models import (
    AccuseCampagne,
    CampagneAccueil,
    LectureRappel,
    ReponseScenario,
)
from sne.sensibilisation.parametres import ParametresSensibilisation
from sne.sensibilisation.possible import (
    exiger_accuser,
    exiger_concerne,
    exiger_lancer_campagne,
)
from sne.sensibilisation.rules import RAPPEL, Choix, choisir, exiger_le_meme
from sne.sensibilisation.rules.campagnes import Genre, exiger_duree, is_a_rappeler
from sne.sensibilisation.verbes import VerbeSensibilisation
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.lignes import sans_double

Lus = frozenset[tuple[str, str, str]]
"""Campaign, territory and counter of each place where somebody read it."""


@transaction.atomic
def reconnaitre_rappel(version: str, *, acte: Acte) -> bool:
    """Write that this person read the reminder; ``False`` when it is known already.

    Raises ``NonHabilite``, ``Interdit`` (the text changed since the page was opened).
    """
    exiger_concerne(acte.acteur)
    exiger_le_meme(version)
    if selectors.has_lu(acte.acteur.id, le=acte.survenu_le):
        return False
    lecture = LectureRappel(
        territoire=acte.acteur.territoire,
        guichet=acte.acteur.guichet,
        compte_id=acte.acteur.id,
        version=RAPPEL.version,
        survenu_le=acte.survenu_le,
    )
    lecture.save(force_insert=True)
    _inscrire(VerbeSensibilisation.LIRE_RAPPEL, acte, version=RAPPEL.version)
    return True


@transaction.atomic
def repondre_scenario(code: str, reponse: str, *, acte: Acte) -> Choix:
    """Write one answer, right or wrong, and give it back with its why. One may answer again as often as one likes.

    Raises ``NonHabilite``, ``Introuvable`` (no such situation), ``Interdit`` (no such answer).
    """
    exiger_concerne(acte.acteur)
    choix = choisir(code, reponse)
    ligne = ReponseScenario(
        territoire=acte.acteur.territoire,
        guichet=acte.acteur.guichet,
        compte_id=acte.acteur.id,
        scenario=code,
        reponse=choix.code,
        juste=choix.juste,
        survenu_le=acte.survenu_le,
    )
    ligne.save(force_insert=True)
    _inscrire(VerbeSensibilisation.REPONDRE_SCENARIO, acte, scenario=code)
    return choix


@transaction.atomic
def lancer_campagne(code: str, *, titre: str, lien: str, au: date, acte: Acte) -> CampagneAccueil:
    """Ask every counter to read and show it, from today. ``code``, ``lien``: of the page that says it.

    Raises ``NonHabilite``, ``Interdit`` (launched already, a day that cannot be).
    """
    exiger_lancer_campagne(acte.acteur)
    du = horloge.jour(acte.survenu_le)
    exiger_duree(du, au)
    campagne = CampagneAccueil(code=code, titre=titre, lien=lien, du=du, au=au, auteur=acte.acteur.id)
    with sans_double("Cette campagne est déjà lancée."):
        campagne.save(force_insert=True)
    _inscrire(VerbeSensibilisation.LANCER_CAMPAGNE, acte, campagne=code)
    return campagne


@transaction.atomic
def accuser_campagne(code: str, genre: Genre, *, acte: Acte) -> bool:
    """Say that one read it, put its poster up, or passes it on; ``False`` when it was said already.

    Passed on, the managers of the counters of the territory where nobody read it are written to.

    Raises ``NonHabilite``, ``Introuvable``, ``Interdit`` (it is over).
    """
    campagne = selectors.get_campagne_de(code)
    exiger_accuser(acte.acteur, campagne, genre, jour=horloge.jour(acte.survenu_le))
    lieu = {"territoire": acte.acteur.territoire, "guichet": acte.acteur.guichet}
    dits = {"campagne": campagne, "compte_id": acte.acteur.id, "genre": genre.value, **lieu}
    accuse, neuf = AccuseCampagne.objects.get_or_create(**dits, defaults={"survenu_le": acte.survenu_le})
    if neuf:
        _inscrire(VerbeSensibilisation.ACCUSER_CAMPAGNE, acte, accuse=str(accuse.id), campagne=code)
        if genre is Genre.RELAYEE:
            phrase = "Votre gestionnaire territorial vous l’adresse."
            lus = selectors.lieux_qui_ont_lu(le=horloge.jour(acte.survenu_le))
            _ecrire(campagne, acte.acteur.territoire, lus, phrase, acte)
    return neuf


def rappeler_les_campagnes(*, acte: Acte) -> int:
    """Write once to the managers of counters where nobody read a campaign, some days after it began; how many.

    Campaigns are of the nation; where one was read is kept with each territory, thus asked of each cell first.
    """
    jour = horloge.jour(acte.survenu_le)
    lus = frozenset(lister_partout(lambda: selectors.lieux_qui_ont_lu(le=jour)))
    with transaction.atomic():
        return _rappeler(lus, jour=jour, acte=acte)


def _rappeler(lus: Lus, *, jour: date, acte: Acte) -> int:
    apres = get_parametres(jour)[ParametresSensibilisation].campagne_rappel_jours
    ecrites = 0
    for campagne in CampagneAccueil.objects.select_for_update().filter(rappelee_le=None).order_by("code"):
        if is_a_rappeler(campagne.du, campagne.au, rappelee=False, jour=jour, apres=apres):
            for territoire in list_territoires_tenus(le=jour):
                phrase = "Personne ne l’a encore lue dans votre guichet."
                ecrites += _ecrire(campagne, territoire, lus, phrase, acte)
            campagne.rappelee_le = acte.survenu_le
            campagne.save(update_fields=["rappelee_le"])
    return ecrites


def _ecrire(campagne: CampagneAccueil, territoire: str, lus: Lus, phrase: str, acte: Acte) -> int:
    """Once a person and a campaign in each sentence; how many are written to."""
    jour = horloge.jour(acte.survenu_le)
    portees = list_porteurs([Role.RESPONSABLE_GUICHET], territoire=territoire, le=jour)
    return sum(
        ecrire_a(
            Pli(
                destinataire=compte.courriel,
                compte_id=compte.id,
                genre=MessageCampagne.CAMPAGNE_A_LIRE,
                contexte={
                    "territoire": territoire,
                    "phrase": f"{campagne.titre}. {phrase}",
                    "lignes": f"Jusqu’au {campagne.au:%d/%m/%Y}",
                    "suite": "Lisez-la, imprimez l’affiche, et dites-le en un bouton\u00a0:",
                    "lien": f"{settings.URL_PUBLIQUE}{campagne.lien}",
                },
                origine=f"campagne:{campagne.code}:{acte.acteur.canal}",
                limites=Limites.depuis(get_parametres(jour)),
                territoire=territoire,
            ),
            acte=acte,
        )
        for compte, poste in portees
        if (campagne.code, territoire, poste.guichet) not in lus
    )


def _inscrire(verbe: Verbe, acte: Acte, **faits: object) -> None:
    """The entry says who and what, never whether an answer was right: a lesson is no file on somebody."""
    journal.inscrire(Entree(verbe=verbe, acte=acte, territoire=acte.acteur.territoire, faits=faits))
