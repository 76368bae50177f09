"""What only the register finds wrong, in the language of the page: its remarks, place by place, and its refusals."""

from collections.abc import Iterable

from django.utils.translation import get_language, gettext, gettext_noop

from sne.portail.lignes import Forme, dire_lieu, dire_mot, formes_de, lire
from sne.registre.contenu.rules.anomalie import Anomalie
from sne.registre.contenu.rules.arbre.champs import libelle
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.saisie.presentation.valeurs import libelle_de, phrase_de
from sne.socle.forms import DEUX_POINTS, ErreurDeChamp
from sne.socle.langues import FRANCAIS

CONSTATS = (
    gettext_noop("indiquez la voie ou le lieu-dit."),
    gettext_noop("indiquez la ville de l’adresse."),
    gettext_noop("indiquez le pays de l’adresse."),
    gettext_noop("indiquez le code postal de l’adresse."),
    gettext_noop("indiquez la commune de l’adresse."),
    gettext_noop("une commune française est indiquée pour un lieu à l’étranger. Gardez l’une ou l’autre."),
    gettext_noop("une ville étrangère est indiquée. Cochez «\u00a0à l’étranger\u00a0»."),
    gettext_noop("indiquez la personne ou la structure qui héberge."),
    gettext_noop("indiquez un numéro de téléphone portable, ou renoncez aux notifications par SMS."),
    gettext_noop("indiquez une adresse électronique, ou choisissez l’avis de renouvellement par courrier."),
    gettext_noop(
        "le numéro est incomplet\u00a0: 10 chiffres, ou «\u00a0+\u00a0» et l’indicatif pour l’étranger."
    ),
    gettext_noop("l’adresse n’a pas la bonne forme\u00a0: nom@domaine.fr, sans espace."),
    gettext_noop("vérifiez l’adresse, qui ressemble à «\u00a0@{propose}\u00a0»."),
    gettext_noop(
        "le signe «\u00a0{signe}\u00a0» n’existe pas dans un nom. Tapez-le en lettres latines, comme "
        "sur la pièce d’identité."
    ),
    gettext_noop(
        "un signe invisible n’existe pas dans un nom. Tapez-le en lettres latines, comme sur la pièce "
        "d’identité."
    ),
    gettext_noop("ce code n’existe pas. Choisissez une valeur de la liste."),
    gettext_noop("cette commune n’existe pas. Choisissez une commune de la liste."),
    gettext_noop("la date est dans le futur. Corrigez-la."),
    gettext_noop("cette personne a moins de {limite} ans. Vérifiez la date."),
    gettext_noop("cette personne aurait plus de {limite} ans. Vérifiez la date."),
    gettext_noop("la date est passée. Si l’enfant est né, ajoutez-le aux personnes à charge."),
    gettext_noop("la date est à plus de {mois} mois. Vérifiez-la."),
    gettext_noop(
        "un titre de séjour en cours de validité est demandé. Aux personnes de l’Espace économique européen ou de "
        "Suisse, une pièce d’identité suffit."
    ),
    gettext_noop("le premier chiffre ne correspond pas à la civilité. Vérifiez l’un et l’autre."),
    gettext_noop("l’année ne correspond pas à la date de naissance. Vérifiez l’un et l’autre."),
    gettext_noop("le mois ne correspond pas à la date de naissance. Vérifiez l’un et l’autre."),
    gettext_noop(
        "aucun cotitulaire n’est déclaré. Ajoutez le conjoint ou partenaire qui habitera le logement."
    ),
    gettext_noop("il ne correspond pas à la situation familiale déclarée. Vérifiez l’un et l’autre."),
    gettext_noop("indiquez l’employeur principal."),
    gettext_noop("la situation professionnelle n’appelle pas d’employeur. Vérifiez l’un et l’autre."),
    gettext_noop("un salaire est déclaré dans les ressources. Vérifiez l’un et l’autre."),
    gettext_noop("une retraite est attendue. Ajoutez-la si elle est perçue."),
    gettext_noop("une allocation chômage est attendue. Ajoutez-la si elle est perçue."),
    gettext_noop("indiquez la date prévue de la naissance."),
    gettext_noop("un enfant de même date et de même sexe est déjà à charge. Ne le comptez qu’une fois."),
    gettext_noop("le montant ne peut pas être négatif. Corrigez-le."),
    gettext_noop("choisissez-la, ou retirez la ligne."),
    gettext_noop("l’année attendue est {attendue}. Vérifiez-la."),
    gettext_noop("les ressources semblent avoir baissé. Indiquez aussi le revenu de la dernière année."),
    gettext_noop("la clé du numéro ne correspond pas\u00a0: vérifiez chaque chiffre."),
    gettext_noop("indiquez la date d’arrivée."),
    gettext_noop("indiquez-le."),
    gettext_noop("le statut d’occupation qui correspond n’est pas déclaré. Vérifiez l’un et l’autre."),
    gettext_noop("la date précède la naissance du demandeur. Vérifiez-la."),
    gettext_noop("sans objet pour le statut d’occupation déclaré. Vérifiez l’un et l’autre."),
    gettext_noop("le logement est déclaré gratuit. Vérifiez l’un et l’autre."),
    gettext_noop("indiquez où se trouve ce logement."),
    gettext_noop("précisez-le en quelques mots, sans information de santé."),
    gettext_noop("indiquez-la si un jugement a été rendu."),
    gettext_noop("le motif handicap est déclaré. Remplissez une fiche par personne concernée."),
    gettext_noop("une séparation est déclarée comme motif. Vérifiez l’une et l’autre."),
    gettext_noop("«\u00a0logement trop petit\u00a0» alors qu’il a plus de pièces que d’habitants. Vérifiez."),
    gettext_noop(
        "«\u00a0logement trop grand\u00a0» alors qu’il a moins de pièces que d’habitants. Vérifiez."
    ),
    gettext_noop("un motif suppose un logement, et aucun n’est déclaré. Vérifiez l’un et l’autre."),
    gettext_noop("ce motif est déjà dans la liste. Retirez-le."),
    gettext_noop("gardez les {limite} plus importants."),
    gettext_noop("gardez les {limite} plus importantes."),
    gettext_noop(
        "elle n’est pas dans le territoire de cette demande. Retirez-la ou déposez une demande là-bas."
    ),
    gettext_noop("ce lieu est déjà dans la liste. Retirez-le."),
    gettext_noop("deux types voisins au plus sont conseillés\u00a0: T2 et T3."),
    gettext_noop("le logement demandé est grand pour ce foyer. Vérifiez l’un et l’autre."),
    gettext_noop("le logement demandé est petit pour ce foyer. Vérifiez l’un et l’autre."),
    gettext_noop("il dépasse la moitié des ressources du foyer. Vérifiez l’un et l’autre."),
    gettext_noop("choisissez une personne du foyer."),
    gettext_noop("cette personne a déjà une fiche. N’en gardez qu’une."),
    gettext_noop("ce n’est pas celle de la personne choisie. Corrigez-la."),
    gettext_noop("précisez-en la nature."),
    gettext_noop("une nature est indiquée. Cochez ce handicap, ou retirez-la."),
    gettext_noop("indiquez au moins un handicap, moteur, sensoriel ou autre."),
    gettext_noop("«\u00a0aucune\u00a0» exclut les autres. Retirez l’une ou les autres."),
    gettext_noop("indiquez où écrire, chez un proche ou un organisme de domiciliation s’il le faut."),
    gettext_noop("choisissez-le."),
    gettext_noop("choisissez-la."),
    gettext_noop("indiquez-les, comme à l’état civil."),
    gettext_noop("indiquez-la, au format JJ/MM/AAAA."),
    gettext_noop("choisissez au moins un type."),
    gettext_noop("choisissez au moins une commune."),
    gettext_noop("répondez par oui ou par non."),
)
"""What is said of one place, after its name."""
REFUS = (
    gettext_noop("Deux personnes du foyer ont le même numéro de sécurité sociale. Vérifiez-le."),
    gettext_noop(
        "Ce contact est aussi celui du foyer quitté, qui recevrait les messages. Retirez-le, ou "
        "donnez-en un que la personne est seule à lire."
    ),
    gettext_noop(
        "Cette adresse est celle du foyer quitté, qui recevrait les courriers. Donnez une autre "
        "adresse, par exemple celle d’un organisme de domiciliation."
    ),
    gettext_noop(
        "Cette adresse électronique est celle de {nom}, qui aide pour cette demande et lirait les "
        "messages et les codes. Donnez celle de la personne elle-même, ou aucune."
    ),
    gettext_noop(
        "Il faut avoir 18 ans pour demander en ligne. En cas d’émancipation, un guichet enregistre "
        "votre demande."
    ),
    gettext_noop(
        "Vous avez déjà la demande {numero} dans ce territoire. Ouvrez-la\u00a0: une seule demande "
        "suffit, et son ancienneté est gardée."
    ),
    gettext_noop(
        "Vous avez déjà envoyé une demande le {jour}, sous la référence {reference}. Une seule "
        "suffit\u00a0: sa date est gardée."
    ),
    gettext_noop(
        "Vous avez déjà {au_plus} demandes en attente d’une vérification. Attendez la réponse d’un "
        "guichet, ou allez-y avec une pièce d’identité."
    ),
    gettext_noop("Ajoutez la photo de votre pièce d’identité, puis envoyez."),
    gettext_noop("Cette demande est déjà enregistrée. Ouvrez-la pour la modifier ou la renouveler."),
    gettext_noop("Cette demande n’est plus ouverte. Elle ne peut pas être modifiée."),
    gettext_noop(
        "Ce dossier est en cours de vérification par le gestionnaire territorial. Jusqu’à la fin, ne "
        "changez pas\u00a0: {noms}. Rien n’a été enregistré. Le reste peut être modifié."
    ),
    gettext_noop(
        "L’identité a changé le {jour}, ou il est demandé qu’elle change\u00a0: le courriel et le "
        "téléphone peuvent être modifiés à partir du {fin}. Si c’est urgent, un gestionnaire de votre "
        "territoire peut permettre un changement, depuis la page du dossier. Un autre que lui le "
        "saisit."
    ),
    gettext_noop("Donnez un téléphone portable français, ou une adresse électronique."),
    gettext_noop("Ce contact est déjà celui de votre demande. Rien n’est à changer."),
    gettext_noop("Cette adresse est celle de la personne qui vous accompagne. Donnez la vôtre."),
    gettext_noop(
        "Votre demande n’a pas d’autre adresse ou téléphone portable pour vérifier que c’est bien "
        "vous. Connectez-vous avec FranceConnect, ou allez dans un guichet."
    ),
    gettext_noop(
        "Une adresse ou un téléphone de votre demande est nouveau, ou quelqu’un d’autre le lit. "
        "Connectez-vous avec FranceConnect, ou allez dans un guichet."
    ),
    gettext_noop(
        "Nous n’envoyons pas de code au téléphone de votre demande. Connectez-vous avec "
        "FranceConnect, ou allez dans un guichet."
    ),
    gettext_noop(
        "Votre demande a changé depuis que ces codes sont partis. Recommencez avec de nouveaux codes."
    ),
)
"""Whole sentences, by which an act of a household is refused."""
LIEUX = (
    gettext_noop("Fiche handicap"),
    gettext_noop("Personne concernée"),
    gettext_noop("Handicap sensoriel"),
)
"""Names of places that are told nowhere else."""
_CONSTATS, _REFUS = formes_de(CONSTATS), formes_de(REFUS)
NOMS = "noms"
"""Value of a sentence that is a list of places."""


def dire_constats(anomalies: Iterable[Anomalie], contenu: Contenu) -> tuple[ErreurDeChamp, ...]:
    """Remarks as lines of the error summary."""
    return tuple(ErreurDeChamp(dire_constat(anomalie, contenu)) for anomalie in anomalies)


def dire_constat(anomalie: Anomalie, contenu: Contenu) -> str:
    """What a rule says of a place: the person by their name once it is typed."""
    ecrite, debut = phrase_de(anomalie, contenu), f"{libelle(anomalie.chemin)}{DEUX_POINTS}"
    if get_language() == FRANCAIS:
        return ecrite
    if not anomalie.phrase.startswith(debut):
        return dire_refus(ecrite)
    suite = _dire(anomalie.phrase.removeprefix(debut), _CONSTATS)
    return f"{dire_lieu(libelle_de(anomalie.chemin, contenu))}{gettext(DEUX_POINTS)}{suite}"


def dire_refus(phrase: str) -> str:
    """Why an act is refused."""
    return phrase if get_language() == FRANCAIS else _dire(phrase, _REFUS)


def _dire(phrase: str, formes: tuple[Forme, ...]) -> str:
    """In the language of the page; a sentence that the register alone has words for stays in French."""
    lue = lire(phrase, formes)
    if lue is None:
        return dire_mot(phrase) or phrase
    modele, valeurs = lue
    dites = {nom: _lieux(mot) if nom == NOMS else dire_mot(mot) or mot for nom, mot in valeurs.items()}
    return gettext(modele).format(**dites)


def _lieux(noms: str) -> str:
    return "; ".join(map(dire_lieu, noms.split("\u00a0; ")))
