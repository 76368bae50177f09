"""Controls 1 to 5: who applies, birth dates, nationality, NIR, family situation."""

from collections.abc import Iterator

from sne.registre.contenu.rules import nir as nirs
from sne.registre.contenu.rules.arbre.derive import age
from sne.registre.contenu.rules.arbre.racine import Contenu, Titulaire
from sne.registre.contenu.rules.controles.contexte import Constat, Contexte, constat
from sne.registre.contenu.rules.mois import ajouter_mois

RESERVES_AUX_PERSONNES = (
    "demandeur",
    "cotitulaires",
    "foyer",
    "logement_actuel",
    "logement_possede",
    "motifs",
    "handicaps",
)
EN_COUPLE = frozenset({"M", "P", "U"})
LIENS = {"M": "M", "P": "P", "C": "U"}
"""``ListeLienDemandeur`` → ``ListeSituationFamiliale``: C is *concubin* in the first and *célibataire* in
the second.
"""


def branche_titulaire(contexte: Contexte) -> Iterator[Constat]:
    """Rule 1: ``titulaire`` decides the branch; an association has no household, housing, reason or
    handicap.
    """
    contenu = contexte.contenu
    if contenu.titulaire is Titulaire.PERSONNE:
        if contenu.association is not None:
            yield constat("association", "cette demande est celle d’une personne. Retirez l’association.")
        return
    for nom in RESERVES_AUX_PERSONNES:
        if getattr(contenu, nom) != Contenu.model_fields[nom].get_default():
            yield constat(nom, "une association ne remplit pas cette partie. Videz-la.")


def naissance_future(contexte: Contexte) -> Iterator[Constat]:
    """Rule 2: nobody is born tomorrow; a child expected is entered as such."""
    for chemin, naissance in contexte.naissances:
        if naissance > contexte.aujourd_hui:
            yield constat(chemin, "la date est dans le futur. Corrigez-la.")


def adulte_trop_jeune(contexte: Contexte) -> Iterator[Constat]:
    """Rule 2: an applicant or co-holder under 16 is remarked on."""
    for _, bloc, adulte in contexte.adultes:
        naissance = adulte.identite.date_naissance
        if naissance is None or naissance > contexte.aujourd_hui:
            continue
        if age(naissance, contexte.aujourd_hui) < contexte.limites.age_minimum_avertissement:
            chemin = f"{bloc}.identite.date_naissance"
            limite = contexte.limites.age_minimum_avertissement
            yield constat(chemin, f"cette personne a moins de {limite} ans. Vérifiez la date.")


def naissance_trop_ancienne(contexte: Contexte) -> Iterator[Constat]:
    """Rule 2: anyone older than 110 is remarked on."""
    limite = contexte.limites.age_maximum_avertissement
    for chemin, naissance in contexte.naissances:
        if age(naissance, contexte.aujourd_hui) > limite:
            yield constat(chemin, f"cette personne aurait plus de {limite} ans. Vérifiez la date.")


def naissance_prevue(contexte: Contexte) -> Iterator[Constat]:
    """Rule 2: a birth expected in the past, or in more than ten months."""
    prevue = contexte.contenu.foyer.enfants_a_naitre.date_prevue
    if prevue is None:
        return
    chemin = "foyer.enfants_a_naitre.date_prevue"
    mois = contexte.limites.naissance_prevue_max_mois
    if prevue < contexte.aujourd_hui:
        yield constat(chemin, "la date est passée. Si l’enfant est né, ajoutez-le aux personnes à charge.")
    elif prevue > ajouter_mois(contexte.aujourd_hui, mois):
        yield constat(chemin, f"la date est à plus de {mois} mois. Vérifiez-la.")


def titre_de_sejour(contexte: Contexte) -> Iterator[Constat]:
    """Rule 3: nationality outside the European Union asks for a residence document (CCH R441-1).

    Nationals of the European Economic Area and of Switzerland have the same code but show an identity
    document: the tree cannot tell them apart, so the agent is reminded. What was *seen* for the applicant is
    required by the registration itself (``sejour``).
    """
    for _, bloc, adulte in contexte.adultes:
        if adulte.identite.nationalite == "3":
            yield constat(
                f"{bloc}.identite.nationalite",
                "un titre de séjour en cours de validité est demandé. Aux personnes de l’Espace économique européen ou "
                "de Suisse, une pièce d’identité suffit.",
            )


def nir_illisible(contexte: Contexte) -> Iterator[Constat]:
    """Rule 4: format, month, 2A/2B and key of each number typed."""
    for reference, chemin, _ in contexte.adultes:
        saisie = contexte.nirs.get(reference, "")
        if not saisie.strip():
            continue
        try:
            nirs.normaliser(saisie)
        except nirs.NirInvalide as exc:
            yield f"{chemin}.identite.nir", str(exc)


def nir_repete(contexte: Contexte) -> Iterator[Constat]:
    """One number names one person: the second adult of the household with the same one is a typing error."""
    connus: set[str] = set()
    for reference, chemin, _ in contexte.adultes:
        try:
            numero = nirs.normaliser(contexte.nirs.get(reference, ""))
        except nirs.NirInvalide:
            continue
        if numero in connus:
            yield (
                f"{chemin}.identite.nir",
                "Deux personnes du foyer ont le même numéro de sécurité sociale. Vérifiez-le.",
            )
        connus.add(numero)


ECARTS_DE_NIR = {
    nirs.Ecart.SEXE: "le premier chiffre ne correspond pas à la civilité",
    nirs.Ecart.ANNEE: "l’année ne correspond pas à la date de naissance",
    nirs.Ecart.MOIS: "le mois ne correspond pas à la date de naissance",
}


def nir_discordant(contexte: Contexte) -> Iterator[Constat]:
    """Rule 4: sex against civility, year and month against birth date."""
    for reference, bloc, adulte in contexte.adultes:
        try:
            numero = nirs.normaliser(contexte.nirs.get(reference, ""))
        except nirs.NirInvalide:
            continue  # absent, or told by nir_illisible
        identite = adulte.identite
        for ecart in nirs.ecarts(
            numero,
            civilite=identite.civilite,
            date_naissance=identite.date_naissance,
            presumee=bool(identite.date_naissance_presumee),
        ):
            chemin = f"{bloc}.identite.nir"
            yield constat(chemin, f"{ECARTS_DE_NIR[ecart]}. Vérifiez l’un et l’autre.")


def couple_sans_cotitulaire(contexte: Contexte) -> Iterator[Constat]:
    """Rule 5: married, in a civil union or living together, and alone on the application."""
    demandeur = contexte.contenu.demandeur
    if (
        demandeur is not None
        and demandeur.situation_familiale in EN_COUPLE
        and not contexte.contenu.cotitulaires
    ):
        yield constat(
            "demandeur.situation_familiale",
            "aucun cotitulaire n’est déclaré. Ajoutez le conjoint ou partenaire qui habitera le logement.",
        )


def lien_discordant(contexte: Contexte) -> Iterator[Constat]:
    """Rule 5: the link of a co-holder against the family situation of both."""
    demandeur = contexte.contenu.demandeur
    for rang, cotitulaire in enumerate(contexte.contenu.cotitulaires):
        attendue = LIENS.get(cotitulaire.lien_demandeur or "")
        situations = (demandeur.situation_familiale if demandeur else None, cotitulaire.situation_familiale)
        if attendue and any(situation not in {None, attendue} for situation in situations):
            yield constat(
                f"cotitulaires[{rang}].lien_demandeur",
                "il ne correspond pas à la situation familiale déclarée. Vérifiez l’un et l’autre.",
            )
