"""Addresses of tasks: one duty, what was handed in, reviews, exceptions, the tasks themselves.

A task's code may hold any character: the parts that say what is wanted of a duty stand before the duty's own.
"""

from django.urls import path

from disclosures.views import duty, exceptions, matrix, requirement_copies, requirements, reviews

urlpatterns = [
    path("duties/matrix/", matrix.duties_matrix, name="duties_matrix"),
    path("duties/matrix/export/", matrix.duties_matrix_export, name="duties_matrix_export"),
    path("duties/exceptions/", exceptions.exceptions_new, name="exceptions_new"),
    path("duties/exceptions/<moment:granted_at>/undo/", exceptions.exceptions_undo, name="exceptions_undo"),
    path("duties/extensions/<int:pk>/revoke/", exceptions.extensions_revoke, name="extensions_revoke"),
    path("duties/exemptions/<int:pk>/revoke/", exceptions.exemptions_revoke, name="exemptions_revoke"),
    path("duties/versions/<int:pk>/withdraw/", duty.duty_withdraw, name="duty_withdraw"),
    path("duties/versions/<int:pk>/files/<int:file>/", duty.duty_file, name="duty_file"),
    path("duties/receipts/<str:receipt>/", duty.duty_receipt, name="duty_receipt"),
    path("duties/hand-in/<path:code>/<term:term>/<path:unit>/", duty.duty_hand_in, name="duty_hand_in"),
    path("duties/<path:code>/<term:term>/<path:unit>/", duty.duty, name="duty"),
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/decide/", reviews.reviews_decide, name="reviews_decide"),
    path("reviews/<moment:decided_at>/undo/", reviews.reviews_undo, name="reviews_undo"),
    path("reviews/exemptions/<int:pk>/", reviews.reviews_exemption, name="reviews_exemption"),
    path("reviews/<int:pk>/", reviews.reviews_one, name="reviews_one"),
    path("reviews/<int:pk>/reopen/", reviews.reviews_reopen, name="reviews_reopen"),
    path("requirements/new/", requirements.requirements_new, name="requirements_new"),
    path("requirements/copy/", requirement_copies.requirements_copy, name="requirements_copy"),
    path("requirements/asked/", requirements.requirements_asked, name="requirements_asked"),
    path("requirements/<int:pk>/", requirements.requirements_edit, name="requirements_edit"),
    path("requirements/<int:pk>/end/", requirements.requirements_end, name="requirements_end"),
    path("requirements/<int:pk>/delete/", requirements.requirements_delete, name="requirements_delete"),
    path("requirements/<int:pk>/files/<int:file>/", requirements.requirements_file, name="requirements_file"),
    path("requirements/restore/<int:event>/", requirements.requirements_restore, name="requirements_restore"),
]
