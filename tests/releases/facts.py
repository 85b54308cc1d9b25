"""What a filled database says, to compare it before and after an upgrade.

Rows of each table, figures that people were told, what is damaged, and whether what is sealed can be opened. The folder
of a release keeps them as they were; a later version that changes one on purpose says so in the upgrade test.
"""

from datetime import date

from tests.source_tree import HOUSES

QUARTERS = [(2018, 3), (2018, 4), (2019, 2)]
DAY = date(2019, 10, 8)


def facts() -> dict[str, object]:
    return {
        "rows": rows(),
        "budget": budgets(),
        "physical": physical(),
        "files": files(),
        "sealed": sealed(),
        "complaints": complaints(),
    }


def rows() -> dict[str, int]:
    from django.apps import apps

    models = [model for house in HOUSES for model in apps.get_app_config(house).get_models()]
    return dict(sorted((model._meta.db_table, model._default_manager.count()) for model in models))


def budgets() -> dict[str, dict[str, int]]:
    """Budget and approved spending of a year, in whole rupiah."""
    from programs.dashboards.budget import agency_budgets

    years = {year: agency_budgets(year, DAY) for year in sorted({year for year, _quarter in QUARTERS})}
    return {
        str(year): {name: getattr(found, name) for name in ("planned", "spent", "reported")}
        for year, found in years.items()
    }


def physical() -> dict[str, dict[str, str]]:
    """Physical progress of each kecamatan at the end of a quarter, in percent."""
    from districts.models import District
    from programs.dashboards.places import physical_by_district

    names = dict(District.objects.values_list("pk", "name"))
    return {
        f"{year} {quarter}": {names[key]: f"{float(share):.6f}" for key, share in sorted(found.items())}
        for year, quarter in QUARTERS
        if (found := physical_by_district(year, quarter))
    }


def files() -> int:
    """How many stored files are there, of those that a row names."""
    from django.apps import apps
    from django.db.models import FileField

    fields = [
        (model, field)
        for house in HOUSES
        for model in apps.get_app_config(house).get_models()
        for field in model._meta.get_fields()
        if isinstance(field, FileField)
    ]
    names = {name for model, field in fields for name in model._default_manager.values_list(field.name, flat=True)}
    return sum(fields[0][1].storage.exists(name) for name in names if name)


def sealed() -> int:
    """How many sealed numbers can be opened with the keys of the settings."""
    from facilitators.models import Application
    from p2emas.privacy.sealing import unseal

    return len(
        [unseal(text) for text in Application.objects.exclude(nik_sealed="").values_list("nik_sealed", flat=True)]
    )


def complaints() -> list[str]:
    """What `check_integrity` finds: factories store some files and placements that no person could make."""
    from p2emas.registry.contributions import checks

    return sorted(sentence for check in checks().values() for sentence in check())
