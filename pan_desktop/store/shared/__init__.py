"""An office shared on a server: the replica, the line, the server."""
