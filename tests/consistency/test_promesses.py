"""Pages say that somebody is told only where it is sure: every such sentence is known, with what makes it true."""

import re
from pathlib import Path

SNE = Path(__file__).resolve().parents[2] / "sne"
LUS = (
    "assistance",
    "collaboratif",
    "espace_pro",
    "guichet",
    "habilitations",
    "portail",
    "registre",
    "saisie",
)
LUS += ("sensibilisation", "site_pro")
DIT = re.compile(
    r"\b(?:(?:est|sont|a été|ont été|sera|seront|serez) (?:informé|prévenu|averti)e?s?"
    r"|(?:a|ont) reçu|reçoit un message|recevr(?:a|ez|ont)|vous (?:prévenons|préviendrons|écrirons))\b"
)
CONNUES = {
    (
        "assistance/actions/incidents.py",
        "recevrez",
    ): "the answer of an incident is written in the thread of each",
    ("espace_pro/assistance/forms.py", "recevront"): "the same: of who writes it",
    ("espace_pro/assistance/incident.html", "recevront"): "the same",
    ("espace_pro/assistance/ticket.html", "recevra"): "the same, of one that says the same thing as another",
    ("espace_pro/assistance/ticket.py", "est prévenu"): "once an account was written to by the act",
    ("espace_pro/assistance/ticket.py", "est prévenue"): "« si un courriel peut lui être écrit »",
    (
        "guichet/alertes/nouvelle.html",
        "sont prévenus",
    ): "the action writes to those who answer for the counter",
    ("guichet/alertes/views.py", "est prévenu"): "the action writes to whoever is named",
    ("guichet/avis/forms.py", "a été prévenue"): "a question to the manager",
    ("guichet/avis/porter.html", "est prévenue"): "what the manager says by this button",
    ("guichet/avis/views.py", "a été prévenue"): "the manager has just said how",
    ("guichet/lecture/historique_demandeur.html", "a reçu"): "the notice whose link is spoken of",
    (
        "guichet/recapitulatif/envoi.html",
        "a été prévenue",
    ): "a mailing without a reader writes to the operator",
    ("guichet/vie/radier.html", "a reçu"): "the counter, a letter",
    ("habilitations/revues/rythme.html", "est prévenue"): "opening a review writes to each who answers",
    ("habilitations/views/revues.py", "est prévenue"): "the same",
    (
        "portail/menage/accueil.html",
        "vous prévenons",
    ): "the notice of renewal, by letter where there is no e-mail",
    ("portail/menage/arreter.html", "sont prévenues"): "every contact on file is written to",
    ("portail/menage/comment.html", "vous prévenons"): "the notice of renewal",
    (
        "portail/menage/espace.html",
        "vous prévenons",
    ): "the notice of renewal; when it fails, the page says so instead",
    ("registre/actions/avertir.py", "a été prévenue"): "a manager said how",
    ("registre/rules/acces.py", "est prévenu"): "a heading of the form: how, not that",
    (
        "sensibilisation/rules/rappel.py",
        "est prévenue",
    ): "each change, at addresses of before too, or by the manager",
    ("site_pro/contenu/detournement.md", "sont prévenus"): "the same",
    ("site_pro/contenu/nom-naissance.md", "sont prévenues"): "the same",
    ("site_pro/contenu/pas-moi.md", "a reçu"): "who comes with the notice",
    (
        "site_pro/contenu/pieces.md",
        "est prévenue",
    ): "a document that cannot be used is asked for again, by letter too",
    ("site_pro/contenu/radiation.md", "est prévenue"): "striking off is told, by letter too",
    ("site_pro/contenu/separation.md", "sont prévenus"): "a change of the household, told to who stays",
}


def test_every_sentence_that_says_that_somebody_is_told_is_known() -> None:
    dites = {
        (f"{module}/{fichier.parent.name}/{fichier.name}", mots)
        for module in LUS
        for suffixe in ("py", "html", "md")
        for fichier in (SNE / module).rglob(f"*.{suffixe}")
        for mots in DIT.findall(" ".join(fichier.read_text(encoding="utf-8").split()))
    }
    assert dites == set(CONNUES)
