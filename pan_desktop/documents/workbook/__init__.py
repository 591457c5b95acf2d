"""Excel workbooks: lists as they are shown, and the forms that are filled in and read back."""
