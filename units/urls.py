"""Addresses of signing in, of one's own account, of accounts, of the log, and of the guides."""

from django.urls import path

from units.views import accounts, appointments, guides, log, own_account, sessions

urlpatterns = [
    path("login/", sessions.SignIn.as_view(), name="login"),
    path("logout/", sessions.SignOut.as_view(), name="logout"),
    path("password/", sessions.ChangePassword.as_view(), name="password"),
    path("session/", sessions.session_kept, name="session_kept"),
    path("account/", own_account.account, name="account"),
    path("accounts/", accounts.accounts_all, name="accounts"),
    path("accounts/new/", accounts.accounts_new, name="accounts_new"),
    path("accounts/roles/", accounts.roles, name="accounts_roles"),
    path("accounts/slips/", accounts.accounts_slips, name="accounts_slips"),
    path("accounts/<int:pk>/", accounts.accounts_one, name="accounts_one"),
    path("accounts/<int:pk>/edit/", accounts.accounts_edit, name="accounts_edit"),
    path("accounts/<int:pk>/password/", accounts.accounts_password, name="accounts_password"),
    path("accounts/<int:pk>/unlock/", accounts.accounts_unlock, name="accounts_unlock"),
    path("accounts/<int:pk>/deactivate/", accounts.accounts_deactivate, name="accounts_deactivate"),
    path("accounts/<int:pk>/activate/", accounts.accounts_activate, name="accounts_activate"),
    path("accounts/<int:pk>/appoint/", appointments.accounts_appoint, name="accounts_appoint"),
    path("accounts/<int:pk>/roles/<int:held>/end/", appointments.accounts_end, name="accounts_end"),
    path("accounts/<int:pk>/roles/<int:held>/resume/", appointments.accounts_resume, name="accounts_resume"),
    path("accounts/<int:pk>/roles/<int:held>/withdraw/", appointments.accounts_withdraw, name="accounts_withdraw"),
    path("log/", log.log, name="log"),
    path("help/", guides.guide, name="help"),
    path("help/<slug:slug>/", guides.guide, name="help"),
]
