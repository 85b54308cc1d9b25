"""Links that keep the state of a list: the query string with some keys changed."""

from django.http import QueryDict


def with_query(query: QueryDict, **changes: object) -> str:
    """ "?periode=2019-T3&urut=-skpd": ``query`` with ``changes``; None drops a key, a list sets several values."""
    changed = query.copy()
    for key, value in changes.items():
        if value is None:
            changed.pop(key, None)
        elif isinstance(value, list | tuple):
            changed.setlist(key, [str(item) for item in value])
        else:
            changed[key] = str(value)
    return f"?{changed.urlencode()}"
