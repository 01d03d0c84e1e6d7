"""What people see of results, looked at in the programs that show them."""
