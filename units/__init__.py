"""The ground floor: who exists, who may do what, who did what.

Offices, units with their dated names, users, roles and the audit trail. Imports no other app.
"""
