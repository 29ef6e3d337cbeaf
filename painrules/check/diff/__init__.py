"""What differs between two packs, and what that means for whom."""
