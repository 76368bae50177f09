"""Choices that still hold once everything is typed: what is kept of them beside the demande."""

from collections.abc import Iterable, Iterator
from datetime import date

from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.verification.rules.cles import Source
from sne.registre.verification.rules.conclusions import Constat
from sne.registre.verification.rules.etats import EtatVerification
from sne.registre.verification.rules.lieux import lieux_a_verifier
from sne.saisie.brut import Brut
from sne.saisie.propositions.choix import choix_faits


def constats_des_choix(pages: Iterable[Brut], contenu: Contenu) -> Iterator[Constat]:
    """One for each place of the content that says what was chosen, and nothing else."""
    faits = {choix.cle: choix for brut in pages for choix in choix_faits(brut) if choix.cle}
    for lieu in lieux_a_verifier(contenu):
        choix = faits.get(lieu.cle)
        if choix:
            yield Constat(
                lieu.chemin,
                lieu.cle,
                EtatVerification(choix.etat),
                Source(choix.source),
                date.fromisoformat(choix.le),
                choix.libelle,
                choix.avis,
                choix.pour,
            )
