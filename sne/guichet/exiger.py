"""Opens a screen only to whoever holds a permission; the action checks again, on the object."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from sne.habilitations.rules import PERMISSIONS, Permission
from sne.socle.erreurs import require

Vue = Callable[..., HttpResponse]


def exiger(permission: Permission) -> Callable[[Vue], Vue]:
    """Decorator: 403 with the name of the missing right; the page is never kept by a shared browser."""

    def decorer(vue: Vue) -> Vue:
        @wraps(vue)
        def controlee(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            require(
                request.acteur.peut(permission),  # type: ignore[attr-defined]
                f"Votre rôle ne permet pas de {PERMISSIONS[permission]}. "
                "Demandez ce droit au responsable de votre guichet ou au gestionnaire territorial.",
            )
            return vue(request, *args, **kwargs)

        return never_cache(controlee)

    return decorer
