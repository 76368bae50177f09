"""The pages by which a household files by itself: one idea each, over the fields of ``saisie``; which are asked, when.

A page here asks some of the fields of one page of ``saisie``, whose rules and composition it keeps; the draft holds
what was typed by page of ``saisie``, as at a counter.
"""

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Final

from django.utils.translation import gettext, gettext_noop

from sne.portail.nouvelle.page_du_plan import PageDuPlan
from sne.registre.contenu.rules.arbre.foyer import PersonneACharge
from sne.registre.contenu.rules.arbre.personnes import Cotitulaire
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import Adulte, adultes
from sne.registre.contenu.rules.arbre.types_de_champ import MAX_COTITULAIRES, MAX_FOYER
from sne.saisie.brut import MAX_LIGNES
from sne.saisie.composition.adultes import CHARGES, prefixe_de
from sne.saisie.composition.handicap import fiches_prefixees
from sne.saisie.composition.personne import LOGEMENT
from sne.saisie.forms.adresse import FormulaireAdresse
from sne.saisie.forms.foyer import FormulaireCharge, FormulaireNaissances
from sne.saisie.forms.handicap import FormulaireHandicap
from sne.saisie.forms.localite import FormulaireLocalite
from sne.saisie.forms.logement import FormulaireMotifs
from sne.saisie.forms.ressources import FormulaireRevenus

RELIRE: Final = "relire"
AVEC_QUI: Final = "avec-qui"
COTITULAIRES, ENFANTS, GARDES, NAISSANCES = "cotitulaires", "enfants", "gardes", "naissances"
"""Who will live with the person: the groups of rows of the page of the household, and births expected."""
MAXIMA: Final[Mapping[str, int]] = {COTITULAIRES: MAX_COTITULAIRES, ENFANTS: MAX_FOYER}
EN_EMPLOI: Final = frozenset({"CDI", "CDD", "ART", "APP", "AGP"})
"""Work (``ListeTypeContratTravail``) that has an employer or a place."""
SANS_DESCRIPTION: Final = frozenset({"CAMCAR", "ACT", "SQUAT", "DETENT", "SD"})
"""Ways to be housed (``ListeModeleLogement``) of which no dwelling is described."""

_ETAT_CIVIL = (
    "civilite",
    "nom_naissance",
    "nom_usage",
    "prenoms",
    "date_naissance",
    "date_naissance_presumee",
    "lieu_naissance",
    "nationalite",
)
_NUMERO = ("nir", "sans_nir")
_JOINDRE = ("courriel", "telephone_portable", "telephone_domicile", "telephone_travail")
_ADRESSE = tuple(FormulaireAdresse.base_fields)
_LIEU = tuple(FormulaireLocalite.base_fields)
_OCCUPATION = (
    "statut",
    "autres_statuts",
    "bailleur_social__nom",
    "bailleur_social__nom_choix",
    "bailleur_social__siren",
    "residence_sociale__depuis",
    "residence_hoteliere__depuis",
    "sous_location__depuis",
    "structure_hebergement__nom",
    "structure_hebergement__depuis",
    "centre_enfance__nom",
    "centre_enfance__depuis",
)
_LOGEMENT = (
    "categorie",
    "type",
    "surface",
    "nombre_habitants",
    "date_entree",
    "loyer_mensuel",
    "aide_logement_mensuelle",
)
_EMPLOI = (
    "employeur",
    "employeur_choix",
    "employeur_siret",
    "plusieurs_employeurs",
    "organisme_collecteur",
    *_LIEU,
)
_VILLES = tuple(f"{nom}_{rang}" for rang in range(1, MAX_LIGNES) for nom in ("commune", "quartier"))
_SOUHAITS = (
    "loyer_maximum",
    "accepte_rez_de_chaussee",
    "accepte_sans_ascenseur",
    "accepte_quartier_prioritaire",
    "avec_stationnement",
    "colocation",
)


_page = cache(PageDuPlan)
"""One that holds nothing of anybody: made once, whoever is asked."""


def dresser(contenu: Contenu, avec: Collection[str], *, en_plus: str = "") -> tuple[PageDuPlan, ...]:
    """The pages asked of whom this content describes, in order.

    ``avec``: with whom they say they will live; ``en_plus``: the page of a row that is being added.
    """
    return (
        *_vous(),
        *_coordonnees(contenu),
        *_foyer(contenu, avec, en_plus),
        *_travail(contenu),
        *_revenus(contenu),
        *_logement(contenu),
        *_souhaits(contenu),
        _page(
            "documents", "documents", gettext_noop("Vos documents"), gabarit="portail/nouvelle/documents.html"
        ),
        _page(
            RELIRE,
            "relire",
            gettext_noop("Relisez et envoyez"),
            "souhaits",
            ("precisions",),
            essentielle=True,
            chemins=("precisions",),
        ),
    )


def page_du_lieu(pages: Collection[PageDuPlan], chemin: str) -> PageDuPlan:
    """The page where a place of the content is asked: the closest beginning; the last one for any other."""
    return max(pages, key=lambda page: (page.demande(chemin), page.code == RELIRE))


def avec_qui(contenu: Contenu) -> frozenset[str]:
    """With whom this content says that they will live."""
    foyer = contenu.foyer
    dits = {
        COTITULAIRES: contenu.cotitulaires,
        ENFANTS: foyer.personnes_a_charge,
        GARDES: foyer.enfants_en_garde,
        NAISSANCES: foyer.enfants_a_naitre.nombre,
    }
    return frozenset(qui for qui, dit in dits.items() if dit)


def annoncer(contenu: Contenu, avec: Collection[str]) -> Contenu:
    """The content as it will be once those who were announced are told of: what there is left to answer is counted
    on it. The very same when they all are.
    """
    foyer = contenu.foyer
    if COTITULAIRES in avec and not contenu.cotitulaires:
        contenu = contenu.model_copy(update={"cotitulaires": (Cotitulaire(),)})
    if ENFANTS in avec and not foyer.personnes_a_charge:
        foyer = foyer.model_copy(update={"personnes_a_charge": (PersonneACharge(identifiant="p0"),)})
        contenu = contenu.model_copy(update={"foyer": foyer})
    return contenu


def _vous() -> Iterator[PageDuPlan]:
    yield _page(
        "identite",
        "vous",
        gettext_noop("Qui êtes-vous\u00a0?"),
        "personne",
        _ETAT_CIVIL,
        essentielle=True,
        chemins=("demandeur.identite",),
        gabarit="portail/nouvelle/identite.html",
    )
    yield _page(
        "famille",
        "vous",
        gettext_noop("Quelle est votre situation familiale\u00a0?"),
        "personne",
        ("situation_familiale",),
        essentielle=True,
        chemins=("demandeur.situation_familiale",),
    )


def _coordonnees(contenu: Contenu) -> Iterator[PageDuPlan]:
    yield _page(
        "contact",
        "vous",
        gettext_noop("Comment vous joindre\u00a0?"),
        "coordonnees",
        _JOINDRE,
        essentielle=True,
        chemins=("demandeur.contact",),
    )
    yield _page(
        "adresse",
        "vous",
        gettext_noop("À quelle adresse vous écrire\u00a0?"),
        "coordonnees",
        (*_ADRESSE, "habite_ailleurs"),
        essentielle=True,
        chemins=("demandeur.adresse_courrier",),
        gabarit="portail/nouvelle/adresse.html",
    )
    if contenu.logement_actuel.adresse is not None:
        yield _page(
            "domicile",
            "vous",
            gettext_noop("À quelle adresse habitez-vous\u00a0?"),
            "coordonnees",
            _ADRESSE,
            prefixe=LOGEMENT,
            essentielle=True,
            chemins=("logement_actuel.adresse",),
            gabarit="portail/nouvelle/domicile.html",
        )
    yield _page(
        "messages",
        "vous",
        gettext_noop("Comment vous prévenir\u00a0?"),
        "preferences",
        (
            "avis_renouvellement_electronique",
            "notification_sms",
            "notification_evenements",
            "accompagne",
            "courriel_accompagnant",
        ),
        chemins=("preferences", "accompagnant"),
    )
    yield _page(
        "secu",
        "vous",
        gettext_noop("Votre numéro de sécurité sociale"),
        "personne",
        _NUMERO,
        chemins=("demandeur.identite.nir",),
    )


def _foyer(contenu: Contenu, avec: Collection[str], en_plus: str) -> Iterator[PageDuPlan]:
    yield _page(
        AVEC_QUI,
        "foyer",
        gettext_noop("Qui vivra avec vous\u00a0?"),
        "foyer",
        tuple(FormulaireNaissances.base_fields),
        essentielle=True,
        chemins=("foyer.enfants_a_naitre", "cotitulaires", "foyer"),
        gabarit="portail/nouvelle/avec_qui.html",
    )
    for rang in _rangs(COTITULAIRES, len(contenu.cotitulaires), avec, en_plus):
        yield from _cotitulaire(contenu, rang)
    for rang in _rangs(ENFANTS, len(contenu.foyer.personnes_a_charge), avec, en_plus):
        yield _page(
            f"{ENFANTS}-{rang}",
            "foyer",
            gettext_noop("Enfant ou personne à charge n°\u00a0%(rang)s"),
            "foyer",
            tuple(FormulaireCharge.base_fields),
            prefixe=f"{ENFANTS}-{rang}",
            rang=rang,
            chemins=(f"foyer.personnes_a_charge[{rang - 1}]",),
            gabarit="portail/nouvelle/charge.html",
        )
    if GARDES in avec or contenu.foyer.enfants_en_garde:
        yield _page(
            GARDES,
            "foyer",
            gettext_noop("Les enfants que vous accueillez une partie du temps"),
            "foyer",
            groupes=(GARDES,),
            chemins=("foyer.enfants_en_garde",),
            gabarit="portail/nouvelle/gardes.html",
        )


def _rangs(groupe: str, nombre: int, avec: Collection[str], en_plus: str) -> range:
    """Ranks of the rows of a group to ask about: those typed, at least one if it was announced, one that is added."""
    dits = max(nombre, 1 if groupe in avec else 0)
    ajoute = groupe in avec and en_plus == f"{groupe}-{nombre + 1}" and nombre < MAXIMA[groupe]
    return range(1, max(dits, nombre + 1 if ajoute else 0) + 1)


def _cotitulaire(contenu: Contenu, rang: int) -> Iterator[PageDuPlan]:
    connu = contenu.cotitulaires[rang - 1] if rang <= len(contenu.cotitulaires) else None
    ici = f"cotitulaires[{rang - 1}]"
    yield _page(
        f"{COTITULAIRES}-{rang}",
        "foyer",
        gettext_noop("Qui demande avec vous\u00a0?"),
        "foyer",
        ("personne", "lien_demandeur", *_ETAT_CIVIL, "situation_familiale"),
        prefixe=f"{COTITULAIRES}-{rang}",
        rang=rang,
        essentielle=True,
        chemins=(ici,),
        gabarit="portail/nouvelle/cotitulaire.html",
    )
    yield PageDuPlan(
        f"joindre-{rang}",
        "foyer",
        gettext_noop("Comment joindre %(prenom)s\u00a0?"),
        "foyer",
        (*_JOINDRE, *_NUMERO),
        prefixe=f"{COTITULAIRES}-{rang}",
        rang=rang,
        chemins=(f"{ici}.contact", f"{ici}.identite.nir"),
        nom=_prenom(connu.identite.prenoms if connu else None),
    )


def _adultes(contenu: Contenu) -> Iterator[tuple[str, str, str, Adulte]]:
    """(prefix of fields, place in the content, first name, adult) of each; the reader has no name to be told."""
    for rang, (reference, adulte) in enumerate(adultes(contenu)):
        ou = f"cotitulaires[{rang - 1}]" if rang else "demandeur"
        yield prefixe_de(reference), ou, _prenom(adulte.identite.prenoms) if rang else "", adulte


def _prenom(prenoms: str | None) -> str:
    """The first of the first names, or what they are to the reader."""
    return (prenoms or "").split(",")[0].split(" ")[0] or gettext("cette personne")


def _travail(contenu: Contenu) -> Iterator[PageDuPlan]:
    for prefixe, ou, nom, adulte in _adultes(contenu):
        ici = f"{ou}.situation_professionnelle"
        yield PageDuPlan(
            f"travail-{prefixe}",
            "travail",
            gettext_noop("Quelle est la situation de %(prenom)s\u00a0?")
            if nom
            else gettext_noop("Quelle est votre situation\u00a0?"),
            "situation",
            ("statut", "profession"),
            prefixe=prefixe,
            essentielle=True,
            chemins=(ici,),
            nom=nom,
        )
        if EN_EMPLOI & {adulte.situation_professionnelle.statut}:
            yield PageDuPlan(
                f"employeur-{prefixe}",
                "travail",
                gettext_noop("Où travaille %(prenom)s\u00a0?")
                if nom
                else gettext_noop("Où travaillez-vous\u00a0?"),
                "situation",
                _EMPLOI,
                prefixe=prefixe,
                chemins=tuple(
                    f"{ici}.{nom}"
                    for nom in (
                        "employeur",
                        "employeur_siret",
                        "plusieurs_employeurs",
                        "lieu_travail",
                        "organisme_collecteur",
                    )
                ),
                nom=nom,
                gabarit="portail/nouvelle/employeur.html",
            )


def _revenus(contenu: Contenu) -> Iterator[PageDuPlan]:
    for prefixe, ou, nom, _ in _adultes(contenu):
        yield PageDuPlan(
            f"impot-{prefixe}",
            "revenus",
            gettext_noop("Que dit l’avis d’impôt de %(prenom)s\u00a0?")
            if nom
            else gettext_noop("Que dit votre avis d’impôt\u00a0?"),
            "ressources",
            tuple(FormulaireRevenus.base_fields),
            prefixe=prefixe,
            essentielle=True,
            chemins=(f"{ou}.revenus_fiscaux",),
            nom=nom,
            gabarit="portail/nouvelle/impot.html",
        )
        yield _ressources(
            prefixe,
            f"{ou}.ressources",
            gettext_noop("Que reçoit %(prenom)s chaque mois\u00a0?")
            if nom
            else gettext_noop("Que recevez-vous chaque mois\u00a0?"),
            nom,
        )
    if contenu.foyer.personnes_a_charge:
        yield _ressources(
            CHARGES,
            "foyer.ressources_personnes_a_charge",
            gettext_noop("Que reçoivent vos enfants et les personnes à votre charge\u00a0?"),
        )


def _ressources(prefixe: str, ou: str, intitule: str, nom: str = "") -> PageDuPlan:
    return PageDuPlan(
        f"ressources-{prefixe}",
        "revenus",
        intitule,
        "ressources",
        groupes=(f"{prefixe}-recues", f"{prefixe}-versees"),
        prefixe=prefixe,
        chemins=(ou,),
        nom=nom,
        gabarit="portail/nouvelle/ressources.html",
    )


def _logement(contenu: Contenu) -> Iterator[PageDuPlan]:
    logement = contenu.logement_actuel
    yield _page(
        "occupation",
        "logement",
        gettext_noop("Où logez-vous aujourd’hui\u00a0?"),
        "logement",
        _OCCUPATION,
        essentielle=True,
        chemins=("logement_actuel",),
        gabarit="portail/nouvelle/occupation.html",
    )
    if not SANS_DESCRIPTION.intersection(logement.statuts_occupation):
        yield _page(
            "logement",
            "logement",
            gettext_noop("Votre logement actuel"),
            "logement",
            _LOGEMENT,
            chemins=tuple(f"logement_actuel.{nom}" for nom in _LOGEMENT),
        )
    yield _page(
        "possede",
        "logement",
        gettext_noop("Possédez-vous un autre logement\u00a0?"),
        "logement",
        ("possede", "type_possede", *_LIEU),
        essentielle=True,
        chemins=("logement_possede",),
        gabarit="portail/nouvelle/possede.html",
    )
    yield _page(
        "motifs",
        "logement",
        gettext_noop("Pourquoi demandez-vous un logement\u00a0?"),
        "motifs",
        tuple(FormulaireMotifs.base_fields),
        essentielle=True,
        chemins=("motifs",),
        gabarit="portail/nouvelle/motifs.html",
    )


def _souhaits(contenu: Contenu) -> Iterator[PageDuPlan]:
    yield _page(
        "villes",
        "souhaits",
        gettext_noop("Où voulez-vous habiter\u00a0?"),
        "souhaits",
        ("accepte_autres_communes", *_VILLES),
        essentielle=True,
        chemins=("souhaits.localisations", "souhaits.accepte_autres_communes"),
        gabarit="portail/nouvelle/villes.html",
    )
    yield _page(
        "taille",
        "souhaits",
        gettext_noop("Quel logement voulez-vous\u00a0?"),
        "souhaits",
        ("types_logement", "categorie"),
        essentielle=True,
        chemins=("souhaits",),
    )
    yield _page(
        "souhaits",
        "souhaits",
        gettext_noop("Vos autres souhaits"),
        "souhaits",
        _SOUHAITS,
        chemins=tuple(f"souhaits.{nom}" for nom in _SOUHAITS),
    )
    yield _page(
        "handicap",
        "souhaits",
        gettext_noop("Le logement doit-il être adapté à un handicap\u00a0?"),
        "pieces",
        ("concernes",),
        chemins=("handicaps",),
        gabarit="portail/nouvelle/handicap.html",
    )
    for rang, (prefixe, _) in enumerate(fiches_prefixees(contenu)):
        yield PageDuPlan(
            f"fiche-{prefixe}",
            "souhaits",
            gettext_noop("Ce que le logement doit permettre"),
            "handicap",
            tuple(FormulaireHandicap.base_fields),
            prefixe=prefixe,
            chemins=(f"handicaps[{rang}]",),
            gabarit="portail/nouvelle/fiche.html",
        )
