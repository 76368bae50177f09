"""The texts of the households' portal in its languages: after any change of them,

    python -m sne.socle.postgres avec -- python outils/traductions.py

French texts are the keys: read in the templates and the code of ``sne/portail`` and in what counters quote, written
in one catalogue (.po) a language, without losing what is translated there; then compiled (.mo), without GNU gettext.
``--verifier`` writes nothing and fails where a text is not translated, is translated for nothing, or is not compiled.
"""

import ast
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import django
import polib
from django.template import engines
from django.template.base import Node
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

RACINE = Path(__file__).resolve().parents[1]
PORTAIL = RACINE / "sne" / "portail"
COMMUNS = RACINE / "sne" / "saisie" / "templates" / "saisie" / "menage"
"""Sentences of the portal that counters are shown too."""
APPELS = {"gettext", "gettext_lazy", "gettext_noop", "_"}
LANGUES = ("en", "ar", "pt", "uk", "tr")
PLURIELS = {
    "en": "nplurals=2; plural=(n != 1);",
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;",
    "pt": "nplurals=2; plural=(n > 1);",
    "uk": "nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2;",
    "tr": "nplurals=2; plural=(n > 1);",
}


def textes() -> dict[str, str]:
    """Every text to translate, and its plural (empty for nearly all), in the order of the files."""
    trouves: dict[str, str] = {}
    for fichier in sorted([*PORTAIL.rglob("*.html"), *PORTAIL.rglob("*.py"), *COMMUNS.rglob("*.html")]):
        lire = _du_gabarit if fichier.suffix == ".html" else _du_code
        for texte, pluriel in lire(fichier.read_text("utf-8")):
            trouves[texte] = trouves.get(texte) or pluriel
    return trouves


def _du_code(source: str) -> Iterator[tuple[str, str]]:
    for noeud in ast.walk(ast.parse(source)):
        if isinstance(noeud, ast.Call) and isinstance(noeud.func, ast.Name) and noeud.func.id in APPELS:
            (argument,) = noeud.args
            if isinstance(argument, ast.Constant):
                yield str(argument.value), ""


def _du_gabarit(source: str) -> Iterator[tuple[str, str]]:
    """As Django itself reads them: the nodes of the template."""
    gabarit = engines["django"].from_string(source).template
    for noeud in gabarit.nodelist.get_nodes_by_type(Node):
        if isinstance(noeud, TranslateNode) and noeud.filter_expression.var.literal:
            yield str(noeud.filter_expression.var.literal), ""
        elif isinstance(noeud, BlockTranslateNode):
            yield (
                noeud.render_token_list(noeud.singular)[0],
                noeud.render_token_list(noeud.plural)[0] if noeud.plural else "",
            )


def catalogue(langue: str) -> Path:
    return PORTAIL / "locale" / langue / "LC_MESSAGES" / "django.po"


def mettre_a_jour(langue: str, attendus: dict[str, str]) -> polib.POFile:
    """The catalogue of a language with exactly these texts; a new one has no translation yet."""
    fichier = catalogue(langue)
    connus = {e.msgid: e for e in polib.pofile(str(fichier))} if fichier.exists() else {}
    nouveau = polib.POFile(wrapwidth=110)
    nouveau.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": langue,
        "Plural-Forms": PLURIELS[langue],
    }
    formes = int(PLURIELS[langue][len("nplurals=")])
    for texte, pluriel in attendus.items():
        connu = connus.get(texte)
        if pluriel:
            traduits = dict(connu.msgstr_plural) if connu else {}
            nouveau.append(
                polib.POEntry(
                    msgid=texte,
                    msgid_plural=pluriel,
                    msgstr_plural={i: traduits.get(i, "") for i in range(formes)},
                )
            )
        else:
            nouveau.append(polib.POEntry(msgid=texte, msgstr=connu.msgstr if connu else ""))
    return nouveau


def ecarts(langue: str, attendus: dict[str, str]) -> list[str]:
    """What is wrong with a language, in words."""
    fichier = catalogue(langue)
    if not fichier.exists():
        return [f"{langue} : aucun catalogue"]
    lu = polib.pofile(str(fichier))
    ids = {e.msgid for e in lu}
    compile_ = fichier.with_suffix(".mo")
    return [
        *(f"{langue} : sans traduction : {t}" for t in attendus if t not in ids),
        *(f"{langue} : sans traduction : {e.msgid}" for e in lu if not e.translated()),
        *(f"{langue} : traduit pour rien : {i}" for i in ids - attendus.keys()),
        *(
            []
            if compile_.exists() and compile_.read_bytes() == lu.to_binary()
            else [f"{langue} : à compiler"]
        ),
    ]


def main(arguments: list[str]) -> int:
    """0 when every language says everything."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    attendus = textes()
    if "--verifier" not in arguments:
        for langue in LANGUES:
            catalogue(langue).parent.mkdir(parents=True, exist_ok=True)
            lu = mettre_a_jour(langue, attendus)
            lu.save(str(catalogue(langue)))
            polib.pofile(str(catalogue(langue))).save_as_mofile(str(catalogue(langue).with_suffix(".mo")))
    dits = [ecart for langue in LANGUES for ecart in ecarts(langue, attendus)]
    sys.stdout.write("".join(f"{dit}\n" for dit in dits))
    return 1 if dits else 0


if __name__ == "__main__":
    sys.path.insert(0, str(RACINE))
    sys.exit(main(sys.argv[1:]))
