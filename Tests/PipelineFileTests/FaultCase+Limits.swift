extension FaultCase {
  private static func csv(
    _ limits: String,
    at marked: String,
    _ sentence: String,
    hint: String = ""
  ) -> FaultCase {
    FaultCase(
      "files: register.csv",
      "files: register.csv\n    limits: \(limits)",
      at: marked,
      sentence,
      hint: hint
    )
  }

  /// Faults in what a source says of its limits.
  static let limits = [
    csv("{lines: 5}", at: "lines:", "no key 'lines'", hint: "'line'"),
    csv(
      "{line: 128 MiB}",
      at: "128 MiB",
      "'line' of 'limits': found 128 MiB, expected at most 64 MiB",
      hint: "no room for more"
    ),
    csv(
      "{fields: 16385}",
      at: "16385",
      "'fields' of 'limits': found 16385, expected at most 16384"
    ),
    csv("{field: 4 MB}", at: "4 MB", "expected a number of bytes", hint: "4 MiB"),
    csv("{field: 0}", at: "0}", "expected a number of bytes, at least 1"),
    csv("{inflated: 9999999999999 TiB}", at: "9999999999999", "expected a number of bytes"),
    csv("{ratio: 0}", at: "0}", "expected at least 1"),
    csv(
      "{nesting: 10}",
      at: "nesting",
      "the limit 'nesting', which csv does not have",
      hint: "'line', 'field', 'fields', 'inflated' and 'ratio'"
    ),
    FaultCase(
      "    read: iwmo\n",
      "    read: iwmo\n    limits: {text: 2 MiB, nesting: 251}\n",
      at: "251",
      "expected at most 250"
    ),
    FaultCase(
      "    read: iwmo\n",
      "    read: iwmo\n    limits: {base64: 1 GiB}\n",
      at: "1 GiB",
      "found 1 GiB, expected at most 256 MiB"
    ),
  ]
}
