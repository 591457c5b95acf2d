"""The other papers of a meeting: domain in, document model out, as the relevé's ``compose``."""
