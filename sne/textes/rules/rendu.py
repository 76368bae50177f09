"""Markdown made into HTML that is safe to show, once, when it is saved. Pure.

The source is CommonMark with tables; HTML typed in it is text. Passages begin with ``::: etapes``, ``::: encart``,
``::: attention`` or ``::: question`` and end with ``:::``; ``::: document CODE`` names a document of the site. What
comes out is cleaned by an allow-list, piece by piece; frames and classes are added after it, never by who writes.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape

import nh3
from anyascii import anyascii
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin

from sne.socle.erreurs import Interdit

VERSION = 1
"""Of this renderer: kept beside what it made, so that all of it can be made again."""

BALISES = frozenset(
    ("p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote", "code", "pre", "br", "hr")
) | {"table", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTS: Mapping[str, set[str]] = {"a": {"href"}, "th": {"scope"}, "ol": {"start"}}
ADRESSE = re.compile(r"(?:https://|mailto:|tel:|#|/(?![/\\]))", re.IGNORECASE)
CADRES: Mapping[str, tuple[str, str]] = {
    "etapes": ('<div class="sne-etapes">', "</div>"),
    "encart": ('<div class="fr-callout">', "</div>"),
    "attention": ('<div class="fr-alert fr-alert--warning">', "</div>"),
    "question": ('<div class="fr-highlight">', "</div>"),
}
DOCUMENT = "document"
MARQUE = "<!--document:([a-z0-9-]+)-->"
CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
SANS_TITRE = "Commencez les titres à « ## »\u00a0: le premier niveau est le titre de la page."
SANS_ENTETE = "Donnez une première ligne de titres à chaque tableau."
SANS_FIN = "Un passage « \u2237 » commence par un mot connu\u00a0: {}.".replace("\u2237", ":::")
SANS_CODE = "« ::: document » est suivi du code du document, en minuscules."
IMBRIQUES = "Un passage « ::: » ne peut pas en contenir un autre."


@dataclass(frozen=True, slots=True)
class Titre:
    """A heading of the text: ``niveau`` 2 to 4, ``ancre`` its identifier on the page."""

    niveau: int
    texte: str
    ancre: str


@dataclass(frozen=True, slots=True)
class Rendu:
    """``html``: to be shown as it is, but for its documents (:func:`avec_documents`). ``brut``: its words."""

    html: str
    brut: str
    plan: tuple[Titre, ...]
    documents: tuple[str, ...]


def rendre(source: str) -> Rendu:
    """Raises ``Interdit`` on ``corps``: a heading of level one, an unknown passage, a document without its code."""
    jetons = lire_jetons(source)
    plan: list[Titre] = []
    documents: list[str] = []
    html = "".join(_passages(jetons, plan, documents))
    brut = "\n".join(j.content for j in jetons if j.type in {"inline", "fence", "code_block"})
    return Rendu(html, _sans_marques(brut), tuple(plan), tuple(documents))


def lire_jetons(source: str) -> list[Token]:
    """The text as the reader of Markdown cuts it, before anything is made of it."""
    return _lecteur().parse(source.replace("\r\n", "\n").replace("\x00", ""))


def lire_plan(html: str) -> tuple[Titre, ...]:
    """The headings of what :func:`rendre` made, without reading its source again."""
    trouves = re.findall(r'<h([234]) id="([^"]+)">(.*?)</h\1>', html, flags=re.DOTALL)
    return tuple(Titre(int(n), unescape(re.sub(r"<[^>]+>", "", texte)), ancre) for n, ancre, texte in trouves)


def lire_documents(html: str) -> tuple[str, ...]:
    """Codes of the documents that it names, in order."""
    return tuple(re.findall(MARQUE, html))


def avec_documents(html: str, liens: Mapping[str, str]) -> str:
    """The same with what is shown of each document, by its code; nothing where it is not known to who reads."""
    return re.sub(MARQUE, lambda m: liens.get(m[1], ""), html)


def _lecteur() -> MarkdownIt:
    lecteur = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table").disable("image")
    for nom in (*CADRES, DOCUMENT):
        lecteur.use(container_plugin, name=nom)
    return lecteur


def _passages(jetons: Sequence[Token], plan: list[Titre], documents: list[str]) -> Iterator[str]:
    """The text piece by piece: each is cleaned alone, then set in its frame."""
    cadre, pris = "", list[Token]()
    for jeton in jetons:
        genre, _, sens = jeton.type.removeprefix("container_").rpartition("_")
        if not jeton.type.startswith("container_"):
            pris.append(jeton)
            continue
        yield from _encadrer(cadre if sens == "close" else "", pris, plan)
        pris = []
        if sens == "open" and (cadre or jeton.level):
            raise Interdit(IMBRIQUES, champ="corps")
        cadre = genre if sens == "open" else ""
        if cadre == DOCUMENT:
            documents.append(_code(jeton))
            yield f"<!--document:{documents[-1]}-->"
    yield from _encadrer("", pris, plan)


def _encadrer(cadre: str, jetons: Sequence[Token], plan: list[Titre]) -> Iterator[str]:
    if not jetons:
        return
    _exiger_lisible(jetons)
    html = nh3.clean(
        MarkdownIt("commonmark").renderer.render(jetons, _lecteur().options, {}),
        tags=set(BALISES),
        attributes={balise: set(noms) for balise, noms in ATTRIBUTS.items()},
        attribute_filter=_garder,
        url_schemes={"https", "mailto", "tel"},
        link_rel="noopener noreferrer",
    )
    html = html.replace("<th>", '<th scope="col">')
    html = html.replace("<table>", '<div class="fr-table"><div class="sne-table"><table>')
    html = html.replace("</table>", "</table></div></div>")
    for titre in _titres(jetons, deja=len(plan)):
        plan.append(titre)
        html = html.replace(f"<h{titre.niveau}>", f'<h{titre.niveau} id="{titre.ancre}">', 1)
    avant, apres = CADRES.get(cadre, ("", ""))
    yield f"{avant}{html}{apres}"


def _garder(balise: str, nom: str, valeur: str) -> str | None:
    """What the library lets pass of itself (``title``, ``lang``, an address without a scheme) is left out here."""
    if nom not in ATTRIBUTS.get(balise, set()):
        return None
    if nom == "href" and not ADRESSE.match(valeur):
        return None
    return valeur


def _exiger_lisible(jetons: Sequence[Token]) -> None:
    for rang, jeton in enumerate(jetons):
        if jeton.type == "heading_open" and jeton.tag == "h1":
            raise Interdit(SANS_TITRE, champ="corps")
        if jeton.type == "thead_open" and not any(
            j.content.strip() for j in jetons[rang : _fin(jetons, rang, "thead_close")] if j.type == "inline"
        ):
            raise Interdit(SANS_ENTETE, champ="corps")
        if jeton.type == "inline" and jeton.content.startswith(":::"):
            raise Interdit(SANS_FIN.format(", ".join((*CADRES, DOCUMENT))), champ="corps")


def _fin(jetons: Sequence[Token], rang: int, genre: str) -> int:
    return next(r for r, j in enumerate(jetons[rang:], rang) if j.type == genre)


def _titres(jetons: Sequence[Token], *, deja: int) -> Iterator[Titre]:
    """Headings of levels 2 to 4, each with an address that no other has: its rank ends it."""
    for rang, jeton in enumerate(jetons):
        if jeton.type == "heading_open" and jeton.tag in {"h2", "h3", "h4"}:
            texte = _sans_marques(jetons[rang + 1].content)
            mots = re.sub(r"[^a-z0-9]+", "-", anyascii(texte).lower()).strip("-")
            deja += 1
            yield Titre(int(jeton.tag[1]), texte, f"{mots[:40].strip('-') or 'partie'}-{deja}")


def _code(jeton: Token) -> str:
    code = jeton.info.strip().removeprefix(DOCUMENT).strip()
    if not CODE.fullmatch(code):
        raise Interdit(SANS_CODE, champ="corps")
    return code


def _sans_marques(texte: str) -> str:
    """Inline Markdown without its signs: a link is its words."""
    texte = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", texte)
    return re.sub(r"[*_`]+", "", texte)
