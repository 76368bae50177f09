"""The civil status that FranceConnect gives, as it would be typed: what is not typed again, what may be corrected."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop

from sne.oidc.rules.identite import IdentitePivot
from sne.registre.contenu.rules.arbre.personnes import LieuNaissance
from sne.registre.contenu.rules.normalisation import normaliser
from sne.registre.rattachement.selectors.candidats import lire_pivot
from sne.saisie.brut import Brut, premier
from sne.saisie.composition.lieux import texte_naissance
from sne.saisie.composition.textes import en_brut
from sne.saisie.forms.champs import Cadre
from sne.saisie.forms.commune import CommuneRefusee, lire_naissance
from sne.socle.forms import ErreurDeChamp

CIVILITES = {"male": "1", "female": "2"}
AUTRE_NOM = gettext_noop(
    "Nom de naissance\u00a0: FranceConnect donne «\u00a0%(donne)s\u00a0». Vous pouvez corriger les accents, les "
    "majuscules et les tirets. "
    "Si une lettre est fausse, allez dans un guichet."
)
AUTRES_PRENOMS = gettext_noop(
    "Prénoms\u00a0: FranceConnect donne «\u00a0%(donne)s\u00a0». Vous pouvez corriger les accents, les majuscules "
    "et les tirets. "
    "Si une lettre est fausse, allez dans un guichet."
)
PHRASES = {"nom_naissance": AUTRE_NOM, "prenoms": AUTRES_PRENOMS}


@dataclass(frozen=True, slots=True)
class EtatCivilDonne:
    """``verrouille``: as it is given; ``ecrit``: letters whose accents may be corrected; ``joindre``: its e-mail."""

    verrouille: Brut
    ecrit: Brut
    joindre: Brut

    def ecarts(self, saisi: Brut) -> tuple[ErreurDeChamp, ...]:
        """What was typed with other letters than those that FranceConnect gives."""
        return tuple(self._ecarts(saisi))

    def _ecarts(self, saisi: Brut) -> Iterator[ErreurDeChamp]:
        for nom, phrase in PHRASES.items():
            tape, donne = premier(saisi, nom), premier(self.ecrit, nom)
            if tape.strip() and normaliser(tape) != normaliser(donne):
                yield ErreurDeChamp(gettext(phrase) % {"donne": donne}, f"id_{nom}")


def lire_etat_civil(identite: IdentitePivot, cadre: Cadre) -> EtatCivilDonne:
    """What is typed of this person by FranceConnect. A place that the register does not know is asked for."""
    lu = lire_pivot(identite)
    verrouille = {
        "civilite": CIVILITES.get(identite.gender or ""),
        "date_naissance": identite.birthdate,
        "date_naissance_presumee": "on" if lu.incomplete else None,
        "lieu_naissance": _lieu(identite, cadre),
    }
    usage = identite.preferred_username
    return EtatCivilDonne(
        verrouille={"date_naissance_presumee": []} | en_brut(verrouille),
        ecrit=en_brut(
            {
                "nom_naissance": identite.family_name,
                "prenoms": identite.given_name,
                "nom_usage": usage if normaliser(usage) != normaliser(identite.family_name) else None,
            }
        ),
        joindre=en_brut({"courriel": identite.email}),
    )


def _lieu(identite: IdentitePivot, cadre: Cadre) -> str:
    """As it would be typed, if the register reads it; nothing otherwise."""
    lieu = LieuNaissance(
        commune=identite.birthplace or None, pays=None if identite.birthplace else identite.birthcountry
    )
    texte = texte_naissance(lieu, cadre.geographie)
    try:
        return texte if texte and lire_naissance(texte, cadre) else ""
    except CommuneRefusee:
        return ""
