"""Changes of identity of a few households of the demonstration, through the true actions: each way one may end, one
demande taken over that waits to be put back, one whose household says « ce n’est pas moi ».
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from sne.demo.comptes import TERRITOIRE
from sne.demo.generation.comptoir import IDENTITE, Guichet, accueillir, carte_au_nom_de, titulaire
from sne.demo.generation.menages import Generateur, Menage
from sne.demo.generation.papiers import page
from sne.habilitations.rules import Role
from sne.journal.selectors import list_entrees
from sne.notifications.selectors import get_contenu, list_a_envoyer
from sne.registre.avis.actions.avertir import avertir_du_changement
from sne.registre.avis.actions.s_opposer import lire_lien, s_opposer
from sne.registre.avis.messages import MessageAvis
from sne.registre.demande.rules.personne import MotifRefusIdentite
from sne.registre.demande.rules.services import service_du_registre
from sne.registre.demande.selectors.etat import etat
from sne.registre.demande.selectors.existence import has_changements_d_identite
from sne.registre.demande.selectors.identites import en_attente, list_identites
from sne.registre.demande.verbes import VerbeDemande
from sne.registre.enquete.actions.enquetes import ouvrir_enquete
from sne.registre.enquete.actions.gels import geler
from sne.registre.enquete.rules.enquete import MotifEnquete
from sne.registre.identite.actions.decider import refuser_identite, valider_identite
from sne.registre.identite.actions.echanger import questionner_identite
from sne.registre.identite.selectors.relectures import est_a_relire
from sne.registre.lecture.actions.consulter import consulter_piece
from sne.registre.restauration.actions.demander import demander_restauration
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit
from sne.socle.horloge import jour

RANGS = 120  # households looked at: a smaller territory has no such stories
CALME = timedelta(days=60)  # nothing was done on these files for longer than any scene goes back
VIOLENCES = "06"  # reason of a demande on which nothing is written to anybody
TIRAGES = 400  # at most: one correction in twenty is drawn
MESSAGES = 1_000  # that wait, the demonstration having written to nobody yet


@dataclass(frozen=True, slots=True)
class Equipe:
    """Who types, and who decides."""

    agent: Acteur
    responsable: Acteur
    gestionnaire: Acteur


@dataclass(slots=True)
class Seance:
    """One household's story, up to ``maintenant``."""

    guichet: Guichet
    equipe: Equipe
    maintenant: datetime

    def il_y_a(self, jours: int) -> Guichet:
        """The counter, that many days ago."""
        self.guichet.instant = self.maintenant - timedelta(days=jours)
        return self.guichet

    def en_attente(self) -> uuid.UUID:
        """The change that waits."""
        (attente,) = en_attente(list_identites(self.guichet.menage.id)).values()
        return attente.identite_id

    def valider(self, piece: uuid.UUID, *, par: Acteur) -> None:
        """Open the document, and validate the change."""
        consulter_piece(piece, acte=Acte(par, self.guichet.puis()))
        valider_identite(self.en_attente(), acte=Acte(par, self.guichet.puis()))


def detournee(s: Seance) -> None:
    """An old file: contacts replaced, then somebody else's names, birth and card. The agent may explain it."""
    g = s.il_y_a(20)
    g.changer("Nouveau téléphone", contact=_contacts("k.verdier"))
    g = s.il_y_a(4)
    intrus = {"nom_naissance": "VERDIER", "prenoms": "KEVIN", "date_naissance": "1991-02-17", "civilite": "1"}
    g.changer("Mise à jour du dossier", identite=intrus, foyer={"personnes_a_charge": []})
    g.remettre(IDENTITE, carte_au_nom_de("VERDIER", "KEVIN", "17/02/1991"), "carte.jpg", nature="CNI")


def mariage(s: Seance) -> None:
    """The married name had been typed as the birth name; the family book says so."""
    g = s.il_y_a(3)
    nom = g.demandeur.identite.nom_naissance
    g.changer(
        "Le nom de mariage avait été saisi comme nom de naissance",
        identite={"nom_naissance": "DELAUNAY", "nom_usage": nom},
    )
    lignes = [f"Époux ou épouse : {nom}", f"Née : DELAUNAY {g.demandeur.identite.prenoms}"]
    g.remettre("MARIAGE", page("Livret de famille", lignes), "livret.pdf", nature="LIVRET")


def validee(s: Seance) -> None:
    """A name changed at the registry: the new card was opened, the change validated."""
    g = s.il_y_a(9)
    qui = g.demandeur.identite
    g.changer("Changement de nom à l’état civil", identite={"nom_naissance": "SAINT-AUBIN"})
    octets = carte_au_nom_de("SAINT-AUBIN", qui.prenoms, f"{qui.date_naissance:%d/%m/%Y}")
    piece = g.remettre(IDENTITE, octets, "carte.jpg", nature="CNI")
    s.il_y_a(7)
    s.valider(piece, par=s.equipe.gestionnaire)


def refusee(s: Seance) -> None:
    """Other first names, and nothing that shows them."""
    s.il_y_a(12).changer("Prénoms corrigés", identite={"prenoms": "MAXIMILIEN"})
    refuser_identite(
        s.en_attente(),
        motif=MotifRefusIdentite.PIECE_ABSENTE.value,
        precision="",
        acte=Acte(s.equipe.gestionnaire, s.il_y_a(10).instant),
    )


def questionnee(s: Seance) -> None:
    """A birth date that the counter is asked about."""
    g = s.il_y_a(5)
    naissance = g.demandeur.identite.date_naissance or jour(s.maintenant)
    voisine = naissance.replace(day=naissance.day - 1 if naissance.day > 1 else 2)
    g.changer("Date de naissance corrigée", identite={"date_naissance": voisine.isoformat()})
    questionner_identite(
        s.en_attente(),
        texte="Quel document donne cette date\u00a0? Ajoutez-le au dossier, s’il vous plaît.",
        acte=Acte(s.equipe.gestionnaire, s.il_y_a(3).instant),
    )


def a_relire(s: Seance) -> None:
    """A letter put right at once, and drawn to be read again: identifiers are tried, for they alone draw."""
    g = s.il_y_a(6)
    instant, nom = g.instant, g.demandeur.identite.nom_naissance
    for _ in range(TIRAGES):
        with transaction.atomic():
            g.changer("Faute de frappe", identite={"nom_naissance": f"{nom}T"})
            if est_a_relire(list_identites(g.menage.id)[-1].id, le=jour(s.maintenant)):
                return
            transaction.set_rollback(True)
        g.instant = instant


def a_retablir(s: Seance) -> None:
    """A young file taken over, validated on a false card; its household came to say so, the return is asked for."""
    g = s.il_y_a(45)
    avant = etat(g.nud, g.instant, acteur=g.acteur).revision
    intrus = {
        "nom_naissance": "LANGLOIS",
        "prenoms": "BRUNO",
        "date_naissance": "1975-09-03",
        "civilite": "1",
    }
    g.changer("Identité mise à jour", identite=intrus)
    octets = carte_au_nom_de("LANGLOIS", "BRUNO", "03/09/1975")
    piece = g.remettre(IDENTITE, octets, "carte.jpg", nature="CNI")
    s.il_y_a(43)
    s.valider(piece, par=s.equipe.responsable)
    g = s.il_y_a(25)
    g.changer("Nouvelles coordonnées", contact=_contacts("b.langlois"))
    g, gestionnaire = s.il_y_a(2), s.equipe.gestionnaire
    enquete = ouvrir_enquete(
        g.menage.id,
        motif=MotifEnquete.SIGNALEMENT.value,
        precision="Le titulaire s’est présenté au guichet avec son récépissé.",
        acte=Acte(gestionnaire, g.puis()),
    )
    geler(g.menage.id, enquete_id=enquete, acte=Acte(gestionnaire, g.puis()))
    demander_restauration(
        enquete,
        g.menage.id,
        vers=avant,
        motif="Le titulaire n’a rien demandé\u00a0: son acte de naissance et son récépissé sont lus.",
        a_part=True,
        acte=Acte(gestionnaire, g.puis()),
    )


def contestee(s: Seance) -> None:
    """The address of before was told of the one that replaced it, and answered « ce n’est pas moi »."""
    g = s.il_y_a(5)
    g.changer("Nouvelle adresse électronique", contact={"courriel": "contact.nouveau@exemple.fr"})
    (entree,) = list_entrees(g.menage.id, parmi=[VerbeDemande.MODIFIER], au_plus=1)
    avertir_du_changement(
        entree.id,
        demande_id=g.menage.id,
        revision=entree.revision,
        acte=Acte(service_du_registre(TERRITOIRE), g.puis()),
    )
    jeton = _lien(g).rstrip("/").rpartition("/")[2]
    le = s.il_y_a(1).instant
    codes = lire_lien(jeton, survenu_le=le).codes
    s_opposer(jeton, formulaire=uuid.uuid4(), codes=codes, contact="06 39 98 00 42", survenu_le=le)


def _contacts(nom: str) -> dict[str, str]:
    """An e-mail and a phone that are not the household's: of the ranges kept for fiction."""
    return {"courriel": f"{nom}@exemple.fr", "telephone_portable": "06 39 98 99 17"}


def _lien(g: Guichet) -> str:
    """The address that the notice of this household gives."""
    lus = map(get_contenu, list_a_envoyer(le=g.instant, au_plus=MESSAGES))
    return next(
        lu.contexte["lien"] for lu in lus if lu and (lu.nud, lu.genre) == (g.nud, MessageAvis.AVIS_CHANGEMENT)
    )


def _ancien(g: Guichet) -> bool:
    return (jour(g.instant) - g.menage.vie.depot).days > 4 * 365


def _jeune(g: Guichet) -> bool:
    return (jour(g.instant) - g.menage.vie.depot).days < 2 * 365


def _femme(g: Guichet) -> bool:
    return g.demandeur.identite.civilite == "2"


def _joignable(g: Guichet) -> bool:
    return bool(g.demandeur.contact.courriel)


SCENES: tuple[tuple[Callable[[Seance], None], Callable[[Guichet], bool]], ...] = (
    (detournee, _ancien), (a_retablir, _jeune), (mariage, _femme), (contestee, _joignable),
    (validee, bool), (questionnee, bool), (a_relire, bool), (refusee, bool),
)  # fmt: skip
"""Each story, and the households that it may be that of."""


def jouer_changements(generateur: Generateur, taille: int, *, maintenant: datetime) -> int:
    """Play each story by the first account, on files of any counter; how many were played. Once.

    Where no file can be read (a machine that cannot close the reading process in), it stops there.
    """
    if taille < RANGS or has_changements_d_identite(TERRITOIRE):
        return 0
    equipe = Equipe(
        titulaire(Role.AGENT_GUICHET, maintenant=maintenant),
        titulaire(Role.RESPONSABLE_GUICHET, maintenant=maintenant),
        titulaire(Role.GESTIONNAIRE_TERRITORIAL, maintenant=maintenant),
    )
    jouees = 0
    libres = [
        g
        for g in accueillir(generateur, RANGS, acteur=equipe.agent, instant=maintenant, d_ailleurs=True)
        if _calme(g.menage, jour(maintenant) - CALME)
    ]
    for scene, convient in SCENES:
        guichet = next((g for g in libres if convient(g)), None)
        if guichet is None:
            continue
        libres.remove(guichet)
        try:
            scene(Seance(guichet, equipe, maintenant))
        except Interdit:
            break
        jouees += 1
    return jouees


def _calme(menage: Menage, avant: date) -> bool:
    """A person alone, to whom messages may leave, who did nothing since."""
    seule = not menage.contenu.cotitulaires and VIOLENCES not in menage.contenu.motifs.codes
    return seule and max((menage.vie.depot, *menage.vie.renouvellements)) < avant
