"""The sample's sheets, read without the portal."""
