"""The product's addresses, and the floor page that everything is compared with."""

from django.urls import include, path

from bench.gulv import gulv

urlpatterns = [path("gulv/", gulv), path("", include("saksgang.config.urls"))]
