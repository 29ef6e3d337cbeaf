"""What a release is made with: built, checked, listed and described. Nothing here is installed."""
