"""Parts of countries with public holidays of their own, as the package `holidays` knows them: DE-BY is Bavaria. It is large, so
that it is loaded when somebody asks."""


def is_region(text: str) -> bool:
    import holidays

    country, _, region = text.partition("-")
    return bool(region) and region in holidays.list_supported_countries().get(country, [])
