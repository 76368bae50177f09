"""A couple separates: who stays and who leaves, whether seniority follows at once, and what must stay secret. Pure.

CCH L441-1: when the other member of the couple was named among the persons to house, they keep the seniority of the
demande, whether they replace the applicant or file another one. Such an inheritance could be forged: it always waits
for the territorial manager, to whom the screen says what to look at (docs/adr/0034).
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from sne.registre.contenu.rules.anomalie import Anomalie, bloquer
from sne.registre.contenu.rules.appariement import est_une_correction, memes_traits
from sne.registre.contenu.rules.arbre.personnes import Cotitulaire, Demandeur, Identite
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import Adulte, adultes
from sne.registre.contenu.rules.identite import TRAITS_PROTEGES, traits_differents
from sne.registre.contenu.rules.texte import lire_texte
from sne.socle.erreurs import Interdit
from sne.socle.signes import INSECABLE

DOCUMENT_MAX = 200  # signs


EPOUX = frozenset({"M", "P"})
"""Links to the applicant that the law speaks of: marriage, PACS (``ListeLienDemandeur``)."""
LISTE_PREUVES = "ListePreuveSeparation"


class IssueSeparation(StrEnum):
    """What the territorial manager answers: seen, or whether seniority is inherited."""

    VUE = "VUE"
    HERITEE = "HERITEE"
    NON_HERITEE = "NON_HERITEE"


class Reserve(StrEnum):
    """Why seniority waits for a decision."""

    NOMMEE_DEPUIS_PEU = "NOMMEE_DEPUIS_PEU"
    HORS_MARIAGE = "HORS_MARIAGE"
    DEMANDEUR_INITIAL = "DEMANDEUR_INITIAL"
    DEUXIEME_PERSONNE = "DEUXIEME_PERSONNE"


ISSUES: Mapping[IssueSeparation, str] = MappingProxyType(
    {
        IssueSeparation.VUE: "J’ai examiné cette séparation",
        IssueSeparation.HERITEE: "L’ancienneté est reprise dans la nouvelle demande",
        IssueSeparation.NON_HERITEE: "L’ancienneté n’est pas reprise\u00a0: la nouvelle demande compte de son dépôt",
    }
)
RESERVES: Mapping[Reserve, str] = MappingProxyType(
    {
        Reserve.NOMMEE_DEPUIS_PEU: "La personne est dans la première demande, sous cette identité, depuis trop peu de "
        "temps.",
        Reserve.HORS_MARIAGE: "La première demande ne dit pas la personne mariée ou pacsée avec le demandeur.",
        Reserve.DEMANDEUR_INITIAL: "Le demandeur d’origine part\u00a0: la loi parle de l’autre membre du couple.",
        Reserve.DEUXIEME_PERSONNE: "Rien de particulier\u00a0: une ancienneté ne passe d’une demande à une autre "
        "qu’avec l’accord d’une deuxième personne.",
    }
)


@dataclass(frozen=True, slots=True)
class FaitsSeparation:
    """What a counter tells of a separation. ``personne``: row of the person who leaves, empty when it is to be found by
    the identity of the new applicant (:func:`deduire_partant`); ``preuve``: code of the list in force.

    ``secrete``: the agent says that the new address must stay secret, whatever the reasons of the demande.
    """

    personne: str
    preuve: str
    document: str
    secrete: bool = False


def verifier_faits(faits: FaitsSeparation, *, preuves: Collection[str]) -> None:
    """Refuse a separation without its proof. Raises ``Interdit`` on the field to correct."""
    if faits.preuve not in preuves:
        raise Interdit("Choisissez la preuve de la séparation dans la liste.", champ="preuve")
    lire_texte(
        faits.document,
        champ="document",
        requis=True,
        dites="Indiquez la référence de la preuve, ou où elle est gardée.",
        maximum=DOCUMENT_MAX,
    )


def deduire_partant(avant: Contenu, saisie: Identite) -> str:
    """The row of the adult of the first demande who is the new applicant: the only one with the same names and birth
    date, else the only one with two of these three. A message from outside names nobody. Raises ``Interdit``.
    """
    for ressemble in (memes_traits, est_une_correction):
        trouvees = [
            personne for personne, adulte in _par_personne(avant) if ressemble(adulte.identite, saisie)
        ]
        if len(trouvees) == 1:
            return trouvees[0]
        if trouvees:
            break
    raise Interdit(
        "Le demandeur n’est pas reconnu parmi les adultes de la première demande. Reprenez son nom de naissance, ses "
        "prénoms et sa date de naissance tels qu’elle les dit, ou adressez-vous à un guichet.",
        champ="personne",
    )


def reserves(
    personne: str, *, en_vigueur: Contenu, auparavant: Contenu | None, depuis: Contenu
) -> tuple[Reserve, ...]:
    """Why the seniority of the first demande waits, and what to look at. There is always at least one reason: a second
    person must agree.

    ``en_vigueur``: the first demande now; ``auparavant``: the same, as long before as the dated parameter says
    (``None``: it did not exist); ``depuis``: as it was when first registered, which says who the first applicant is.
    """
    avant = dict(_par_personne(auparavant)) if auparavant else {}
    actuelle = dict(_par_personne(en_vigueur))[personne]
    nommee = avant.get(personne, actuelle)
    initial = depuis.demandeur is not None and depuis.demandeur.personne == personne
    faits = {
        Reserve.NOMMEE_DEPUIS_PEU: not _y_etait(actuelle, avant),
        Reserve.HORS_MARIAGE: not initial and _lien(nommee) not in EPOUX,
        Reserve.DEMANDEUR_INITIAL: initial,
    }
    return tuple(reserve for reserve, vrai in faits.items() if vrai) or (Reserve.DEUXIEME_PERSONNE,)


def exiger_un_ancien(
    personne: str, *, en_vigueur: Contenu, auparavant: Contenu | None, depuis: Contenu
) -> None:
    """Refuse that those who were there leave the demande to people who have just come in: it would change hands.

    Somebody who took the place of a person under another identity has come in too. The contents are those of
    :func:`reserves`; when ``auparavant`` is ``None``, the people of its registration count as those who were there.
    Raises ``Interdit``.
    """
    anciens = dict(_par_personne(auparavant or depuis))
    restent = [adulte for p, adulte in _par_personne(en_vigueur) if p != personne]
    if personne in anciens and not any(_y_etait(adulte, anciens) for adulte in restent):
        raise Interdit(
            "Les personnes qui resteraient dans cette demande y sont, sous leur identité d’aujourd’hui, depuis trop "
            "peu de temps pour la garder seules. "
            f"Enregistrez plutôt leur départ{INSECABLE}: recommencez en choisissant la personne arrivée récemment.",
            champ="personne",
        )


def partir(contenu: Contenu, personne: str) -> Contenu:
    """What the new demande starts from: who leaves, without any contact or address of the household left."""
    adulte = dict(_par_personne(contenu))[personne]
    garde = {
        nom: getattr(adulte, nom)
        for nom in ("identite", "situation_professionnelle", "revenus_fiscaux", "ressources")
    }
    return Contenu(titulaire=contenu.titulaire, demandeur=Demandeur(**garde), souhaits=contenu.souhaits)


def verifier_identite(connue: Identite, saisie: Identite) -> Iterator[Anomalie]:
    """A separation registers the person who left, and nobody else: each protected trait is the one in force.

    A NIR that the first demande did not have may be given, and is checked as at any registration.
    """
    numero_connu = connue.nir is not None and bool(connue.nir.empreinte)
    for trait in traits_differents(connue, saisie):
        if trait == "nir" and not numero_connu:
            continue
        libelle = TRAITS_PROTEGES[trait]
        yield bloquer(
            f"demandeur.identite.{trait}",
            f"{libelle[:1].upper()}{libelle[1:]}{INSECABLE}: ce n’est pas celui de la première demande. Reprenez-le, "
            "et demandez ensuite sa correction dans la nouvelle demande.",
        )


def exiger_toujours_la(heritee: date, *, aujourd_hui: date) -> None:
    """Refuse a seniority that the first demande no longer has: it was taken back since. Raises ``Interdit``."""
    if aujourd_hui > heritee:
        raise Interdit(
            "L’ancienneté de la première demande a été ramenée à une date plus récente depuis cette séparation. "
            "Répondez que l’ancienneté n’est pas reprise."
        )


def lire_reponse(issue: str, motif: str, *, reservee: bool) -> str:
    """The reason of an answer that the separation asks for. Raises ``Interdit`` on the field to correct."""
    if issue not in issues_possibles(reservee=reservee):
        raise Interdit("Choisissez votre réponse.", champ="issue")
    return lire_texte(
        motif,
        champ="motif",
        requis=issue == IssueSeparation.NON_HERITEE,
        dites="Dites en une phrase pourquoi l’ancienneté n’est pas reprise.",
    )


def issues_possibles(*, reservee: bool) -> tuple[IssueSeparation, ...]:
    """Answers offered: a separation that raised nothing is only marked as seen."""
    return (IssueSeparation.HERITEE, IssueSeparation.NON_HERITEE) if reservee else (IssueSeparation.VUE,)


def _par_personne(contenu: Contenu) -> Iterator[tuple[str, Adulte]]:
    return ((adulte.personne, adulte) for _, adulte in adultes(contenu) if adulte.personne)


def _y_etait(adulte: Adulte, alors: Mapping[str, Adulte]) -> bool:
    """Whether this very person was there then: their row, and who it was said to be."""
    connu = alors.get(adulte.personne or "")
    return connu is not None and est_une_correction(connu.identite, adulte.identite)


def _lien(adulte: Adulte) -> str | None:
    return adulte.lien_demandeur if isinstance(adulte, Cotitulaire) else None
