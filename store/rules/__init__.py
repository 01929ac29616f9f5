"""What the field asks of a record, as pure functions: no clock, no disk."""
