from chairside.booking.http.links import router as links
from chairside.booking.http.pages import router as pages
from chairside.booking.http.public import router as public
from chairside.booking.http.request_links import router as request_links
from chairside.booking.http.requests import router as requests

ROUTERS = (pages, requests, public, links, request_links)

__all__ = ["ROUTERS"]
