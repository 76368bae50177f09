"""Lines of a history in the language of the page; in French where the register alone has words."""

from dataclasses import replace

from django.utils.html import format_html
from django.utils.translation import get_language, gettext

from sne.portail.lignes import dire_mot
from sne.portail.plan import dire
from sne.registre.lecture.rules.historique_demandeur.catalogue import composer
from sne.registre.lecture.rules.historique_demandeur.changements import ChangementMontre, Cote
from sne.registre.lecture.selectors.historique_demandeur import LigneMontree
from sne.socle.langues import FRANCAIS
from sne.socle.templatetags.socle_tags import date_longue


def dire_ligne(ligne: LigneMontree) -> LigneMontree:
    """The same line: who did it, what they did, why, and each change."""
    if get_language() == FRANCAIS:
        return ligne
    auteur = ligne.auteur
    qui = auteur.nommer(gettext(auteur.gabarit), jour=date_longue(auteur.jusqu_au))
    return replace(
        ligne,
        phrase=composer(gettext(ligne.gabarit), qui=qui),
        raison=_mot(ligne.raison),
        changements=tuple(_changement(c) for c in ligne.changements),
    )


def _changement(change: ChangementMontre) -> ChangementMontre:
    return ChangementMontre(_libelle(change.libelle), _cote(change.avant), _cote(change.apres))


def _libelle(libelle: str) -> str:
    """The name of a field; before it, whose it is."""
    a_qui, virgule, trait = libelle.partition(", ")
    if dit := dire_mot(libelle):
        return dit
    if not virgule:
        return _mot(libelle)
    return f"{dire(a_qui)}{gettext(', ')}{_mot(trait[:1].upper() + trait[1:])}"


def _cote(cote: Cote) -> Cote:
    return replace(cote, texte=_mot(cote.texte))


def _mot(texte: str) -> str:
    """Words of a list, else those that somebody wrote."""
    return (dire_mot(texte) or format_html('<bdi lang="fr">{}</bdi>', texte)) if texte else ""
