"""The first floor: what units published, received, owe and submitted.

Sheets come in here and become records; working days and due dates are reckoned here. Imports the ground floor only.
"""
