"""Things, rules and wording of the committee, in the standard library alone."""
