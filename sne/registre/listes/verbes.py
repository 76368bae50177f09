"""Work lists exported and kept."""

from sne.journal.rules import Silence, Trait, Verbe


class VerbeListe(Verbe):
    """Kinds of act."""

    EXPORTER_LISTE = "EXPORTER_LISTE", "Liste de travail exportée", Silence.SANS_DEMANDE, Trait.LECTURE
    ENREGISTRER_LISTE = "ENREGISTRER_LISTE", "Liste de travail gardée sous un nom", Silence.SANS_DEMANDE
    SUPPRIMER_LISTE = "SUPPRIMER_LISTE", "Liste de travail gardée supprimée", Silence.SANS_DEMANDE
