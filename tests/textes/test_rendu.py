"""Text that people write is shown without ever doing anything: hostile texts, and the shapes that are accepted."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sne.socle.erreurs import Interdit
from sne.textes.rules import avec_documents, rendre
from sne.textes.rules.rendu import ATTRIBUTS, BALISES

HOSTILES = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](data:text/html,<script>)",
    "[a](vbscript:x)",
    "[a](//mal.exemple/x)",
    "[a](/\\mal.exemple)",
    "[a](http://sans-chiffre.exemple)",
    '[a](https://x.exemple "onmouseover=alert(1)")',
    "![suivi](https://mal.exemple/pixel.png)",
    "<a href='javascript:alert(1)'>a</a>",
    "<!-- document:secret -->",
    "<!--document:secret-->",
    "`<script>`",
    "<div class='fr-modal'>x</div>",
    "[a]: javascript:alert(1)\n\n[a]",
    "<style>*{display:none}</style>",
    "&#60;script&#62;",
    '[x](https://a.exemple/" onclick="alert(1))',
    "<svg/onload=alert(1)>",
    "> <iframe src=x>",
    "- <form action=x>",
    "\x00<b>",
    '[a](tel:+33" style="x)',
    "::: encart\n<script>x</script>\n:::",
]
NOS_CADRES = re.compile(
    r'<div class="(?:sne-etapes|fr-callout|fr-alert fr-alert--warning|fr-highlight|fr-table|sne-table)">|</div>'
)


class Vues(HTMLParser):
    """Every tag and attribute that a browser would see."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.vues: list[tuple[str, str, str]] = []
        self.commentaires: list[str] = []
        self.feed(NOS_CADRES.sub("", html))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.vues += [(tag, nom, valeur or "") for nom, valeur in attrs] or [(tag, "", "")]

    def handle_comment(self, data: str) -> None:
        self.commentaires.append(data)


def exiger_inoffensif(source: str) -> None:
    try:
        html = rendre(source).html
    except Interdit:
        return  # refused with a sentence: tried below
    vues = Vues(html)
    for balise, nom, valeur in vues.vues:
        assert balise in BALISES
        admis = ATTRIBUTS.get(balise, set()) | {"rel"} | ({"id"} if balise in {"h2", "h3", "h4"} else set())
        assert not nom or nom in admis
        if nom == "href":
            assert re.match(r"https://|mailto:|tel:|#|/(?![/\\])", valeur, re.IGNORECASE)
    assert all(c.startswith("document:") for c in vues.commentaires)


@pytest.mark.parametrize("source", HOSTILES)
def test_a_hostile_text_does_nothing(source: str) -> None:
    exiger_inoffensif(source)
    assert "secret" not in "".join(Vues(rendre(source).html).commentaires)


@given(
    st.lists(
        st.sampled_from([*HOSTILES, "\n", "::: attention\n", ":::\n", "## ", "|a|\n|-|\n|b|\n", "x "])
    ).map("".join)
)
def test_whatever_is_put_together_nothing_leaves_the_list(source: str) -> None:
    exiger_inoffensif(source)


def test_a_page_as_it_is_written() -> None:
    rendu = rendre(
        "## Ce que vous voyez\nUne ligne par **mois**, [voir](/aide/x/).\n\n::: attention\nJamais 0.\n:::\n\n"
        "::: etapes\n1. Gardez.\n2. Demandez.\n:::\n\n::: document affiche-2026\n:::\n\n## Ce que vous voyez\n"
        "| Cas | Que faire |\n|---|---|\n| Vide | Rien |\n"
    )
    assert [(t.niveau, t.texte, t.ancre) for t in rendu.plan] == [
        (2, "Ce que vous voyez", "ce-que-vous-voyez-1"),
        (2, "Ce que vous voyez", "ce-que-vous-voyez-2"),
    ]
    assert '<h2 id="ce-que-vous-voyez-2">' in rendu.html
    assert '<div class="fr-alert fr-alert--warning"><p>Jamais 0.</p>\n</div>' in rendu.html
    assert '<th scope="col">Cas</th>' in rendu.html
    assert rendu.documents == ("affiche-2026",)
    assert "Une ligne par mois, voir." in rendu.brut
    montre = avec_documents(
        rendu.html, {"affiche-2026": '<a href="/aide/documents/affiche-2026/">Affiche</a>'}
    )
    assert ">Affiche</a>" in montre
    assert "<!--" not in montre
    assert "<!--" not in avec_documents(rendu.html, {})


@pytest.mark.parametrize(
    ("source", "dit"),
    [
        ("# Titre", "Commencez les titres"),
        ("::: inconnu\nx\n:::", "mot connu"),
        ("::: document\n:::", "suivi du code"),
        (":::: encart\n::: attention\nx\n:::\n::::", "ne peut pas en contenir"),
        ("- a\n\n  ::: encart\n  x\n  :::\n", "ne peut pas en contenir"),
        ("|  |  |\n|---|---|\n| a | b |", "ligne de titres"),
    ],
)
def test_what_cannot_be_read_is_said(source: str, dit: str) -> None:
    with pytest.raises(Interdit, match=dit) as refus:
        rendre(source)
    assert refus.value.champ == "corps"
