"""Queues of their own subjects as data: how each is read, its columns; sorted by any of them, taken away in a file."""

import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sne.attestations.rules import LIBELLES_MODELE, Modele
from sne.attestations.selectors import (
    AttestationEmise,
    compter_a_remettre,
    compter_registre,
    list_a_remettre,
    list_registre,
)
from sne.guichet.alertes.presentation import ETATS as ETATS_DES_ALERTES
from sne.guichet.attestations import presentation as attestations
from sne.guichet.attestations.filtre import lire_filtre, list_choix
from sne.guichet.doublons.presentation import cas, ensembles
from sne.guichet.enquete import presentation as enquetes
from sne.guichet.identite.lignes import lire_ordre, rang_de_lecture
from sne.registre.depot.selectors.anteriorite import list_requetes
from sne.registre.depot_en_ligne.selectors.a_verifier import is_verificateur, list_a_verifier
from sne.registre.doublons.selectors.cas import list_cas
from sne.registre.doublons.selectors.ensembles import list_ensembles
from sne.registre.enquete.selectors.enquetes import list_enquetes
from sne.registre.identite.rules.decision import traits_du_changement
from sne.registre.identite.selectors.a_decider import Ordre as OrdreDeLecture
from sne.registre.identite.selectors.a_decider import list_changements
from sne.registre.identite.selectors.relectures import list_relectures
from sne.registre.listes.rules.listes import CodeFile
from sne.registre.separation.selectors import list_separations
from sne.registre.vie.selectors.preavis import (
    PreavisARemettre,
    compter_preavis_a_remettre,
    list_preavis_a_remettre,
)
from sne.socle.acteur import Acteur
from sne.socle.horloge import aujourd_hui, jour, maintenant
from sne.socle.pages import Page
from sne.socle.tableur import Valeur
from sne.socle.templatetags.socle_tags import mois_a_mois
from sne.suivi.rules.alertes import EtatAlerte
from sne.suivi.selectors.alertes import list_alertes

Options = Mapping[str, str]
Choix = Mapping[str, Collection[str]]
Cle = uuid.UUID | None


@dataclass(frozen=True, slots=True)
class ColonneDeFile:
    """A column: its code in addresses, its title on the screen and in a file, what it holds of a line; ``a_trier``:
    what its order is of, when that is something else.
    """

    code: str
    titre: str
    valeur: Callable[[Any], Valeur]
    a_trier: Callable[[Any], Valeur] | None = None

    def cle(self, ligne: object) -> Valeur:
        """What a line is sorted by."""
        return (self.a_trier or self.valeur)(ligne)


@dataclass(frozen=True, slots=True)
class FileDeTravail:
    """A queue. ``vue``: the page that shows it, open to whom it concerns; ``titre``: what it is called.

    ``lire``: its page after a line or before it, as the address narrows it; ``cle``: the code of the column that it
    goes by; ``descendante``: it starts from the end of it; ``sans``: codes of the columns that this reader, or this
    address, does not show. ``choix``: by name, what its address may say besides, for this reader; ``compter``: how many
    lines there are, told before any is read where its page says so (no more than one beyond the bound is counted);
    zero elsewhere.
    """

    code: CodeFile
    vue: str
    titre: str
    lire: Callable[[Acteur, Options, Cle, Cle], Page[Any]]
    colonnes: tuple[ColonneDeFile, ...]
    cle: Callable[[Options], str]
    descendante: Callable[[Options], bool] = lambda _: False
    sans: Callable[[Acteur, Options], frozenset[str]] = lambda *_: frozenset()
    choix: Callable[[Acteur], Choix] = lambda _: {}
    compter: Callable[[Acteur, Options, int], int] = lambda *_: 0

    def en_vue(self, acteur: Acteur, options: Options) -> list[ColonneDeFile]:
        """The columns that this reader is shown."""
        sans = self.sans(acteur, options)
        return [colonne for colonne in self.colonnes if colonne.code not in sans]


def _closes(options: Options) -> bool:
    return options.get("etat") == "closes"


def _identites(acteur: Acteur, options: Options, apres: Cle, _: Cle) -> Page[Any]:
    return list_changements(acteur, le=aujourd_hui(), apres=apres, ordre=lire_ordre(options))


def _relectures(acteur: Acteur, _: Options, apres: Cle, avant: Cle) -> Page[Any]:
    return list_relectures(acteur, le=aujourd_hui(), apres=apres, avant=avant)


def _personnes(acteur: Acteur, _: Options, apres: Cle, avant: Cle) -> Page[Any]:
    return list_cas(acteur, apres=apres, avant=avant)


def _proches(acteur: Acteur, _: Options, apres: Cle, avant: Cle) -> Page[Any]:
    return list_ensembles(acteur, apres=apres, avant=avant)


def _separations(acteur: Acteur, _: Options, apres: Cle, __: Cle) -> Page[Any]:
    return list_separations(acteur, apres=apres)


def _dates(acteur: Acteur, _: Options, apres: Cle, __: Cle) -> Page[Any]:
    return list_requetes(acteur, apres=apres)


def _en_ligne(acteur: Acteur, _: Options, apres: Cle, avant: Cle) -> Page[Any]:
    return list_a_verifier(acteur, instant=maintenant(), apres=apres, avant=avant)


def _enquetes(acteur: Acteur, options: Options, apres: Cle, avant: Cle) -> Page[Any]:
    return list_enquetes(acteur, closes=_closes(options), apres=apres, avant=avant)


def _alertes(acteur: Acteur, _: Options, apres: Cle, __: Cle) -> Page[Any]:
    return list_alertes(acteur, le=aujourd_hui(), apres=apres)


def _preavis(acteur: Acteur, _: Options, apres: Cle, avant: Cle) -> Page[Any]:
    return list_preavis_a_remettre(acteur, apres=apres, avant=avant)


def pourquoi_sans_preavis(ligne: PreavisARemettre) -> str:
    """Why no notice reached a household."""
    return "Refusé par tous les moyens d’envoi" if ligne.possible else "Aucune adresse utilisable"


def _a_remettre(acteur: Acteur, options: Options, apres: Cle, avant: Cle) -> Page[Any]:
    return list_a_remettre(lire_filtre(acteur, options), acteur=acteur, apres=apres, avant=avant)


def _presentee(emise: AttestationEmise) -> attestations.LigneAttestation:
    return attestations.presenter(emise, le=aujourd_hui())


def _registre(acteur: Acteur, options: Options, apres: Cle, avant: Cle) -> Page[Any]:
    return list_registre(lire_filtre(acteur, options), acteur=acteur, apres=apres, avant=avant)


_C = ColonneDeFile
NUMERO = _C("numero", "Numéro unique", lambda ligne: ligne.nud)
GUICHET = _C("guichet", "Guichet", lambda ligne: ligne.guichet)
DEPUIS = _C("depuis", "Depuis le", lambda ligne: jour(ligne.survenu_le))
OUVERT = _C("depuis", "Depuis le", lambda ligne: jour(ligne.ouvert_le))
ATTESTEE = _C("numero", "Numéro unique", lambda ligne: ligne.numero)
MODELE = _C("modele", "Attestation", lambda ligne: LIBELLES_MODELE[Modele(ligne.modele)])
EMISE = _C("depuis", "Émise le", lambda ligne: jour(ligne.survenu_le), lambda ligne: ligne.survenu_le)
ENVOI = _C("envoi", "Envoi ou remise", lambda ligne: ", ".join(attestations.phrases_de(ligne)))
ETAT = _C("etat", "État", lambda ligne: _presentee(ligne).badge.libelle)

FILES: Mapping[CodeFile, FileDeTravail] = {
    file.code: file
    for file in (
        FileDeTravail(
            CodeFile.IDENTITES,
            "identites",
            "Changements d’identité",
            _identites,
            (
                _C("nom", "Demandeur", lambda ligne: ligne.nom),
                NUMERO,
                # Which traits, never what they would become: nobody validated it.
                _C(
                    "demande",
                    "Ce qui est demandé",
                    lambda ligne: traits_du_changement(
                        ligne.en_vigueur, ligne.demandee, retrait=ligne.retrait
                    ),
                ),
                _C("anciennete", "Ancienneté", lambda ligne: ligne.depot),
                GUICHET,
                _C("lecture", "Ordre de lecture", rang_de_lecture, lambda ligne: ligne.score),
                _C("depuis", "Attend depuis", lambda ligne: jour(ligne.survenu_le)),
                _C("avant", "À décider avant le", lambda ligne: ligne.attendue_le),
            ),
            cle=lambda options: "lecture" if lire_ordre(options) is OrdreDeLecture.SCORE else "depuis",
            descendante=lambda options: lire_ordre(options) is OrdreDeLecture.SCORE,
            choix=lambda _: {"ordre": [OrdreDeLecture.SCORE.value]},
        ),
        FileDeTravail(
            CodeFile.RELECTURES,
            "relectures",
            "Changements d’identité à relire",
            _relectures,
            (NUMERO, _C("depuis", "Demandé le", lambda ligne: jour(ligne.survenu_le))),
            cle=lambda _: "depuis",
        ),
        FileDeTravail(
            CodeFile.PERSONNES,
            "decisions",
            "Personnes à comparer",
            _personnes,
            (
                _C("nom", "Personne reçue", lambda ligne: ligne.nom),
                _C(
                    "pourquoi",
                    "Pourquoi une décision est demandée",
                    lambda c: cas.presenter_ligne(c).pourquoi,
                ),
                _C("numero", "Demande existante", lambda ligne: ligne.nud),
                GUICHET,
                OUVERT,
            ),
            cle=lambda _: "depuis",
        ),
        FileDeTravail(
            CodeFile.PROCHES,
            "demandes-proches",
            "Demandes proches",
            _proches,
            (
                _C("nom", "Titulaires", lambda ligne: ensembles.presenter_ligne(ligne).titre),
                _C("pourquoi", "Pourquoi elles sont proches", lambda e: ensembles.presenter_ligne(e).raisons),
                _C("score", "Score", lambda ligne: ligne.score),
                _C("numero", "Demandes", lambda ligne: ", ".join(ligne.nuds)),
                OUVERT,
            ),
            cle=lambda _: "score",
            descendante=lambda _: True,
        ),
        FileDeTravail(
            CodeFile.SEPARATIONS,
            "separations",
            "Séparations",
            _separations,
            (
                _C("nom", "Personne partie", lambda ligne: ligne.nom),
                _C("anciennete", "Ancienneté", lambda s: "À décider" if s.reserves else "Rien à décider"),
                _C("premiere", "Première demande", lambda ligne: ligne.premiere),
                _C("nouvelle", "Nouvelle demande", lambda ligne: ligne.nouvelle),
                GUICHET,
                _C("depuis", "Enregistrée le", lambda ligne: jour(ligne.survenu_le)),
            ),
            cle=lambda _: "depuis",
        ),
        FileDeTravail(
            CodeFile.DATES,
            "anteriorites",
            "Dates de dépôt à décider",
            _dates,
            (
                _C("nom", "Demandeur", lambda ligne: ligne.nom),
                NUMERO,
                _C("demandee", "Date demandée", lambda ligne: ligne.date_demandee),
                _C("depot", "Dépôt retenu", lambda ligne: ligne.depot),
                GUICHET,
                DEPUIS,
            ),
            cle=lambda _: "depuis",
        ),
        FileDeTravail(
            CodeFile.EN_LIGNE,
            "demandes-en-ligne",
            "Demandes en ligne à vérifier",
            _en_ligne,
            (
                _C("nom", "Demandeur", lambda ligne: ligne.nom),
                _C("reference", "Référence", lambda ligne: ligne.reference),
                _C("depuis", "Envoyée le", lambda ligne: jour(ligne.envoye_le)),
                _C("avant", "À vérifier avant le", lambda ligne: ligne.avant_le),
                _C("jours", "Attend depuis", lambda ligne: ligne.jours),
                _C("par", "Vérifier", lambda ligne: ligne.par),
            ),
            cle=lambda _: "depuis",
            sans=lambda acteur, _: frozenset() if is_verificateur(acteur) else frozenset({"nom", "par"}),
        ),
        FileDeTravail(
            CodeFile.ENQUETES,
            "enquetes",
            "Enquêtes",
            _enquetes,
            (
                _C("nom", "Titulaire", lambda ligne: ligne.nom),
                _C("pourquoi", "Pourquoi", lambda ligne: enquetes.presenter_ligne(ligne).pourquoi),
                _C("numero", "Demande", lambda ligne: ligne.nud),
                _C("dossier", "Dossier", lambda ligne: "Figé" if ligne.figee else "Non figé"),
                _C("depuis", "Ouverte le", lambda ligne: jour(ligne.ouvert_le)),
                _C("close", "Close le", lambda ligne: jour(ligne.clos_le) if ligne.clos_le else ""),
            ),
            cle=lambda _: "depuis",
            descendante=_closes,
            sans=lambda _, options: frozenset() if _closes(options) else frozenset({"close"}),
            choix=lambda _: {"etat": ["closes"]},
        ),
        FileDeTravail(
            CodeFile.ALERTES,
            "alertes",
            "Alertes aux guichets",
            _alertes,
            (
                _C("guichet", "Guichet", lambda ligne: f"{ligne.libelle} ({ligne.guichet})"),
                _C("mois", "Mois", lambda ligne: mois_a_mois(ligne.de, ligne.a), lambda ligne: ligne.de),
                _C("depuis", "Ouverte le", lambda ligne: jour(ligne.survenu_le)),
                _C("par", "Par", lambda ligne: ligne.par),
                _C("etat", "État", lambda ligne: ETATS_DES_ALERTES[ligne.etat][0]),
                _C(
                    "avant",
                    "Réponse avant le",
                    lambda ligne: ligne.attendue_le if ligne.etat is EtatAlerte.A_REPONDRE else "",
                ),
            ),
            cle=lambda _: "",
        ),
        FileDeTravail(
            CodeFile.PREAVIS,
            "preavis-a-remettre",
            "Préavis à remettre",
            _preavis,
            (
                NUMERO,
                _C("pourquoi", "Pourquoi", pourquoi_sans_preavis),
                _C("fin", "Fin de validité", lambda ligne: ligne.date_expiration),
                _C("avant", "Radiation prévue", lambda ligne: ligne.date_radiation),
            ),
            cle=lambda _: "avant",
            compter=lambda acteur, *_: compter_preavis_a_remettre(acteur),
        ),
        FileDeTravail(
            CodeFile.ATTESTATIONS,
            "attestations-a-remettre",
            "Attestations à remettre",
            _a_remettre,
            (
                _C("nom", "Personne", lambda ligne: ligne.nom),
                ATTESTEE,
                MODELE,
                EMISE,
                ENVOI,
                _C("avant", "À remettre avant le", lambda ligne: _presentee(ligne).avant_le),
                ETAT,
            ),
            cle=lambda _: "depuis",
            choix=list_choix,
            compter=lambda acteur, dit, _: compter_a_remettre(lire_filtre(acteur, dit), acteur=acteur),
        ),
        FileDeTravail(
            CodeFile.REGISTRE,
            "attestations-registre",
            "Registre des attestations",
            _registre,
            (
                _C("nom", "Personne", lambda ligne: ligne.nom),
                ATTESTEE,
                MODELE,
                EMISE,
                _C("par", "Par", lambda ligne: _presentee(ligne).auteur),
                _C("reference", "Référence", lambda ligne: ligne.reference_groupee),
                ENVOI,
                ETAT,
            ),
            cle=lambda _: "depuis",
            descendante=lambda _: True,
            choix=list_choix,
            compter=lambda acteur, dit, au_plus: compter_registre(
                lire_filtre(acteur, dit), acteur=acteur, au_plus=au_plus
            ),
        ),
    )
}
"""Each queue. What it is put in the order of, and what a file of it holds, is what its own page shows."""
