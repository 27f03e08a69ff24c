"""WSGI entry for Granian, Gunicorn and every other server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saksgang.config.settings")
_django = get_wsgi_application()

from saksgang.dav.doer import Doer  # noqa: E402 - its commands know models, which Django has made ready first

application = Doer(_django)
