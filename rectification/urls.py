"""Addresses of rectification."""

from django.urls import include, path

urlpatterns = [
    path("", include("rectification.chain.urls")),
    path("", include("rectification.gathered.urls")),
    path("", include("rectification.imports.urls")),
    path("", include("rectification.ledger.urls")),
    path("", include("rectification.pledges.urls")),
    path("", include("rectification.problems.urls")),
    path("", include("rectification.publishing.urls")),
]
