"""The columns that evaluations of a year share: a pair of performance (K) and money (Rp) under one number."""

from dataclasses import replace

from programs.recaps.description import ColumnKind, PaperColumn, PaperGroup


def pair(key: str, number: str, label: str, kind: ColumnKind = ColumnKind.FIGURE, jump: str = "") -> PaperGroup:
    """A numbered column that has performance and money."""
    money = ColumnKind.MONEY if kind == ColumnKind.FIGURE else kind
    columns = (
        PaperColumn(f"{key}_k", kind, "K", 8),
        PaperColumn(f"{key}_rp", money, "Rp", 14 if money == ColumnKind.MONEY else 7),
    )
    return PaperGroup(key, number, label, columns, jump)


def words(key: str, number: str, label: str, width: int) -> PaperGroup:
    return PaperGroup(key, number, label, (PaperColumn(key, width=width),))


def with_unit(group: PaperGroup) -> PaperGroup:
    """The same with performance split into volume and unit; columns of words and of per cent stay."""
    if len(group.columns) != 2 or group.columns[0].kind != ColumnKind.FIGURE:
        return group
    performance, money = group.columns
    unit = PaperColumn(f"{group.key}_unit", head="Satuan", width=8)
    return replace(group, columns=(replace(performance, head="Volume"), unit, money))
