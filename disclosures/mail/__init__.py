"""Mail: the server, when it may go out, and what letters say."""
