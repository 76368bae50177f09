"""Whose a link of an account to a demande is, once two persons have put the demande back as it was."""

from sne.registre.contenu.rules.appariement import est_une_correction
from sne.registre.contenu.rules.identite import Voie
from sne.registre.demande.models.personne import Identite
from sne.registre.demande.models.rattachement import Rattachement


def is_d_un_autre(lien: Rattachement) -> bool:
    """Whether it was made by who had taken the place of the person to whom the demande was given back since: it opens
    nothing any more.
    """
    if lien.identite_id == lien.personne.identite_courante_id:
        return False
    rendues = Identite.objects.filter(
        personne=lien.personne_id, voie=Voie.RESTAURATION, survenu_le__gt=lien.survenu_le
    )
    rendue = rendues.order_by("-survenu_le", "-id").first()
    return rendue is not None and not est_une_correction(lien.identite, rendue)
