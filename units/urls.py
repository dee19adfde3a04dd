"""Addresses of signing in and of one's own account."""

from django.urls import path

from units import views

urlpatterns = [
    path("login/", views.SignIn.as_view(), name="login"),
    path("logout/", views.SignOut.as_view(), name="logout"),
    path("password/", views.ChangePassword.as_view(), name="password"),
    path("session/", views.session_kept, name="session_kept"),
]
