"""How places are written on the screens of the desk and of the spaces."""

from django import template

from sne.referentiels.selectors.geographie import get_geographie

register = template.Library()


@register.filter
def nom_du_territoire(code: str) -> str:
    """« Paris »; « National » for the country; the code alone of a territory that is not known any more."""
    connu = get_geographie().territoires.get(code)
    return connu.nom if connu else code or "National"
