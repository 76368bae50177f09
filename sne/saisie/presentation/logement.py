"""Where they live, what they own, why they ask."""

from sne.registre.contenu.rules.arbre.logement import LogementActuel, LogementPossede
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.controles.logement import SEJOURS
from sne.saisie.presentation.mots import Bloc, Lecture, Ligne, dites, euros, localite_en_ligne, oui_non
from sne.socle.templatetags.socle_tags import date_fr


def blocs_logement(contenu: Contenu, lecture: Lecture) -> list[Bloc]:
    """The present dwelling, then another that is owned."""
    return [Bloc([*_actuel(contenu.logement_actuel, lecture), *_possede(contenu.logement_possede, lecture)])]


def _actuel(logement: LogementActuel, lecture: Lecture) -> list[Ligne]:
    statuts = [lecture.libelle("ListeModeleLogement", code) for code in logement.statuts_occupation]
    surface = (
        f"{logement.surface.normalize():f}\u00a0m²".replace(".", ",") if logement.surface is not None else ""
    )
    habitants = "" if logement.nombre_habitants is None else str(logement.nombre_habitants)
    bailleur = ", ".join(filter(None, (logement.bailleur_social.nom, logement.bailleur_social.siren)))
    return [
        Ligne("Situation de logement", ", ".join(statuts)),
        *dites(
            [
                Ligne("Bailleur social", bailleur),
                *_sejours(logement),
                Ligne("Y habite depuis le", date_fr(logement.date_entree)),
                Ligne("Personnes qui y habitent", habitants),
                Ligne("Logement", lecture.libelle("ListeCategorieLogement", logement.categorie)),
                Ligne("Taille", lecture.libelle("ListeTypeLogement", logement.type)),
                Ligne("Surface", surface),
                Ligne("Loyer", euros(logement.loyer_mensuel)),
                Ligne("Aide au logement", euros(logement.aide_logement_mensuelle)),
            ]
        ),
    ]


def _sejours(logement: LogementActuel) -> list[Ligne]:
    lignes = []
    for nom in SEJOURS:
        sejour = getattr(logement, nom)
        titre = type(logement).model_fields[nom].title or nom
        depuis = f"depuis le {date_fr(sejour.depuis)}" if sejour.depuis else ""
        lignes.append(Ligne(titre, ", ".join(filter(None, (getattr(sejour, "nom", None), depuis)))))
    return lignes


def _possede(bien: LogementPossede, lecture: Lecture) -> list[Ligne]:
    details = (lecture.libelle("ListeTypeLogement", bien.type), localite_en_ligne(bien.localite, lecture))
    return [Ligne("Autre logement possédé", ", ".join(filter(None, (oui_non(bien.possede), *details))))]


def blocs_motifs(contenu: Contenu, lecture: Lecture) -> list[Bloc]:
    """The reasons, the main one first."""
    motifs = contenu.motifs
    libelles = [lecture.libelle("ListeMotifDemande", code) for code in motifs.codes]
    return [
        Bloc(
            [
                Ligne("Motif principal", libelles[0] if libelles else ""),
                *dites(
                    [
                        *(Ligne(f"Motif {rang}", motif) for rang, motif in enumerate(libelles[1:], start=2)),
                        Ligne("Jugement d’expulsion", date_fr(motifs.date_jugement_expulsion)),
                        Ligne("Autre motif", motifs.autre_motif or ""),
                    ]
                ),
            ]
        )
    ]
