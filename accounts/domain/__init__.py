"""What a beheerder may do with users and their rights."""
