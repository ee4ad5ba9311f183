"""Police data in a package: it stays police data, and its first day stays as well."""


def politie(tabel: str, wpg: str, dag: str) -> dict[str, str]:
    """`wpg` says of the staged row whether it is police data, `dag` when that began.

    Going back to AVG takes two persons, so no package does it.
    """
    here = f"(SELECT t.{{}} FROM {tabel} t WHERE t.id = s.object_id)"
    was = f"COALESCE({here.format('regime')} = 'WPG', false)"
    is_wpg = f"(COALESCE({wpg}, false) OR {was})"
    eerste = f"COALESCE({here.format('eerste_verwerking')}, {dag})"
    return {
        "regime": f"CASE WHEN {is_wpg} THEN 'WPG' ELSE 'AVG' END",
        "eerste_verwerking": f"CASE WHEN {is_wpg} THEN {eerste} END",
    }


# A row with a werkproces follows it.
VAN_WERKPROCES = (
    "(SELECT w.regime FROM casework_werkproces w WHERE w.id = s.r_werkproces_id) = 'WPG'"
)
