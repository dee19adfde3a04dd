"""Addresses of signing in and of one's own account."""

from django.urls import path

from units.views import sessions

urlpatterns = [
    path("login/", sessions.SignIn.as_view(), name="login"),
    path("logout/", sessions.SignOut.as_view(), name="logout"),
    path("password/", sessions.ChangePassword.as_view(), name="password"),
    path("session/", sessions.session_kept, name="session_kept"),
]
