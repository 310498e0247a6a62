from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

from shell.copies import copy_key

urlpatterns = [
    # The sign-in page offers the choice as well.
    path("language/", login_not_required(set_language), name="set_language"),
    path("copy-key/", copy_key, name="copy_key"),
]
