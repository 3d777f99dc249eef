"""The API can be read in a browser, from this server alone."""

import re


async def test_names_every_route_and_asks_nothing_of_anybody_else(http):
    page = await http.get("/docs")
    document = (await http.get("/openapi.json")).json()
    assert page.headers["content-type"].startswith("text/html")
    assert all(path in page.text for path in document["paths"])
    assert all(f'id="{name}"' in page.text for name in document["components"]["schemas"])
    assert "<script" not in page.text
    assert re.findall(r'(?:src|href)="(?:https?:)?//', page.text) == []
    assert (await http.get("/docs/style.css")).headers["content-type"].startswith("text/css")
