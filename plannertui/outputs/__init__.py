"""What people take to work: pages made from the store."""
