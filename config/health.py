"""Whether the web process reaches its database and broker."""

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    answers = {"database": database_answers(), "broker": broker_answers()}
    return JsonResponse(answers, status=200 if all(answers.values()) else 503)


def database_answers() -> bool:
    """Return whether PostgreSQL answers a query."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def broker_answers() -> bool:
    """Return whether Valkey answers; the broker and the cache are one server."""
    try:
        cache.get("healthz")
    except RedisError:
        return False
    return True
