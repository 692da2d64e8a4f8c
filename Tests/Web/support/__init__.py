"""What the tests of the portal share: an instance that is served, plain and real browsers, and what
every page must keep to."""
