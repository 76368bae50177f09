"""Screens say that somebody was told only where it is sure: every such sentence is known, with what makes it true."""

import re
from pathlib import Path

RACINE = Path(__file__).resolve().parents[2] / "sne" / "guichet"
DIT = re.compile(
    r"\b(?:(?:est|sont|a été|ont été) (?:informé|prévenu|averti)e?s?|(?:a|ont) reçu|reçoit un message)\b"
)
CONNUES = {
    ("alertes/nouvelle.html", "sont prévenus"): "the action writes to those who answer for the counter",
    ("alertes/views.py", "est prévenu"): "the action writes to whoever is named",
    ("avis/forms.py", "a été prévenue"): "a question to the manager",
    ("avis/porter.html", "est prévenue"): "what the manager says by this button",
    ("avis/views.py", "a été prévenue"): "the manager has just said how",
    ("lecture/historique_demandeur.html", "a reçu"): "the notice whose link is spoken of",
    ("vie/radier.html", "a reçu"): "the counter, a letter",
    ("recapitulatif/envoi.html", "a été prévenue"): "a mailing without a reader writes to the operator",
}


def test_every_sentence_that_says_that_somebody_was_told_is_known() -> None:
    fichiers = (*RACINE.rglob("*.py"), *RACINE.rglob("*.html"))
    dites = {
        (f"{fichier.parent.name}/{fichier.name}", mots)
        for fichier in fichiers
        for mots in DIT.findall(fichier.read_text(encoding="utf-8"))
    }
    assert dites == set(CONNUES)
