"""The pages of the simulated provider: a person to choose, and its own errors. They work without any script."""

from collections.abc import Mapping
from html import escape

from sne.simulation.fournisseur.protocole import Profil

STYLE = """
body { font: 1.125rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 0 auto; padding: 1rem; color: #161616 }
ul { list-style: none; padding: 0 }
button { font: inherit; width: 100%; text-align: left; padding: .75rem 1rem; margin: .25rem 0; background: #fff;
  border: 1px solid #000091; color: #000091; cursor: pointer }
button:hover { background: #f0f0ff }
button:focus-visible, input:focus-visible { outline: 3px solid #0a76f6; outline-offset: 2px }
button span { display: block; color: #3a3a3a; font-size: .9rem }
.avis { border-left: 4px solid #b34000; padding: .5rem 1rem; background: #fff4f0 }
"""
_PAGE = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{titre}</title><link rel="stylesheet" href="style.css"></head>
<body><main><h1>{titre}</h1>
<p class="avis">Simulateur, pour la démonstration et les essais : les personnes sont fictives.</p>
{corps}</main></body></html>"""
REFUS = (
    ("refuser", "Refuser", "Revenir au service sans s’identifier"),
    ("decedee", "Identité décédée", "L’état civil dit cette personne décédée"),
    ("panne", "Panne", "Le fournisseur répond par une erreur"),
)


def choisir(profil: Profil, champs: Mapping[str, str]) -> str:
    """The page where somebody says who they are; it carries the request, and asks for it again."""
    caches = "".join(
        f'<input type="hidden" name="{escape(n)}" value="{escape(v)}">' for n, v in champs.items()
    )
    personnes = "".join(_bouton("personne", p.code, p.nom, p.cas) for p in profil.personnes)
    autres = "".join(_bouton("refus", *refus) for refus in REFUS)
    corps = (
        f'<form method="post" action="authorize">{caches}<h2>Qui êtes-vous ?</h2><ul>{personnes}</ul>'
        '<p><label><input type="checkbox" name="rectifie" value="1"> L’état civil de cette personne vient d’être '
        f"rectifié : nouvel identifiant</label></p><h2>Autres réponses</h2><ul>{autres}</ul></form>"
    )
    return _PAGE.format(titre=f"{profil.nom} – simulateur", corps=corps)


def erreur(profil: Profil, pourquoi: str) -> str:
    """The provider's own page for a request that it does not accept."""
    corps = f"<p>La demande de connexion est mal formée (Y000400) : {escape(pourquoi)}.</p>"
    return _PAGE.format(titre=f"{profil.nom} – erreur", corps=corps)


def _bouton(nom: str, valeur: str, texte: str, detail: str) -> str:
    contenu = f"{escape(texte)}<span>{escape(detail)}</span>"
    return f'<li><button name="{nom}" value="{escape(valeur)}">{contenu}</button></li>'
