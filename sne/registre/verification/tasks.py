"""Addresses and companies that nobody checked are checked by night; what is found is shown on the file, never applied.

A service is asked outside any transaction. When it does not answer, nothing is concluded: the demande is tried again
another night. A pass is short, for the worker has other jobs to run, and goes on where the last one stopped.
"""

import time
from dataclasses import dataclass

from procrastinate.contrib.django import app

from sne.connecteurs.adresses.rules import lire_question
from sne.connecteurs.allumage import adresses_en_local
from sne.connecteurs.ban.port import chercher_adresses
from sne.connecteurs.ban.rules import RechercheAdresse
from sne.connecteurs.entreprises.port import chercher_entreprises
from sne.connecteurs.entreprises.rules.lecture import RechercheEntreprise
from sne.connecteurs.rules import Canal, Motif, Pour, Reponse, SansReponse
from sne.referentiels.selectors import get_parametres
from sne.registre.contenu.rules.arbre.lieux import Adresse
from sne.registre.verification.actions import noter_constats, noter_passage
from sne.registre.verification.parametres import ParametresVerification
from sne.registre.verification.rules.cles import Source
from sne.registre.verification.rules.conclusions import Constat, conclure_adresse, conclure_entreprise
from sne.registre.verification.rules.lieux import Lieu
from sne.registre.verification.selectors import AVerifier, list_a_verifier
from sne.socle.horloge import aujourd_hui

VERIFIER = "registre.verifier"
ECHECS_DE_SUITE = 5  # demandes for which a service did not answer: the pass is over
DUREE_MAX = 60.0  # seconds of a pass


@app.periodic(cron="*/5 1-4 * * *", periodic_id="nuit")
@app.task(name=VERIFIER, queue="entretien", queueing_lock=VERIFIER, lock=VERIFIER)
def verifier_de_nuit(timestamp: int) -> int:  # noqa: ARG001 - procrastinate gives the hour planned
    """Check what waits, as much as a pass may hold; returns how many demandes were checked whole."""
    jour, fin = aujourd_hui(), time.monotonic() + DUREE_MAX
    par_passage = get_parametres(jour)[ParametresVerification].verification_demandes_par_passage
    faites = echecs = 0
    for demande in list_a_verifier(au_plus=par_passage, le=jour):
        essai = _verifier(demande)
        noter_constats(demande.demande_id, essai.constats)
        noter_passage(demande.demande_id, revision=0 if essai.manques else demande.revision, le=jour)
        faites += not essai.manques
        echecs = echecs + 1 if essai.en_panne else 0
        if echecs >= ECHECS_DE_SUITE or time.monotonic() > fin:
            break
    return faites


@dataclass(frozen=True, slots=True)
class Essai:
    """What one demande gave: conclusions, and why there are none for the others."""

    constats: tuple[Constat, ...]
    manques: tuple[SansReponse, ...]

    @property
    def en_panne(self) -> bool:
        """Whether a service that should answer does not: off is no failure."""
        return any(manque.motif is not Motif.ETEINT for manque in self.manques)


def _verifier(demande: AVerifier) -> Essai:
    dits = [_demander(lieu, demande) for lieu in demande.lieux]
    return Essai(
        tuple(dit for dit in dits if isinstance(dit, Constat)),
        tuple(dit for dit in dits if isinstance(dit, SansReponse)),
    )


def _demander(lieu: Lieu, demande: AVerifier) -> Constat | SansReponse | None:
    """A conclusion; why there is none; ``None`` when what is typed is nothing that a service takes."""
    pour = Pour(demande.territoire, Canal.NUIT)
    if lieu.adresse is not None:
        return _demander_l_adresse(lieu, lieu.adresse, pour, protegee=demande.protegee)
    dit = chercher_entreprises(RechercheEntreprise(lieu.cle), pour=pour)
    if isinstance(dit, Reponse):
        return conclure_entreprise(lieu, dit.valeur, le=aujourd_hui())
    return None if dit.motif is Motif.REFUSE else dit


def _demander_l_adresse(
    lieu: Lieu, adresse: Adresse, pour: Pour, *, protegee: bool
) -> Constat | SansReponse | None:
    """Never a name: the street, in its commune. An address to protect is asked of our index alone."""
    voie = adresse.voie or adresse.lieu_dit or ""
    texte = voie if lire_question(f"{voie} ").numero else f"{adresse.numero or ''} {voie}".strip()
    recherche = RechercheAdresse(texte, code_commune=adresse.commune or "", protegee=protegee)
    dit = chercher_adresses(recherche, pour=pour)
    if isinstance(dit, SansReponse):
        return None if dit.motif is Motif.REFUSE else dit
    jour = aujourd_hui()
    return conclure_adresse(
        lieu,
        dit.valeur,
        source=Source.INDEX if protegee or adresses_en_local() else Source.BAN,
        le=jour,
        certitude=get_parametres(jour)[ParametresVerification].verification_certitude_pour_cent / 100,
    )
