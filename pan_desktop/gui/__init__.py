"""The window: pages, panels and widgets over the use cases."""
