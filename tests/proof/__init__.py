"""The merge against its definition: teams of laptops, every kind of trouble, nothing lost."""
