"""What the window shows of a shared office: the line, who else is there, two texts to choose."""
