"""What a renderer says when it cannot draw a document as it must be."""


class RenderError(Exception):
    """A document cannot be drawn faithfully; the message is a Chinese sentence for the office."""
