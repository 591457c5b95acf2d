"""Reads who was in a video call: what Teams, Zoom, Webex and Meet export, or any list of names.

Files are read by shape, labels being a help: their language, delimiter, encoding and order of day
and month differ from one export to the next (domain facts, part 3).
"""
