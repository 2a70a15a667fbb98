"""What people and programs read of a run: functions of its journal."""
