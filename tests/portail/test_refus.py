"""What only the register finds wrong: each sentence of its rules is known here, said in the language of the page."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.utils import translation

from sne.portail.lignes import dire_lieu
from sne.portail.refus import CONSTATS, LIEUX, REFUS, dire_constat, dire_constats, dire_refus
from sne.registre.contenu.rules.anomalie import Anomalie, Niveau
from sne.registre.contenu.rules.arbre.champs import libelle
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.completude import manques_pour_enregistrer
from tests.portail.test_menage import traductions
from tests.registre import factories as f

RACINE = Path(__file__).resolve().parents[2] / "sne" / "registre"
DES_CONSTATS = sorted((RACINE / "contenu/rules/controles").glob("*.py"))
DES_REFUS = (
    RACINE / "contenu/rules/controles/personnes.py",
    RACINE / "controle/rules/alternance.py",
    RACINE / "depot_en_ligne/actions/commencer.py",
    RACINE / "depot_en_ligne/actions/envoyer.py",
    RACINE / "depot_en_ligne/possible.py",
    RACINE / "enquete/rules/gel.py",
    RACINE / "joindre/rules/aidant.py",
    RACINE / "joindre/rules/secret.py",
    RACINE / "modification/actions/brouillons.py",
    RACINE / "modification/possible.py",
    RACINE / "rattachement/actions/contacts.py",
    RACINE / "rattachement/rules/contacts.py",
)
D_ASSOCIATION = (
    "cette demande est celle d’une personne. Retirez l’association.",
    "une association ne remplit pas cette partie. Videz-la.",
)
"""Of what nobody files online."""
VIDE = Contenu.model_validate({"titulaire": "PERSONNE", "cotitulaires": [{}]})
LANGUES = ("en", "ar", "pt", "uk", "tr")


def modeles(fichier: Path) -> Iterator[str]:
    """Sentences of a file, « {} » standing for a value."""
    arbre = ast.parse(fichier.read_text("utf-8"))
    muets = {id(n.value) for n in ast.walk(arbre) if isinstance(n, ast.Expr)}
    for noeud in ast.walk(arbre):
        if isinstance(noeud, ast.JoinedStr):
            muets |= {id(morceau) for morceau in noeud.values}
            dits = [m.value if isinstance(m, ast.Constant) else _valeur(m) for m in noeud.values]
            yield "".join(map(str, dits))
        elif isinstance(noeud, ast.Constant) and isinstance(noeud.value, str) and id(noeud) not in muets:
            yield re.sub(r"\{\w+\}", "{}", noeud.value)


def _valeur(morceau: ast.expr) -> str:
    connu = isinstance(morceau, ast.FormattedValue) and getattr(morceau.value, "id", "") == "INSECABLE"
    return "\u00a0" if connu else "{}"


def est_dite(modele: str, phrases: tuple[str, ...]) -> bool:
    forme = re.compile(re.escape(modele).replace(r"\{\}", ".+"))
    return any(forme.fullmatch(phrase) for phrase in phrases)


def phrases_des_regles() -> list[str]:
    trouvees = [m for fichier in DES_CONSTATS for m in modeles(fichier)]
    return [m for m in trouvees if m.endswith(".") and " " in m and m[:1].islower() | (m[:1] in "«{")]


def test_every_remark_of_the_rules_is_known_here() -> None:
    regles = phrases_des_regles()
    assert len(regles) > 50
    assert [m for m in regles if m not in D_ASSOCIATION and not est_dite(m, CONSTATS)] == []


def test_what_is_missing_is_known_here() -> None:
    suites = [m.phrase.removeprefix(f"{libelle(m.chemin)}\u00a0: ") for m in manques_pour_enregistrer(VIDE)]
    assert len(suites) > 10
    assert [suite for suite in suites if suite not in CONSTATS] == []


def test_no_sentence_is_kept_that_the_register_says_no_more() -> None:
    dites = [m for fichier in DES_REFUS for m in modeles(fichier) if " " in m]
    assert [p for p in REFUS if not any(est_dite(m, (p,)) for m in dites)] == []
    dites = [
        *phrases_des_regles(),
        *(m.phrase.partition("\u00a0: ")[2] for m in manques_pour_enregistrer(VIDE)),
    ]
    connues = [c for c in CONSTATS if "signe" not in c]  # of one rule, which puts them in another shape
    assert [c for c in connues if not any(est_dite(m, (c,)) for m in dites)] == []


@pytest.mark.parametrize("langue", LANGUES)
def test_each_is_translated_with_its_values(langue: str) -> None:
    outil = traductions()
    lus = {e.msgid: e.msgstr for e in polib.pofile(str(outil.catalogue(outil.PORTAIL, langue)))}
    for phrase in (*CONSTATS, *REFUS, *LIEUX):
        assert lus.get(phrase), phrase
        assert set(re.findall(r"\{\w+\}", lus[phrase])) == set(re.findall(r"\{\w+\}", phrase)), phrase


def remarque(chemin: str, suite: str) -> Anomalie:
    return Anomalie("ICI", Niveau.BLOQUANT, chemin, f"{libelle(chemin)}\u00a0: {suite}")


def test_of_whom_of_what_and_what_to_do() -> None:
    contenu = f.contenu(cotitulaires=[f.personne("Haddad", "Karim") | {"lien_demandeur": "C"}])
    jeune = remarque(
        "cotitulaires[0].identite.date_naissance", "cette personne a moins de 16 ans. Vérifiez la date."
    )
    nir = Anomalie("NIR", Niveau.BLOQUANT, "demandeur.identite.nir", REFUS[0])
    with translation.override("en"):
        dites = [erreur.phrase for erreur in dire_constats((jeune, nir), contenu)]
        assert dites[0].startswith("Haddad Karim, ")
        assert dites[0].endswith(": this person is under 16. Please check the date.")
        assert (
            dites[1] == "Two people of the household have the same social security number. Please check it."
        )
        assert dire_lieu("Motifs") != "Motifs"
    with translation.override("fr"):
        assert dire_constat(jeune, contenu).startswith("Haddad Karim, date de naissance\u00a0: cette")


def test_a_refusal_with_its_values_and_one_that_is_in_french_alone() -> None:
    gel = next(r for r in REFUS if "{noms}" in r).format(noms="Demandeur, prénoms\u00a0; Situation familiale")
    with translation.override("en"):
        assert "do not change: " in dire_refus(gel)
        assert "prénoms\u00a0;" not in dire_refus(gel)
        assert dire_refus("Rien de connu.") == "Rien de connu."
    with translation.override("fr"):
        assert dire_refus(gel) == gel
