"""WSGI entry for Granian, Gunicorn and every other server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saksgang.config.settings")
application = get_wsgi_application()
