"""Documents that are published and not drawn yet."""

from sne.site_pro.models import RevisionPage
from sne.site_pro.rules.pages import PAPIERS


def list_a_dessiner() -> tuple[RevisionPage, ...]:
    """Their revisions, the oldest first."""
    publiees = RevisionPage.objects.filter(
        effet_le__isnull=False, fichiers=None, page__genre__in=[genre.value for genre in PAPIERS]
    )
    return tuple(publiees.select_related("page").order_by("effet_le", "id"))
