"""What households read, in their languages: pages of the portal, messages. After any change of these texts,

    python -m sne.socle.postgres avec -- python outils/traductions.py

French texts are the keys: read in the templates and the code of ``sne/portail``, in the texts of ``sne/notifications``
and what their kinds declare; written in one catalogue (.po) a language beside each, without losing what is translated
there; then compiled (.mo), without GNU gettext. ``--verifier`` writes nothing and fails where a text is not translated,
is translated for nothing, or is not compiled.
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
PORTAIL, MESSAGES = RACINE / "sne" / "portail", RACINE / "sne" / "notifications"
MOTIFS = ("*.html", "*.txt", "*.py")
APPELS = {"gettext", "gettext_lazy", "gettext_noop", "_"}
LANGUES = ("en", "ar", "pt", "uk", "tr")
PLURIELS = {
    "en": "nplurals=2; plural=(n != 1);",
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;",
    "pt": "nplurals=2; plural=(n > 1);",
    "uk": "nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2;",
    "tr": "nplurals=2; plural=(n > 1);",
}


def textes(dossier: Path) -> dict[str, str]:
    """Every text to translate there, and its plural (empty for nearly all), in the order of the files."""
    trouves: dict[str, str] = {}
    for fichier in sorted(f for motif in MOTIFS for f in dossier.rglob(motif)):
        lire = _du_code if fichier.suffix == ".py" else _du_gabarit
        for texte, pluriel in lire(fichier.read_text("utf-8")):
            trouves[texte] = trouves.get(texte) or pluriel
    return trouves | dict.fromkeys({PORTAIL: _des_champs, MESSAGES: _des_messages}[dossier](), "")


def _des_champs() -> Iterator[str]:
    """What fields of the portal say that the register, or the entry of a demande, declares."""
    from sne.registre.requete.rules.requete import LIBELLES  # noqa: PLC0415

    yield from LIBELLES.values()


def _des_messages() -> Iterator[str]:
    """Subjects, SMS and names of the kinds of message to a household, and what their values may say."""
    from sne.notifications.rules import Genre  # noqa: PLC0415 - once Django is set up
    from sne.notifications.rules.dites import DITES  # noqa: PLC0415

    for genre in sorted(Genre.tous().values()):
        yield from filter(None, (genre.modele.objet, genre.modele.sms))
        yield from () if genre.modele.tu else (genre.modele.libelle,)
    yield from DITES


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


def catalogue(dossier: Path, langue: str) -> Path:
    return dossier / "locale" / langue / "LC_MESSAGES" / "django.po"


def mettre_a_jour(dossier: Path, langue: str, attendus: dict[str, str]) -> polib.POFile:
    """The catalogue of a language with exactly these texts; a new one has no translation yet."""
    fichier = catalogue(dossier, langue)
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


def ecarts(dossier: Path, langue: str, attendus: dict[str, str]) -> list[str]:
    """What is wrong with a language, in words."""
    fichier = catalogue(dossier, langue)
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
    dits = []
    for dossier in (PORTAIL, MESSAGES):
        attendus = textes(dossier)
        for langue in LANGUES:
            if "--verifier" not in arguments:
                fichier = catalogue(dossier, langue)
                fichier.parent.mkdir(parents=True, exist_ok=True)
                mettre_a_jour(dossier, langue, attendus).save(str(fichier))
                polib.pofile(str(fichier)).save_as_mofile(str(fichier.with_suffix(".mo")))
            dits += ecarts(dossier, langue, attendus)
    sys.stdout.write("".join(f"{dit}\n" for dit in dits))
    return 1 if dits else 0


if __name__ == "__main__":
    sys.path.insert(0, str(RACINE))
    sys.exit(main(sys.argv[1:]))
