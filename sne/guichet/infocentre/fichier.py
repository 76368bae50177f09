"""A report taken away in a file: the rows of the page, told to the journal before the first line leaves."""

from tempfile import TemporaryFile

from django.http import FileResponse, Http404
from django.views.decorators.http import require_POST

from sne.guichet.infocentre.views import demandee_de, lire_la_page
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.infocentre.abonnements.actions.editions import exporter_rapport
from sne.infocentre.fichiers import TYPES, Format, ecrire, nom_de_fichier
from sne.infocentre.lac.disque import pourquoi
from sne.infocentre.moteur.lancer import MoteurEnPanne
from sne.infocentre.rapports.selectors.versions import get_version
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.horloge import maintenant
from sne.socle.requete import RequeteHabilitee

SANS_FICHIER = "Le fichier n’a pas pu être écrit. Réessayez dans quelques minutes, ou prenez un autre format."


@exiger(Permission.RAPPORT_EXPORTER)
@require_POST
def fichier(request: RequeteHabilitee, code: str, numero: int, format_: str) -> FileResponse:
    """The report that the address asks for, in this format: every line, not those of one page."""
    instant = maintenant()
    _, version = get_version(code, numero, instant=instant)
    portee, formulaire = lire_la_page(request, version)
    if format_ not in set(Format) or not formulaire.is_valid():
        raise Http404
    choisi, demandee = Format(format_), demandee_de(request, version, portee, formulaire)
    tableau = exporter_rapport(demandee, format_=choisi, acte=Acte(request.acteur, instant))
    sortie = TemporaryFile()  # noqa: SIM115 - closed by the answer, once it is sent
    try:
        ecrire(tableau, choisi, sortie, par=request.acteur.nom, fait_le=instant)
    except MoteurEnPanne as panne:
        raise Interdit(pourquoi(panne, SANS_FICHIER)) from panne
    sortie.seek(0)
    nom = nom_de_fichier(tableau, choisi)
    return FileResponse(sortie, as_attachment=True, filename=nom, content_type=TYPES[choisi])
