"""Addresses of calendars. That of a feed is short and outside /meetings/: it is typed into telephones."""

from django.urls import path

from meetings.calendar import views

urlpatterns = [
    path("meetings/calendar/", views.calendar_month, name="calendar_month"),
    path("meetings/calendar/of/<int:pk>/", views.calendar_branch, name="calendar_branch"),
    path("meetings/calendar/of/<int:pk>/switch/", views.calendar_switch, name="calendar_switch"),
    path("meetings/calendar/address/", views.calendar_address_create, name="calendar_address_create"),
    path("meetings/calendar/address/end/", views.calendar_address_end, name="calendar_address_end"),
    path("calendar/<str:token>.ics", views.calendar_feed, name="calendar_feed"),
]
