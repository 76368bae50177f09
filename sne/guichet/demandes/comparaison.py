"""Two versions of a content side by side: what the file says now, what the agent typed."""

from dataclasses import dataclass

from sne.guichet.demandes import presentation
from sne.guichet.demandes.presentation import Lecture, Ligne
from sne.registre.rules.contenu import Contenu, Demandeur


@dataclass(frozen=True, slots=True)
class Ecart:
    """A line on which the two versions differ."""

    libelle: str
    dossier: str
    saisie: str


def comparer(dossier: Contenu, saisie: Contenu, lecture: Lecture) -> tuple[Ecart, ...]:
    """The lines that differ, in the order of the page; contacts are in clear, since they are being corrected."""
    ici = {ligne.libelle: ligne.valeur for ligne in _lignes(dossier, lecture)}
    la = {ligne.libelle: ligne.valeur for ligne in _lignes(saisie, lecture)}
    libelles = dict.fromkeys((*ici, *la))
    return tuple(
        Ecart(libelle, ici.get(libelle, ""), la.get(libelle, ""))
        for libelle in libelles
        if ici.get(libelle, "") != la.get(libelle, "")
    )


def _lignes(contenu: Contenu, lecture: Lecture) -> list[Ligne]:
    demandeur = contenu.demandeur or Demandeur()
    contact = demandeur.contact
    return [
        *presentation.lignes_identite(demandeur, lecture),
        Ligne("Adresse", presentation.adresse_en_ligne(demandeur.adresse_courrier, lecture)),
        Ligne("Portable", str(contact.telephone_portable or "")),
        Ligne("Autre téléphone", str(contact.telephone_domicile or "")),
        Ligne("Courriel", contact.courriel or ""),
        *(
            Ligne(f"Foyer, {membre.nom}", ", ".join(filter(None, (membre.lien, _date(membre)))))
            for membre in presentation.membres_du_foyer(contenu, lecture)[1:]
        ),
        Ligne("Naissances attendues", presentation.naissances_attendues(contenu)),
        *presentation.lignes_souhaits(contenu.souhaits, lecture),
    ]


def _date(membre: presentation.Membre) -> str:
    return f"naissance le {membre.naissance:%d/%m/%Y}" if membre.naissance else ""
