"""A queue on its page, in the order of any of its columns, and in a file."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.http import HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from sne.guichet.listes.adresses import avec
from sne.guichet.listes.files import FILES, ColonneDeFile, FileDeTravail
from sne.guichet.listes.tri import Ordre, adresses_par_rang, decouper, trier
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.referentiels.selectors import get_parametres
from sne.registre.listes.actions.exporter import exporter_file
from sne.registre.listes.parametres import ParametresListes
from sne.registre.listes.possible import exiger_file_exportable
from sne.registre.listes.rules.listes import CodeFile, export_coupe, milliers
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Introuvable, refus_de
from sne.socle.fichiers import en_tableur, format_demande
from sne.socle.horloge import aujourd_hui
from sne.socle.navigation import ouvre
from sne.socle.pages import Page
from sne.socle.replique import lue_en_nombre
from sne.socle.requete import RequeteHabilitee, acte_de, identifiant

PAR_PAGE = 50
TRI, SENS = "tri", "sens"


@dataclass(frozen=True, slots=True)
class FileDemandee:
    """A queue as an address asks for it: whose, narrowed how, its columns, in which order."""

    file: FileDeTravail
    acteur: Acteur
    garde: Mapping[str, str]
    colonnes: list[ColonneDeFile]
    ordre: Ordre

    @property
    def triee(self) -> bool:
        """Whether it is asked for in another order than its own."""
        return self.ordre.inverse or self.ordre.colonne != self.ordre.cle

    @property
    def dite(self) -> dict[str, str]:
        """What an address, or the journal, says of it: known words alone."""
        if not self.triee:
            return dict(self.garde)
        sens = {SENS: "inverse"} if self.ordre.inverse else {}
        return {**self.garde, TRI: self.ordre.colonne, **sens}

    def lire(self, *, au_plus: int) -> list[Any]:
        """Its lines in its own order, ``au_plus`` + 1 at most, each once: a page whose place left meanwhile is the
        first one again.
        """
        page = self.file.lire(self.acteur, self.garde, None, None)
        lignes = {ligne.id: ligne for ligne in page.lignes}
        while page.suivante and len(lignes) <= au_plus:
            page = self.file.lire(self.acteur, self.garde, page.suivante.rang, None)
            lignes |= {ligne.id: ligne for ligne in page.lignes}
        return list(lignes.values())[: au_plus + 1]

    def ordonner(self, lignes: list[Any]) -> list[Any]:
        """The same in the order asked for."""
        if self.ordre.colonne == self.ordre.cle:
            return lignes[::-1] if self.ordre.inverse else lignes
        (colonne,) = (c for c in self.colonnes if c.code == self.ordre.colonne)
        return trier(lignes, colonne.cle, inverse=self.ordre.inverse)


def lire_adresse(request: RequeteHabilitee, file: FileDeTravail) -> FileDemandee:
    """The queue that this address asks for; what it says and is not known asks for nothing."""
    dits = {nom: (request.GET.get(nom, ""), connus) for nom, connus in file.choix(request.acteur).items()}
    garde = {nom: dit for nom, (dit, connus) in dits.items() if dit in connus}
    colonnes, cle, tri = file.en_vue(request.acteur, garde), file.cle(garde), request.GET.get(TRI, "")
    ordre = Ordre(
        colonne=tri if tri in {colonne.code for colonne in colonnes} else cle,
        inverse=request.GET.get(SENS) == "inverse",
        cle=cle,
        garde=garde,
        sens=SENS,
        descendante=file.descendante(garde),
    )
    return FileDemandee(file, request.acteur, garde, colonnes, ordre)


def is_triee(adresse: str) -> bool:
    """Whether this address shows a queue in another order than its own."""
    return not parse_qs(urlsplit(adresse).query).keys().isdisjoint({TRI, SENS})


def ouvrir_file(request: RequeteHabilitee, code: CodeFile) -> tuple[Page[Any], dict[str, Any]]:
    """The page of a queue that the address asks for, and what its template shows around the lines: titles, pages
    beside, export.
    """
    demandee, parametres = lire_adresse(request, FILES[code]), get_parametres(aujourd_hui())[ParametresListes]
    apres, avant = (identifiant(request.GET.get(sens, "")) for sens in ("apres", "avant"))
    au_plus = parametres.liste_compte_max
    nombre = demandee.file.compter(request.acteur, demandee.garde, au_plus)
    lues = demandee.lire(au_plus=au_plus) if demandee.triee and nombre <= au_plus else []
    trop_longue = max(nombre, len(lues)) > au_plus
    if trop_longue:
        ordre = replace(demandee.ordre, colonne=demandee.ordre.cle, inverse=False)
        demandee = replace(demandee, ordre=ordre)
    if demandee.triee:
        lignes = demandee.ordonner(lues)
        page = decouper(lignes, lambda ligne: ligne.id, apres=apres, avant=avant, par_page=PAR_PAGE)
    else:
        page = demandee.file.lire(request.acteur, demandee.garde, apres, avant)
        if not page.lignes and (apres or avant):  # all of it was dealt with: others may still wait before
            page = demandee.file.lire(request.acteur, demandee.garde, None, None)
    entetes = demandee.ordre.entetes((colonne.code, colonne.titre) for colonne in demandee.colonnes)
    export = avec(reverse("file-export", args=[code.lower()]), demandee.dite)
    return page, {
        "lignes": page.lignes,
        "entetes": [replace(entete, tri="") for entete in entetes] if trop_longue else entetes,
        "nombre": nombre,
        "ordre_dit": {nom: dit for nom, dit in demandee.dite.items() if nom not in demandee.garde},
        "trop_longue": trop_longue,
        "sans_tri": trop_longue,
        "triables": milliers(au_plus),
        "lignes_max": milliers(parametres.liste_export_lignes_max),
        "export": "" if refus_de(exiger_file_exportable, request.acteur) else export,
        **adresses_par_rang(page, demandee.dite),
    }


@exiger(Permission.LISTE_EXPORTER)
@require_POST
@lue_en_nombre
def exporter(request: RequeteHabilitee, nom: str) -> HttpResponse | StreamingHttpResponse:
    """A queue in a file, for who may open its page; told in the journal first."""
    code = nom.upper()
    if nom != nom.lower() or code not in CodeFile or not ouvre(request.acteur, FILES[CodeFile(code)].vue):
        raise Introuvable("Cette liste n’existe pas. Choisissez-en une dans le menu.")
    demandee, le = lire_adresse(request, FILES[CodeFile(code)]), aujourd_hui()
    au_plus = get_parametres(le)[ParametresListes].liste_export_lignes_max
    lues = demandee.lire(au_plus=au_plus)
    lignes, coupe = demandee.ordonner(lues[:au_plus]), len(lues) > au_plus
    format_ = format_demande(request)
    exporter_file(
        demandee.file.code,
        lignes=len(lignes),
        coupe=coupe,
        format_=format_.name,
        filtre=demandee.dite,
        acte=acte_de(request),
    )
    valeurs = ([colonne.valeur(ligne) for colonne in demandee.colonnes] for ligne in lignes)
    fin = export_coupe(au_plus) if coupe else ""
    titres = [colonne.titre for colonne in demandee.colonnes]
    return en_tableur(f"{nom}-{le:%Y-%m-%d}", titres, valeurs, format_=format_, fin=fin)
