"""Papers: the document model, what is made into it, and the formats it is written in."""
