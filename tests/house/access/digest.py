"""Whether a request changed anything: counters of the transaction, and the content of all tables."""

from __future__ import annotations

from django.db import connection

# Sessions and the security log may grow by a refused request; nothing else may.
APART = ("django_session", "axes_accessattempt", "axes_accesslog", "axes_accessfailurelog")


def writes() -> int:
    """Rows inserted, updated or deleted in this transaction so far, those rolled back included."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_xact_user_tables"
            " WHERE NOT relname = ANY(%s)",
            [list(APART)],
        )
        return int(cursor.fetchone()[0])


def contents() -> dict[str, tuple[int, int]]:
    """Table → (number of rows, sum of the hashes of its row versions): whatever is written makes a new version."""
    with connection.cursor() as cursor:
        names = [name for name in connection.introspection.table_names(cursor) if name not in APART]
        parts = [
            f"SELECT '{name}', count(*), coalesce(sum(hashtext(t.ctid::text || t.xmin::text)::bigint), 0)"  # noqa: S608
            f' FROM "{name}" t'
            for name in names
        ]
        cursor.execute(" UNION ALL ".join(parts))
        return {name: (count, int(total)) for name, count, total in cursor.fetchall()}


def changed(before: dict[str, tuple[int, int]], after: dict[str, tuple[int, int]]) -> list[str]:
    """Names of the tables that differ."""
    return sorted(name for name in before if before[name] != after.get(name))
