"""What every edition says, whatever its format, without markup."""
