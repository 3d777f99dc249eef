import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "app.settings")
application = get_wsgi_application()
import app.urls  # noqa: E402, F401 - before the first request

# As the product does: what is loaded stays, and requests leave next to no cycles.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
