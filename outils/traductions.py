"""What households read, in their languages: pages of the portal, messages. After any change of these texts,

    python -m sne.socle.postgres avec -- python outils/traductions.py

French texts are the keys: read in the templates and the code of ``sne/portail``, in the texts of ``sne/notifications``
and what their kinds declare; written in one catalogue (.po) a language beside each, without losing what is translated
there; then compiled (.mo), without GNU gettext. ``--verifier`` writes nothing and fails where a text is not translated,
is translated for nothing, or is not compiled.
"""

import ast
import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
import polib
from django.template import Template
from django.template.base import Node
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

RACINE = Path(__file__).resolve().parents[1]
PORTAIL, MESSAGES = RACINE / "sne" / "portail", RACINE / "sne" / "notifications"
SAISIE = RACINE / "sne" / "saisie"
DE_SAISIE = (
    RACINE / "sne/socle/forms.py",
    RACINE / "sne/socle/saisie.py",
    RACINE / "sne/registre/contenu/rules/nir.py",
    RACINE / "sne/registre/contenu/rules/controles/noms.py",
)
DU_SOCLE = tuple(
    RACINE / "sne/socle/templates" / f"{nom}.html"
    for nom in ("503", "socle/components/historique_demandeur", "socle/components/preuve_ligne")
)
SANS_NOM = {
    "titulaire",
    "demandeur.personne",
    "cotitulaires[0].personne",
    "foyer.personnes_a_charge[0].identifiant",
}
"""Places of the content that no household ever reads the name of, or whose name is a word of the law."""
INSECABLE = "\u00a0"
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
    dossiers = (PORTAIL, SAISIE / "templates") if dossier == PORTAIL else (dossier,)
    seuls = DU_SOCLE if dossier == PORTAIL else ()
    for fichier in sorted((*seuls, *(f for d in dossiers for motif in MOTIFS for f in d.rglob(motif)))):
        lire = _du_code if fichier.suffix == ".py" else _du_gabarit
        for texte, pluriel in lire(fichier.read_text("utf-8")):
            trouves[texte] = trouves.get(texte) or pluriel
    return trouves | dict.fromkeys({PORTAIL: _des_champs, MESSAGES: _des_messages}[dossier](), "")


def _des_champs() -> Iterator[str]:
    """What fields of the portal say that the register, or the entry of a demande, declares: labels, helps, lists,
    sentences of errors.
    """
    from sne.assistance.possible import CLOSE, TROP_DE_MOTS  # noqa: PLC0415 - once Django is set up
    from sne.assistance.rules import etats, menages  # noqa: PLC0415
    from sne.demandeurs.rules.niveaux import PHRASES  # noqa: PLC0415
    from sne.portail.plan import ABSENCES, AIDES, CONTEXTES, LIBELLES, RANG  # noqa: PLC0415
    from sne.registre.depot_en_ligne.possible import COURRIEL_A_PROUVER, SANS_COURRIEL  # noqa: PLC0415
    from sne.registre.requete.rules.requete import LIBELLES as REQUETES  # noqa: PLC0415
    from sne.saisie.forms.pages import PAGES  # noqa: F401, PLC0415 - every form is loaded
    from sne.saisie.forms.propose import PROPOSANTS  # noqa: PLC0415
    from sne.socle.forms import Formulaire  # noqa: PLC0415

    dits = [
        SANS_COURRIEL,
        COURRIEL_A_PROUVER,
        CLOSE,
        TROP_DE_MOTS,
        *menages.SORTES.values(),
        *etats.SATISFACTIONS.values(),
        etats.SANS_REPONSE,
        etats.DEJA_DIT,
        *menages.ETATS.values(),
        *menages.CHEZ.values(),
        *REQUETES.values(),
        *PHRASES.values(),
        *LIBELLES.values(),
        *AIDES.values(),
        *ABSENCES.values(),
        *CONTEXTES,
    ]
    dits += [*_des_listes(), *_du_recapitulatif(), *_du_dossier(), *_des_pays(), *_de_l_histoire()]
    dits += [p.bouton for p in PROPOSANTS.values()]
    for forme in _sortes(Formulaire):
        if forme.__module__.startswith("sne.saisie"):
            for champ in forme.base_fields.values():
                dits += [str(champ.label or ""), str(champ.help_text), *_choix(champ)]
                dits.append(champ.widget.attrs.get("placeholder", ""))
    for fichier in (*sorted((SAISIE / "forms").rglob("*.py")), *DE_SAISIE):
        source = fichier.read_text("utf-8")
        dits += [*_phrases(source), *(texte for texte, _ in _du_code(source))]
    yield from filter(None, (RANG.fullmatch(dit)[1] for dit in dits))  # type: ignore[index]  # it takes any text


def _du_recapitulatif() -> Iterator[str]:
    """Labels under which what was declared is read again, and what is said where nothing was."""
    from sne.registre.contenu.rules.arbre.logement import LogementActuel  # noqa: PLC0415 - once Django is set up
    from sne.registre.contenu.rules.controles.logement import SEJOURS  # noqa: PLC0415

    yield from (LogementActuel.model_fields[nom].title or "" for nom in SEJOURS)
    for nom in ("adultes", "identite", "logement", "pieces", "souhaits", "titulaire"):
        for noeud in ast.walk(ast.parse((SAISIE / "presentation" / f"{nom}.py").read_text("utf-8"))):
            if isinstance(noeud, ast.Call) and getattr(noeud.func, "id", "") == "Ligne":
                dits = [*noeud.args[:1], *(cle.value for cle in noeud.keywords if cle.arg == "absence")]
                dits = [dit.values[0] if isinstance(dit, ast.JoinedStr) else dit for dit in dits]
                yield from (str(dit.value).strip() for dit in dits if isinstance(dit, ast.Constant))


def _du_dossier() -> Iterator[str]:
    """Documents asked of a household, what is said of its resources, its events and decisions."""
    from sne.referentiels.rules.fichiers import lire_json  # noqa: PLC0415 - once Django is set up
    from sne.registre.pieces.rules.pieces_manquantes import CE_QUI_SUIT, MANQUE  # noqa: PLC0415
    from sne.registre.ressources.rules.mots import DITES_AU_DEMANDEUR  # noqa: PLC0415
    from sne.saisie.presentation.aide import PARTIES  # noqa: PLC0415
    from sne.saisie.presentation.pieces import NIVEAUX  # noqa: PLC0415

    for piece in lire_json("pieces.json")["types"]:
        if piece["niveau"] in NIVEAUX:
            yield from (dit for dit in (piece["libelle"], piece.get("exemples", "")) if "{" not in dit)
    yield from (*NIVEAUX.values(), *PARTIES.values(), *DITES_AU_DEMANDEUR)
    yield from (f"{MANQUE} {suite}" for suite in CE_QUI_SUIT.values())
    yield from (t["libelle"] for t in lire_json("types_evenement.json")["types"] if t["publie_portail"])
    listes = lire_json("nomenclatures.json")
    decisions = [v["libelle"] for v in listes["ListeDecisionCommission"]["valeurs"]]
    yield from (f"{dite[:1].lower()}{dite[1:]}" for dite in decisions)
    yield from (v["libelle"] for v in listes["ListeTypeLogementRPLS"]["valeurs"])


def _de_l_histoire() -> Iterator[str]:
    """Who did what of a demande, why, and the fields that changed."""
    from sne.journal.rules import Dit, Verbe  # noqa: PLC0415 - once Django is set up
    from sne.registre.contenu.rules.arbre.champs import NOMS_DES_GROUPES, champs  # noqa: PLC0415
    from sne.registre.identite.rules.decision import RAISONS  # noqa: PLC0415
    from sne.registre.lecture.rules.historique_demandeur import auteurs, catalogue, changements  # noqa: PLC0415
    from sne.registre.lecture.selectors.adresses_historique import TOUTES  # noqa: PLC0415
    from sne.registre.vie.rules.radiation import REGLES  # noqa: PLC0415

    for verbe in sorted(Verbe.tous().values()):
        if isinstance(verbe.menage, Dit):
            yield from (verbe.menage.phrase, *verbe.menage.variantes.values())
    yield from (*auteurs.debuts(), *(role for _, role in auteurs.ROLES_EN_MOTS.values()))
    yield from (TOUTES, *catalogue.GENRES.values(), *RAISONS.values(), *(r.libelle for r in REGLES.values()))
    yield from (changements.AUTRE, changements.AUTRE_ADULTE, *changements.MUETS)
    dits = [(chemin.replace("[]", "[0]"), champ.titre) for chemin, champ in champs().items()]
    tus = {changements.Famille.SANTE, None}
    yield from (
        titre
        for chemin, titre in dits
        if changements.famille_de(chemin) not in tus and chemin not in SANS_NOM
    )
    yield from (nom for groupe, nom in NOMS_DES_GROUPES.items() if groupe != "handicaps[]")


def _des_pays() -> Iterator[str]:
    from sne.referentiels.rules.fichiers import lire_csv  # noqa: PLC0415 - once Django is set up

    yield from (pays["nom"] for pays in lire_csv("pays.csv"))


def _sortes[F](forme: type[F]) -> Iterator[type[F]]:
    for sorte in forme.__subclasses__():
        yield sorte
        yield from _sortes(sorte)


def _choix(champ: Any) -> list[str]:
    choix = getattr(champ, "choices", ())
    return [str(libelle) for _, libelle in choix] if isinstance(choix, list | tuple) else []


def _des_listes() -> list[str]:
    """Labels of the lists that forms offer."""
    noms = re.findall(
        r"Liste[A-Z]\w+", "".join(f.read_text("utf-8") for f in (SAISIE / "forms").rglob("*.py"))
    )
    listes = json.loads((RACINE / "sne/referentiels/donnees/nomenclatures.json").read_text("utf-8"))
    return ["Choisir", *(v["libelle"] for nom in dict.fromkeys(noms) for v in listes[nom]["valeurs"])]


def _phrases(source: str) -> list[str]:
    """Whole sentences of errors, without a value in them: those that end as one, but what documents the code."""
    arbre = ast.parse(source)
    muets = {
        id(n.value) for n in ast.walk(arbre) if isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant)
    }
    collees = [n for n in ast.walk(arbre) if isinstance(n, ast.JoinedStr)]
    muets |= {id(morceau) for n in collees for morceau in n.values}
    constantes = [n.value for n in ast.walk(arbre) if isinstance(n, ast.Constant) and id(n) not in muets]
    entieres = [c for c in constantes if isinstance(c, str)] + [_coller(n) for n in collees]
    return [p for p in entieres if p.endswith(".") and {" ", "-"} & set(p) and "{" not in p]


def _coller(collee: ast.JoinedStr) -> str:
    """A sentence whose only value is the space that does not break; with another one, it holds a brace."""
    return "".join(
        str(m.value)
        if isinstance(m, ast.Constant)
        else INSECABLE
        if isinstance(m, ast.FormattedValue) and getattr(m.value, "id", "") == "INSECABLE"
        else "{}"
        for m in collee.values
    )


def _des_messages() -> Iterator[str]:
    """Subjects, SMS and names of the kinds of message to a household, and what their values may say."""
    from sne.notifications.rules import Genre  # noqa: PLC0415 - once Django is set up
    from sne.notifications.rules.dites import DITES  # noqa: PLC0415

    for genre in sorted(Genre.tous().values()):
        yield from filter(None, (genre.modele.objet, genre.modele.sms))
        yield from () if genre.modele.tu else (genre.modele.libelle,)
    yield from (*DITES, "et")


def _du_code(source: str) -> Iterator[tuple[str, str]]:
    for noeud in ast.walk(ast.parse(source)):
        if isinstance(noeud, ast.Call) and isinstance(noeud.func, ast.Name) and noeud.func.id in APPELS:
            (argument,) = noeud.args
            if isinstance(argument, ast.Constant):
                yield str(argument.value), ""


def _du_gabarit(source: str) -> Iterator[tuple[str, str]]:
    """As Django itself reads them: the nodes of the template."""
    gabarit = Template(source)
    for noeud in gabarit.nodelist.get_nodes_by_type(Node):
        if isinstance(noeud, TranslateNode) and noeud.filter_expression.var.literal:
            yield str(noeud.filter_expression.var.literal).replace("%", "%%"), ""  # as it looks for them
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
