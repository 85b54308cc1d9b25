"""The reads of the programme's frame and of the agencies' activities."""

from typing import Any

from django.db import models
from django.db.models import Q

from p2emas.accounts.models import User
from programs.nomenclature.matching import entry_of, is_unlisted, unlisted_among
from programs.nomenclature.models import NomenclatureEntry

MOST_CODES = 2000  # codes that one query may name


class ReferenceQuerySet(models.QuerySet):
    def for_user(self, user: User):
        """Reference data of the programme: everybody who signs in reads it."""
        return self


class ActivityQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "ActivityQuerySet":
        """An agency sees its own activities; what others plan shows in their agreed plan lines."""
        return self if user.sees_everything else self.filter(agency__in=user.staff_agency_ids)

    def invented(self) -> "models.QuerySet[Any, dict[str, Any]]":
        """For a condition: asked of each line, it looks into a list of few instead of joining every activity."""
        return self.filter(is_sample=True).order_by().values("pk")

    def with_entry(self) -> "ActivityQuerySet":
        """With the key of the ``entry`` that its list has for its code, None for one "belum ada di daftar"."""
        return self.annotate(entry=entry_of("nomenclature", "code", "level"))

    def with_listing(self) -> "ActivityQuerySet":
        """With whether its code is ``unlisted``, for the mark beside it."""
        return self.annotate(unlisted=is_unlisted("nomenclature", "code", "level"))

    def with_code_of(self, entry: NomenclatureEntry) -> "ActivityQuerySet":
        """Whose code their list says to be ``entry``."""
        return self.filter(nomenclature=entry.version.code, level=entry.level).with_entry().filter(entry=entry.pk)

    def unlisted(self) -> "ActivityQuerySet":
        """Whose code their list does not have (yet); two queries, which ask for each code, not for each activity."""
        codes = list(self.order_by().values_list("nomenclature", "level", "code").distinct()[: MOST_CODES + 1])
        if len(codes) > MOST_CODES:
            return self.with_listing().filter(unlisted=True)
        by_list: dict[tuple[str, str], list[str]] = {}
        for version, level, code in unlisted_among(codes):
            by_list.setdefault((version, level), []).append(code)
        found = Q(pk__in=[])
        for (version, level), each in by_list.items():
            found |= Q(nomenclature=version, level=level, code__in=each)
        return self.filter(found)

    def of(self, agency_id: int, year: int) -> "ActivityQuerySet":
        return self.filter(agency_id=agency_id, year=year)
