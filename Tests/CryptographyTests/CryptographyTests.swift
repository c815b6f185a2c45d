// Filled.
