"""Knows the publisher's desk: pages in a browser on this machine in which a person reads in, corrects and publishes reports.

It writes the same files that a hand would write, and calls what the commands call. Leaves all work to the wings below.
"""

from workreport.desk.desk_server import serve_desk

__all__ = ["serve_desk"]
