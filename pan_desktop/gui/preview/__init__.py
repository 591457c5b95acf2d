"""The relevé as pages, painted from the document model that the Word file is written from."""
