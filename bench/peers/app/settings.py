import os

import orjson

SECRET_KEY = os.environ["PEER_SECRET"]
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "app.urls"
INSTALLED_APPS = ["rest_framework", "app"]
MIDDLEWARE: list[str] = []  # what a request needs, its view does; cookies are read by the authentication
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False
APPEND_SLASH = False
LOGGING_CONFIG = None
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "peer",
        "USER": "peer",
        "PASSWORD": os.environ["PEER_PASSWORD"],
        "HOST": os.environ["PEER_SOCKET"],
        "CONN_MAX_AGE": None,
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 2},
    }
}
REST_FRAMEWORK = {
    "ORJSON_RENDERER_OPTIONS": (orjson.OPT_UTC_Z,),
    "DEFAULT_AUTHENTICATION_CLASSES": ["app.sessions.TokenCookie"],
    "DEFAULT_PERMISSION_CLASSES": ["app.sessions.Granted"],
    "DEFAULT_RENDERER_CLASSES": ["drf_orjson_renderer.renderers.ORJSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["drf_orjson_renderer.parsers.ORJSONParser"],
    "UNAUTHENTICATED_USER": None,
}
