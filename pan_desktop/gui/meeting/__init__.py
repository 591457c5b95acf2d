"""The parts of the meeting's page: one module a panel, each shown a MeetingView."""
