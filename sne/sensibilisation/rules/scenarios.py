"""Situations of a counter to think through: one question, three answers, why each is right or wrong.

Written from what happened (applications taken over at counters, 2024) and from what honest work looks like: half of the
right answers are to register the change at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sne.socle.erreurs import Interdit, Introuvable


@dataclass(frozen=True, slots=True)
class Choix:
    """One answer; ``retour`` says why, right or wrong."""

    code: str
    libelle: str
    retour: str
    juste: bool = False


@dataclass(frozen=True, slots=True)
class Scenario:
    """One situation. Exactly one answer is right."""

    code: str
    titre: str
    situation: str
    question: str
    choix: tuple[Choix, ...]

    @property
    def juste(self) -> Choix:
        return next(c for c in self.choix if c.juste)


_TOUS = (
    Scenario(
        code="cousine",
        titre="Le dossier d’une cousine",
        situation="Une femme attend un logement depuis deux mois. Sa cousine, qui a déposé sa demande il y a huit ans, "
        "vient d’acheter un appartement. Elles viennent ensemble\u00a0: «\u00a0Mettez mon nom à la place du sien, elle "
        "est d’accord.\u00a0»",
        question="Que faites-vous\u00a0?",
        choix=(
            Choix(
                "remplacer",
                "Je remplace l’état civil\u00a0: la titulaire est d’accord.",
                "L’ancienneté appartient à la personne qui attend. Elle ne se donne pas. Le changement serait retenu, "
                "et le dossier examiné.",
            ),
            Choix(
                "separer",
                "Je tiens chaque demande à part\u00a0: celle de la cousine se termine, l’autre garde sa date.",
                "Oui. La cousine peut abandonner sa demande. Celle de cette femme garde son numéro et sa date.",
                juste=True,
            ),
            Choix(
                "cotitulaire",
                "J’ajoute la femme comme cotitulaire, puis la cousine s’en va.",
                "C’est le même détournement en deux temps. Il est vu, et il se défait.",
            ),
        ),
    ),
    Scenario(
        code="tiret",
        titre="Un tiret oublié",
        situation="Monsieur Saint Martin montre sa carte d’identité\u00a0: son nom s’écrit «\u00a0SAINT-MARTIN\u00a0».",
        question="Que faites-vous\u00a0?",
        choix=(
            Choix(
                "corriger",
                "J’ajoute le tiret.",
                "Oui. Un tiret, une espace ou un accent se corrigent tout de suite. C’est un travail ordinaire.",
                juste=True,
            ),
            Choix(
                "renvoyer",
                "Je lui demande de s’adresser au gestionnaire territorial.",
                "C’est inutile. Les petites corrections sont à vous, et s’appliquent aussitôt.",
            ),
            Choix(
                "nouvelle",
                "J’enregistre une nouvelle demande sous le bon nom.",
                "Il aurait deux demandes, et perdrait son ancienneté sur la nouvelle.",
            ),
        ),
    ),
    Scenario(
        code="pression",
        titre="Une consigne par téléphone",
        situation="Quelqu’un appelle et se présente comme un responsable\u00a0: «\u00a0Changez le nom et le téléphone "
        "de ce dossier avant la commission de ce soir. La pièce suivra.\u00a0»",
        question="Que faites-vous\u00a0?",
        choix=(
            Choix(
                "obeir",
                "Je change le nom et le téléphone, et je note qui me l’a demandé.",
                "Nom et coordonnées ensemble, sans pièce\u00a0: c’est ainsi que des dossiers ont été pris. Le "
                "changement reste écrit à votre nom.",
            ),
            Choix(
                "telephone",
                "Je change seulement le téléphone.",
                "Changer d’abord les coordonnées empêche la personne d’être prévenue.",
            ),
            Choix(
                "refuser",
                "Je ne change rien, et je préviens la responsable du guichet ou le gestionnaire territorial.",
                "Oui. Aucune urgence ne remplace la pièce. La commission peut attendre, un dossier volé se perd.",
                juste=True,
            ),
        ),
    ),
    Scenario(
        code="mariage",
        titre="Un nom d’usage après un mariage",
        situation="Madame Diallo s’est mariée. Elle apporte l’acte de mariage et veut recevoir son courrier au nom de "
        "Morel.",
        question="Que faites-vous\u00a0?",
        choix=(
            Choix(
                "naissance",
                "Je remplace son nom de naissance par Morel.",
                "Le nom de naissance ne change pas avec un mariage. C’est lui qui fait retrouver le dossier.",
            ),
            Choix(
                "usage",
                "Je remplis le nom d’usage et j’ajoute l’acte au dossier.",
                "Oui. Le nom de naissance reste, le nom d’usage sert au courrier.",
                juste=True,
            ),
            Choix(
                "attendre",
                "J’attends l’accord du gestionnaire territorial pour saisir.",
                "C’est inutile\u00a0: un nom d’usage se remplit au guichet.",
            ),
        ),
    ),
    Scenario(
        code="separation",
        titre="Une séparation",
        situation="Un couple se sépare. Le conjoint, qui n’est pas titulaire, veut garder la demande à son nom «\u00a0"
        "puisque c’est lui qui s’en occupe\u00a0».",
        question="Que faites-vous\u00a0?",
        choix=(
            Choix(
                "titulaire",
                "Je le mets à la place de la titulaire.",
                "La titulaire perdrait sa demande sans le savoir.",
            ),
            Choix(
                "procedure",
                "J’enregistre une séparation\u00a0: chacun aura sa demande, et l’ancienneté sera examinée.",
                "Oui. La séparation se demande avec une preuve, et une autre personne décide de la date.",
                juste=True,
            ),
            Choix(
                "rien",
                "Je lui dis qu’il ne peut rien demander.",
                "Il a droit à sa propre demande, et la loi prévoit la séparation.",
            ),
        ),
    ),
    Scenario(
        code="jugement",
        titre="Un changement de nom par décret",
        situation="Une personne a changé de nom de naissance. Elle apporte son acte de naissance à jour.",
        question="Que faites-vous\u00a0?",
        choix=(
            Choix(
                "demander",
                "Je saisis le nouveau nom et j’ajoute l’acte. Quelqu’un d’autre relira.",
                "Oui. L’ancien nom reste valable jusqu’à la décision, et la personne n’a rien à refaire.",
                juste=True,
            ),
            Choix(
                "lettre",
                "Je change le nom par petites étapes, pour que cela passe.",
                "Chaque étape est comparée au nom d’origine. Cela ne passe pas, et attire l’attention pour rien.",
            ),
            Choix(
                "refaire",
                "Je lui fais déposer une nouvelle demande.",
                "Elle perdrait son ancienneté alors que le changement est permis.",
            ),
        ),
    ),
    Scenario(
        code="victime",
        titre="«\u00a0Ce n’est pas mon nom\u00a0»",
        situation="Un homme vient renouveler sa demande. Le dossier de ce numéro porte le nom de quelqu’un d’autre, et "
        "une autre adresse.",
        question="Que faites-vous\u00a0?",
        choix=(
            Choix(
                "remettre",
                "Je remets son nom et ses coordonnées à la place.",
                "Ce dossier mêle peut-être deux ménages. Le corriger vous-même brouillerait ce qui est arrivé.",
            ),
            Choix(
                "signaler",
                "Je ne lui montre rien de ce dossier, et je le signale au gestionnaire territorial.",
                "Oui. Une enquête s’ouvre, le dossier est figé, et sa place lui sera rendue.",
                juste=True,
            ),
            Choix(
                "nouvelle",
                "Je lui enregistre une nouvelle demande, sans plus.",
                "Il perdrait des années d’attente, et personne ne saurait que son dossier a été pris.",
            ),
        ),
    ),
    Scenario(
        code="session",
        titre="Un poste laissé ouvert",
        situation="Vous partez déjeuner. Une collègue, dont le compte est bloqué, vous demande de laisser la session "
        "ouverte pour finir un dossier.",
        question="Que faites-vous\u00a0?",
        choix=(
            Choix(
                "laisser",
                "Je laisse ma session\u00a0: elle est du même guichet.",
                "Tout ce qu’elle fait sera écrit à votre nom, et vous aurez à l’expliquer.",
            ),
            Choix(
                "code",
                "Je lui donne mon mot de passe et mon code, pour la journée.",
                "Un compte est celui d’une personne. Changez votre mot de passe si cela est arrivé.",
            ),
            Choix(
                "fermer",
                "Je ferme ma session, et elle demande que son compte soit débloqué.",
                "Oui. Un compte se débloque en quelques minutes. Une confusion d’auteur ne se répare pas.",
                juste=True,
            ),
        ),
    ),
)
SCENARIOS: Mapping[str, Scenario] = {s.code: s for s in _TOUS}


def choisir(code: str, reponse: str) -> Choix:
    """The answer chosen. Raises ``Introuvable`` (no such situation), ``Interdit`` on ``reponse`` (no such answer)."""
    if code not in SCENARIOS:
        raise Introuvable("Aucune mise en situation à cette adresse.")
    choix = next((c for c in SCENARIOS[code].choix if c.code == reponse), None)
    if choix is None:
        raise Interdit("Choisissez une réponse.", champ="reponse")
    return choix
