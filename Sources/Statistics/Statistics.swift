// The distributions, intervals, rates, hot spots and scores that population tables stand on.
//
// Every function is pure: counts in, numbers out, the same bits on every machine for the same
// order of input. Runs of chance take the seeds of their streams from the caller. This module
// never opens a file, knows no person, column or pipeline, and does not decide what may be seen.
// What has no value is nil, with a `Mark` that says why; counts that a file can hold never trap.
