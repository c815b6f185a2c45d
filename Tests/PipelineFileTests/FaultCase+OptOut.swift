extension FaultCase {
  /// Faults in what a pipeline says about persons who object, and about small sources.
  static let optOut = [
    FaultCase(
      "  columns:\n    bsn:",
      "  opt_out: {files: in/b.csv, column: sex}\n  columns:\n    bsn:",
      at: "sex}",
      "of type code, expected bsn"
    ),
    FaultCase(
      "  columns:\n    bsn: {token: person}",
      "  opt_out: {files: in/b.csv, column: bsn}\n  columns:\n    bsn: drop",
      at: "bsn}\n  columns",
      "the column 'bsn', which has no token",
      hint: "{token: …}"
    ),
    FaultCase(
      "  columns:\n    bsn: {token: person}\n",
      "  opt_out: {files: in/b.csv, column: bsn}\n  columns:\n",
      at: "bsn}\n  columns",
      "the column 'bsn', which no policy names",
      hint: "under 'columns'"
    ),
    FaultCase(
      "  columns:\n    bsn:",
      "  opt_out: {files: in/b.csv, column: nobody}\n  columns:\n    bsn:",
      at: "nobody}",
      "which no policy names",
      hint: "under 'columns'"
    ),
    FaultCase(
      "  columns:\n    bsn:",
      "  opt_out: {files: in/b.csv, column: bns}\n  columns:\n    bsn:",
      at: "bns}",
      "which no policy names",
      hint: "did you mean 'bsn'?"
    ),
    FaultCase(
      "  columns:\n    bsn:",
      "  opt_out: {files: in/b.csv, column: surname}\n  columns:\n    bsn:",
      at: "surname}",
      "of type name, expected bsn"
    ),
    FaultCase(
      "  columns:\n    bsn:",
      "  opt_out: {column: bsn}\n  columns:\n    bsn:",
      at: "opt_out",
      "has no 'files'"
    ),
    FaultCase(
      "    area: keep",
      "    area: {keep: value, reviewed: \" \"}",
      at: "\" \"}",
      "found an empty text"
    ),
    FaultCase(
      "{token: postcode, keep: pc4}",
      "{token: postcode, keep: pc4, reviewed: seen}",
      at: "reviewed",
      "found 'reviewed' without 'keep: value'"
    ),
    FaultCase(
      "    amount: keep",
      "    amount: {keep: value, reviewed: seen}",
      at: "reviewed",
      "found 'reviewed' of money, expected it of text, code, integer or decimal"
    ),
    FaultCase(
      "  columns:\n    bsn:",
      "  minimum_persons: 1\n  columns:\n    bsn:",
      at: "1\n  columns",
      "expected at least 2"
    ),
  ]
}
